"""``fcbench compile test`` and ``fcbench compile operation``, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fcbench_action.cli import cli
from fcbench_action.errors import BadInput, GateFailed
from fcbench_action.language.program.statements import OperationProgram
from fcbench_action.language.program.typescript import emit_operation, parse_operation
from tests.program_generator import operation_program
from tests.program_trees import programs
from tests.program_world import application, document, world

OPERATION = """\
type Key = "GET /notes/{noteId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const note = db.notes.findFirst({ where: { id: { equals: path.noteId } } });
  if (note === null) throw new Rejection(404, "no such note");
  throw new Rejection(403, note.title);
}
"""
TEST = """\
export const scenario = "Strangers see the top note";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const note = await stranger.call("GET /notes/top");
  Assert.that("it has a title", note.title !== "");
}
"""
TREES = {"test": TEST, "operation": OPERATION}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("compile")
    found.joinpath("document.json").write_bytes(msgspec.json.encode(document()))
    found.joinpath("database.json").write_bytes(msgspec.json.encode(application()))
    return found


def compile_(folder: Path, kind: str, text: str | bytes, *options: str) -> Result:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    arguments = ["--interface", str(folder / "document.json"), "--database", str(folder / "database.json")]
    return CliRunner().invoke(cli, ["compile", kind, "-", *arguments, *options], input=data)


@pytest.mark.parametrize("kind", TREES)
def test_a_program_compiles_from_either_form_and_converts_to_the_other(folder: Path, kind: str) -> None:
    assert compile_(folder, kind, TREES[kind]).stdout == "- compiles\n"
    tree = compile_(folder, kind, TREES[kind], "--emit", "json").stdout
    assert json.loads(tree)["statements"]
    assert compile_(folder, kind, tree, "--emit", "typescript").stdout == TREES[kind]
    assert compile_(folder, kind, tree, "--emit", "json").stdout == tree


def test_what_is_wrong_in_a_text_is_said_with_its_line_and_column(folder: Path) -> None:
    text = OPERATION.replace("note.title)", "note.titel)")
    result = compile_(folder, "operation", text)
    assert result.exit_code == 1
    (line, verdict) = result.stdout.splitlines()
    assert line.startswith("6:28: $.statements[2].message.name: error [unknown-property]")
    assert verdict == "- does not compile: 1 error"
    report = json.loads(compile_(folder, "operation", text, "--format", "json").stdout)
    assert report["positions"] == [[6, 28]]
    assert not report["compiles"]


def test_a_text_that_is_no_program_is_said_to_be_none_where_that_shows(folder: Path) -> None:
    result = compile_(folder, "test", TEST.replace("stranger.call", "stranger.cal"))
    assert result.stdout.startswith("5:22: $: error [typescript-form] Line 5, column 22: ")
    result = compile_(folder, "test", TEST.replace(");\n  Assert", ")\n  Assert"))
    assert result.stdout.startswith("6:3: $: error [typescript-syntax] Line 6, column 3: ")
    assert result.exit_code == 1


def test_an_operation_needs_a_database_and_both_an_interface(folder: Path) -> None:
    for arguments in (["operation", "-", "--interface", str(folder / "document.json")], ["test", "-"]):
        result = CliRunner().invoke(cli, ["compile", *arguments], input=OPERATION)
        assert result.exit_code == 2
        assert "Missing option" in result.stderr


def test_a_test_needs_no_database(folder: Path) -> None:
    arguments = ["compile", "test", "-", "--interface", str(folder / "document.json")]
    assert CliRunner().invoke(cli, arguments, input=TEST).stdout == "- compiles\n"


def test_an_interface_that_does_not_compile_is_named(folder: Path) -> None:
    arguments = ["compile", "test", "-", "--interface", str(folder / "database.json")]
    result = CliRunner().invoke(cli, arguments, input=TEST)
    assert isinstance(result.exception, GateFailed)
    assert "the interface does not compile" in str(result.exception)


def test_unknown_properties_of_a_tree_are_tolerated_on_request_only(folder: Path) -> None:
    tree = json.loads(compile_(folder, "operation", OPERATION, "--emit", "json").stdout)
    tree["surprise"] = tree["statements"][0]["value"]["surprise"] = True
    assert "unexpected-property" in compile_(folder, "operation", json.dumps(tree)).stdout
    assert compile_(folder, "operation", json.dumps(tree), "--tolerate-unknown").exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        '{"operation": NaN}',
        "\ufeff{}",
        '"\\ud800"',
        "null",
        "/*",
        "type",
        "`${" * 50_000,
        OPERATION.replace("no such", "\\ud800 \\0"),
        OPERATION + "}",
        OPERATION[:150],
        "é" * 100,
    ],
    ids=lambda text: text[:8],
)
def test_no_text_crashes_it(folder: Path, text: str) -> None:
    for kind in TREES:
        result = compile_(folder, kind, text)
        assert result.exit_code == 1
        assert "error [" in result.stdout
        assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("kind", TREES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.binary(max_size=60)
    | st.text(max_size=60)
    | st.builds(msgspec.json.encode, programs(OperationProgram, 4))
    | st.builds(emit_operation, programs(OperationProgram, 4)),
    options=st.sampled_from([(), ("--emit", "json"), ("--emit", "typescript"), ("--tolerate-unknown",)]),
)
def test_nothing_at_all_crashes_it(folder: Path, kind: str, data: str | bytes, options: Any) -> None:
    result = compile_(folder, kind, data, *options)
    assert result.exception is None or isinstance(result.exception, SystemExit | BadInput), result.exception


def test_generated_operations_compile_in_both_forms_alike(folder: Path) -> None:
    for seed in range(5):
        program = operation_program(Random(seed), world(), 40)
        text = emit_operation(program)
        assert parse_operation(text).program == program
        by_text = json.loads(compile_(folder, "operation", text, "--format", "json").stdout)
        tree = msgspec.json.encode(program)
        by_tree = json.loads(compile_(folder, "operation", tree, "--format", "json").stdout)
        assert by_text["diagnostics"] == by_tree["diagnostics"]
