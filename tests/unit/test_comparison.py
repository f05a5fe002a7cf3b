"""What changed between two results trees, as a reviewer reads it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from msgspec.structs import replace as change

from fcbench_action.cli import cli
from fcbench_action.errors import BadInput
from fcbench_action.records.files import read_record_file, write_record_file
from tests.record_builder import Model, write_tree

ONE = Model("acme", "one", first=0.5, later=0.5)
TWO = Model("acme", "two|<b>", first=0.5, later=0.5)


def compare(results: Path, base: Path) -> str:
    outcome = CliRunner().invoke(cli, ["report", "--results", str(results), "--compare", str(base)])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_a_tree_has_not_changed_against_itself(tmp_path: Path) -> None:
    write_tree(tmp_path / "a", models=[ONE])
    assert compare(tmp_path / "a", tmp_path / "a") == "No model's results changed.\n"


def test_new_gone_and_changed_models_are_told_apart(tmp_path: Path) -> None:
    write_tree(tmp_path / "old", models=[ONE, Model("acme", "gone", first=0.5, later=0.5)], trials=1)
    write_tree(tmp_path / "new", models=[ONE], trials=1)
    write_tree(tmp_path / "new", models=[ONE], trials=1, seed=1)
    write_tree(tmp_path / "new", models=[TWO], trials=1)
    rows = {
        line.split("|")[1].strip(): line
        for line in compare(tmp_path / "new", tmp_path / "old").split("\n")
        if "|" in line
    }
    assert "| new |" in rows["acme/two&#124;&#60;b&#62;"]
    assert "| gone |" in rows["acme/gone"]
    assert "over +18 trials" in rows["acme/one"]


def test_nothing_is_compared_across_suite_versions(tmp_path: Path) -> None:
    write_tree(tmp_path / "old", models=[Model("acme", "one", first=0.5, later=0.5, suite_version="1.0.0")])
    write_tree(tmp_path / "new", models=[Model("acme", "one", first=0.5, later=0.5, suite_version="2.0.0")])
    text = compare(tmp_path / "new", tmp_path / "old")
    assert text.count("| new |") == text.count("| gone |") == 1


def test_a_run_that_lacks_trials_is_told_of_and_an_empty_folder_is_a_base(tmp_path: Path) -> None:
    results = write_tree(tmp_path / "new", models=[ONE], trials=1)
    (path,) = (path for path in results.rglob("*.gz") if "todo" in path.parts)
    file = read_record_file(path)
    path.unlink()
    write_record_file(path, change(file, records=file.records[1:]))
    (tmp_path / "old").mkdir()
    count = len(file.records)
    assert f"- acme/one: ran {count - 1} of {count} planned trials" in compare(results, tmp_path / "old")


def test_a_base_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    results = write_tree(tmp_path / "new", models=[ONE], trials=1)
    said = CliRunner().invoke(
        cli, ["report", "--results", str(results), "--compare", str(tmp_path / "nowhere")]
    )
    assert isinstance(said.exception, BadInput) and "nowhere is no folder" in str(said.exception)
