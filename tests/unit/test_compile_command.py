"""``fcbench compile`` and ``fcbench explain``, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.errors import BadInput, GateFailed
from fcbench_action.language import database
from fcbench_action.suite.load import load
from tests.database_trees import application, as_json, table
from tests.requirements_world import ACTION, ACTORS, BOOK, READER, RULE

DATABASE: dict[str, Any] = as_json(application(table("things")))


def compile_(kind: str, path: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["compile", kind, str(path), *options])


def written(folder: Path, value: object) -> Path:
    path = folder / "tree.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def test_a_database_that_compiles_says_so(tmp_path: Path) -> None:
    result = compile_("database", written(tmp_path, DATABASE))
    assert result.exit_code == 0
    assert result.stdout.endswith("tree.json compiles\n")


def test_an_analysis_is_compiled_and_emitted_as_pages(tmp_path: Path) -> None:
    tree = {"actors": ACTORS, "entities": [READER, BOOK], "actions": [ACTION], "rules": [RULE]}
    for emit, words in (("entities", "stateDiagram-v2"), ("permissions", "| lend&#95;book |")):
        result = compile_("requirements", written(tmp_path, tree), "--emit", emit)
        assert result.exit_code == 0 and words in result.stdout, result.output
    result = compile_("requirements", written(tmp_path, {**tree, "actors": []}))
    assert result.exit_code == 1 and "unknown-actor-kind" in result.output


@pytest.mark.parametrize("emit", ["prisma", "sql", "erd"])
def test_what_is_emitted_is_all_that_standard_output_holds(tmp_path: Path, emit: str) -> None:
    result = compile_("database", written(tmp_path, DATABASE), "--emit", emit)
    emitter = {"prisma": database.emit_prisma, "sql": database.emit_sql, "erd": database.emit_erd}[emit]
    assert result.exit_code == 0
    assert result.stdout == emitter(database.read(json.dumps(DATABASE)))


def test_errors_go_beside_the_emission_and_nothing_is_emitted(tmp_path: Path) -> None:
    broken = as_json(application(table("things"), table("things")))
    result = compile_("database", written(tmp_path, broken), "--emit", "sql")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "$.files[0].models[1].name: error [duplicate-table]" in result.stderr


def test_every_schema_violation_is_named_with_its_path(tmp_path: Path) -> None:
    tree = json.loads(json.dumps(DATABASE))
    tree["files"][0]["models"][0]["plainFields"] = 7
    tree["files"][0]["surprise"] = True
    result = compile_("database", written(tmp_path, tree), "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not report["compiles"]
    assert {tuple(d["path"]) for d in report["diagnostics"]} == {
        ("files", 0, "models", 0, "plainFields"),
        ("files", 0, "surprise"),
    }


def test_unknown_properties_are_tolerated_on_request_only(tmp_path: Path) -> None:
    path = written(tmp_path, {**DATABASE, "surprise": True})
    assert compile_("database", path).exit_code == 1
    assert compile_("database", path, "--tolerate-unknown").exit_code == 0


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"files": NaN}', "\ufeff{}", '"\\ud800"', "null"])
def test_no_text_crashes_it(tmp_path: Path, text: str) -> None:
    for kind in ("database", "interface"):
        result = compile_(kind, written(tmp_path, text))
        assert result.exit_code == 1
        assert "error [" in result.stdout
        assert isinstance(result.exception, SystemExit)


def test_names_in_a_tree_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    result = compile_("database", written(tmp_path, {"\x1b[2J\u202e": 1, "files": []}))
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_a_missing_file_is_bad_input(tmp_path: Path) -> None:
    result = compile_("database", tmp_path / "nowhere.json")
    assert isinstance(result.exception, BadInput)


def test_an_interface_is_traced_to_its_database(artifacts: Path, tmp_path: Path) -> None:
    folder = artifacts / "openai" / "gpt-4.1" / "todo"
    traced = ["--database", str(folder / "prisma.json"), "--tolerate-unknown"]
    result = compile_("interface", folder / "document.json", *traced, "--emit", "openapi")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["openapi"].startswith("3.1")
    other = ["--database", str(written(tmp_path, DATABASE)), "--tolerate-unknown"]
    foreign = compile_("interface", folder / "document.json", *other)
    assert foreign.exit_code == 1
    assert "untraceable-table" in foreign.stdout


def test_why_a_database_does_not_compile_is_told_with_every_diagnostic(tmp_path: Path) -> None:
    broken = as_json(application(table("things"), table("things"), table("others"), table("others")))
    document = tmp_path / "document.json"
    document.write_text("{}")
    result = compile_("interface", document, "--database", str(written(tmp_path, broken)))
    assert isinstance(result.exception, GateFailed) and result.stdout == ""
    assert result.stderr.count("[duplicate-table]") == 2


def test_a_database_that_does_not_compile_ends_the_tracing(artifacts: Path, tmp_path: Path) -> None:
    document = artifacts / "openai" / "gpt-4.1" / "todo" / "document.json"
    result = compile_("interface", document, "--database", str(written(tmp_path, {"files": []})))
    assert isinstance(result.exception, GateFailed)


def test_explain_lists_codes_and_shows_the_page_of_one() -> None:
    assert "duplicate-table" in CliRunner().invoke(cli, ["explain"]).stdout
    assert CliRunner().invoke(cli, ["explain", "duplicate-table"]).stdout.startswith("# duplicate-table\n")


def test_explain_offers_the_nearest_code() -> None:
    result = CliRunner().invoke(cli, ["explain", "duplicate-tabel"])
    assert isinstance(result.exception, BadInput)
    assert "did you mean duplicate-table" in str(result.exception)


def test_every_reference_of_the_suite_can_be_emitted() -> None:
    for case in load().cases.values():
        files = case.function.emit({case.id: case.task.reference})
        assert files and all(files.values()), case.id
