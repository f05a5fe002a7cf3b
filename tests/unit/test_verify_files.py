"""What ``fcbench verify`` says of the files of a tree, as a stranger's pull request may hold them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.cli.verify_files import file_differences, lost_files, notes
from fcbench_action.errors import BadInput, CorruptResults, GateFailed
from fcbench_action.pages.report import BEGIN, write_report
from fcbench_action.records.base import Base, open_base
from fcbench_action.records.plans import facts_name
from fcbench_action.records.tree import MARKER
from tests.record_builder import Model, provenance, record, write_files, write_tree

ONE = Model("acme", "one", first=0.5, later=0.5)
TWO = Model("acme", "two", first=0.5, later=0.5)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    results = write_tree(tmp_path / "results", [ONE, TWO], trials=1, targets=1)
    write_report(results)
    return results


@pytest.fixture
def base(tree: Path) -> Base:
    folder = tree.with_name("base")
    shutil.copytree(tree, folder)
    return open_base(tree, folder)


def found(tree: Path, base: Base | None = None) -> list[str]:
    return [str(one).removeprefix(f"{tree}/") for one in file_differences(tree, base)]


def verify(tree: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["verify", "--results", str(tree), *more])


def test_what_runs_and_reports_write_is_all_in_order(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".git/config").write_text("x")
    (tree / ".fcbench/journal").mkdir(parents=True)
    (tree / ".fcbench/journal/a-all.lock").write_text("")
    (tree / "README.md").write_text("# Ours\n\nOur text.\n\n" + (tree / "README.md").read_text())
    assert found(tree) == []


@pytest.mark.parametrize(
    "name",
    [
        *("evil.html", "secret.md", ".gitignore", ".gitattributes", ".fcbench2/x"),
        *("acme/.DS_Store", "acme/one/NOTES.md", "acme/one/todo/fcbench/more.json"),
        "acme/one/todo/fcbench/records/.hidden",
    ],
)
def test_a_file_that_nothing_writes_is_named(tree: Path, name: str) -> None:
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).write_text("*")
    assert found(tree) == [f"{name}: file is none of fcbench's, should be absent"]


def test_an_empty_folder_is_named_for_it_may_be_another_repository(tree: Path) -> None:
    (tree / "acme/module").mkdir()
    assert found(tree) == ["acme/module: file is an empty folder, should be absent"]


def test_names_are_shown_in_one_line_of_printable_characters(tree: Path) -> None:
    (tree / os.fsdecode(b"a\n::error::\x1b[31m\xff.md")).write_text("x")
    (line,) = found(tree)
    assert line.startswith("a\\x0a::error::\\x1b[31m\\udcff.md: file is none")


@pytest.mark.parametrize("name", ["README.md", "acme/one/scorecard.json", "acme/one/fcbench-derived.json"])
def test_a_derived_file_that_is_gone_or_edited_is_named(tree: Path, name: str) -> None:
    text = (tree / name).read_text()
    (tree / name).write_text(text.replace("0", "9").replace("1", "9"))
    assert found(tree) == [f"{name}: file is changed, should be as fcbench writes it"]
    (tree / name).unlink()
    assert found(tree) == [f"{name}: file is missing, should be as fcbench writes it"]
    write_report(tree)
    assert found(tree) == []


def test_a_marker_and_an_environment_that_hold_more_than_runs_write_are_named(tree: Path) -> None:
    (tree / MARKER).write_text('{"format": 1, "more": "text"}')
    folder = tree / "acme/one/todo/fcbench/environments"
    data = b'{"more": "text"}'
    (folder / facts_name("0a", data)).write_bytes(data)
    assert found(tree) == [
        f"{MARKER}: file is changed, should be as fcbench writes it",
        f"{(folder / facts_name('0a', data)).relative_to(tree)}: file is none of fcbench's, should be absent",
    ]


def test_derived_files_of_a_model_that_is_gone_are_named(tree: Path) -> None:
    shutil.rmtree(tree / "acme/two/todo/fcbench")
    names = {line.partition(":")[0] for line in found(tree)}
    assert {"acme/two/README.md", "acme/two/scorecard.json", "README.md"} <= names


def test_an_ignore_file_and_removed_pages_do_not_pass(tree: Path) -> None:
    (tree / ".gitignore").write_text("*\n")
    (tree / "acme/one/README.md").unlink()
    assert [line.partition(":")[0] for line in found(tree)] == ["acme/one/README.md", ".gitignore"]


def test_what_the_base_has_too_stays_and_what_it_has_otherwise_does_not(tree: Path, base: Base) -> None:
    for folder, text in ((tree, "new"), (base.folder, "old")):
        (folder / "LICENSE").write_text("ours")
        (folder / "notes.md").write_text(text)
    assert found(tree, base) == ["notes.md: file is none of fcbench's, should be absent"]


def test_working_files_are_not_for_proposing(tree: Path, base: Base) -> None:
    (tree / ".fcbench/journal").mkdir(parents=True)
    (tree / ".fcbench/journal/forged.ndjson").write_text("{}")
    assert found(tree, base) == [
        ".fcbench/journal/forged.ndjson: file is a working file of a run, should be absent"
    ]


def test_removed_and_changed_sources_of_the_base_are_named(tree: Path, base: Base) -> None:
    assert lost_files(base) == []
    shutil.rmtree(tree / "acme/two")
    plan = next((tree / "acme/one").rglob("plans/*.json"))
    plan.write_text("{}")
    (tree / MARKER).write_text('{"format": 1}')
    lost = [str(one).removeprefix(f"{tree}/") for one in lost_files(base)]
    assert len(lost) == 4
    assert f"{plan.relative_to(tree)}: file is changed, should be as it is in the base" in lost
    assert sum(line.startswith("acme/two/todo/fcbench/") and "is missing" in line for line in lost) == 3


def test_an_empty_folder_is_a_base_and_a_missing_one_or_one_with_links_is_not(tree: Path) -> None:
    folder = tree.with_name("base")
    with pytest.raises(BadInput, match="base is no folder"):
        open_base(tree, folder)
    folder.mkdir()
    assert lost_files(open_base(tree, folder)) == []
    (folder / "results").symlink_to(tree)
    with pytest.raises(CorruptResults, match="is a symbolic link"):
        open_base(tree, folder)


def test_removal_fails_the_gate_unless_it_is_allowed(tree: Path, base: Base) -> None:
    shutil.rmtree(tree / "acme/two")
    write_report(tree)
    with_base = ("--base", str(base.folder), "--allow-partial")
    said = verify(tree, *with_base)
    assert isinstance(said.exception, GateFailed) and "3 files of the base are gone" in str(said.exception)
    assert said.stdout.count("removed: ") == 3 and "left out 9 records" in said.stdout
    allowed = verify(tree, *with_base, "--allow-removal", "--format", "json")
    assert allowed.exit_code == 0, allowed.output
    plain = json.loads(allowed.stdout)
    assert len(plain["removed"]) == 3 and plain["unchanged"] == 9 and plain["records"] == 0


def test_own_text_that_the_base_has_not_is_no_fault_and_told_of(tree: Path, base: Base) -> None:
    readme = tree / "README.md"
    write_files(tree, [record("valid", source=provenance(model="third"))])
    write_report(tree)
    assert readme.read_text() != (base.folder / "README.md").read_text() and notes(base) == []
    readme.write_text("| Model | Score |\n\n" + readme.read_text())
    (line,) = notes(base)
    assert line.endswith("README.md has other text around the leaderboard than the base: read it")
    assert file_differences(tree, base) == []


def link_results(tree: Path) -> None:
    tree.rename(tree.with_name("other"))
    tree.symlink_to("other")


def link_readme(tree: Path) -> None:
    (tree / "README.md").rename(tree.with_name("README.md"))
    (tree / "README.md").symlink_to("../README.md")


@pytest.mark.parametrize("link", [link_results, link_readme])
@pytest.mark.parametrize("command", ["verify", "report", "site"])
def test_every_command_that_reads_a_tree_refuses_links(
    tree: Path, tmp_path: Path, link: Callable[[Path], None], command: str
) -> None:
    link(tree)
    more = ["--out", str(tmp_path / "site")] if command == "site" else []
    said = CliRunner().invoke(cli, [command, "--results", str(tree), *more])
    assert isinstance(said.exception, CorruptResults) and "is a symbolic link" in str(said.exception)


def test_the_command_names_files_and_fails(tree: Path, base: Base) -> None:
    (tree / "evil\n.html").write_text(BEGIN)
    said = verify(tree, "--base", str(base.folder), "--format", "json")
    assert isinstance(said.exception, GateFailed) and "1 files are not what" in str(said.exception)
    (one,) = json.loads(said.stdout)["differences"]
    assert one["file"].endswith("evil\\x0a.html") and one["recorded"] == "none of fcbench's"
    assert "evil\\x0a.html: file is none" in verify(tree, "--base", str(base.folder)).stdout


def test_where_a_tree_is_a_repositorys_root_only_the_folders_of_providers_are_fcbenchs(tree: Path) -> None:
    for name in ("LICENSE", ".github/workflows/benchmark.yml", "acme/one/secret.md"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("ours")
    assert len(found(tree)) == 3
    (tree / ".git").mkdir()
    assert [line.partition(":")[0] for line in found(tree)] == ["acme/one/secret.md"]
