"""``fcbench suite`` and ``fcbench check``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.suite.load import load
from fcbench_action.suite.sent import sent

CASE = "todo/members/database.tables/accounts"


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=text)


def reference() -> str:
    return msgspec.json.encode(load().cases[CASE].task.reference).decode()


def test_list_names_every_case_with_its_size():
    listed = json.loads(run("suite", "list", "--format", "json").output)
    suite = load()
    assert listed["version"] == suite.version and listed["digest"] == suite.digest
    assert [row["id"] for row in listed["cases"]] == list(suite.cases)
    assert all(row["prompt_bytes"] > 0 and 0 < row["tokens"] <= 24_000 for row in listed["cases"])
    text = run("suite", "list", "--functions", "database.tables", "--topics", "todo").output
    assert CASE in text and "interface.schemas" not in text
    assert "10 cases in 3 modules of todo" in text


def test_show_prints_exactly_what_is_sent():
    case = load().cases[CASE]
    shown = json.loads(run("suite", "show", CASE, "--format", "json").output)
    assert shown == json.loads(msgspec.json.encode(sent(case)))
    assert shown["tool"] == "database_tables" and shown["user"] == case.function.prompt(case.task).user
    text = run("suite", "show", CASE).output
    assert shown["system"] in text and shown["user"].rstrip() in text and '"$defs"' in text


def test_the_reference_that_show_prints_passes_check():
    shown = run("suite", "show", CASE, "--reference").output
    checked = run("check", CASE, "-", text=shown)
    assert checked.exit_code == 0
    assert checked.output.splitlines()[:3] == [f"{CASE}: valid", "lenient: valid", "grade: 1.000"]


@pytest.mark.parametrize(
    ("case", "kind"),
    [("realize.operation/post-labels", "operation"), ("test.write/labels", "test")],
)
def test_the_documents_that_show_prints_are_what_compile_takes(tmp_path: Path, case: str, kind: str):
    shown = {
        "program": ("--reference",),
        "database": ("--document", "database"),
        "interface": ("--document", "interface"),
    }
    files = {name: str(tmp_path / f"{name}.json") for name in shown}
    for name, options in shown.items():
        Path(files[name]).write_text(run("suite", "show", f"todo/todos/{case}", *options).output, "utf-8")
    assert run("compile", "database", files["database"]).exit_code == 0
    assert run("compile", "interface", files["interface"], "--database", files["database"]).exit_code == 0
    database = ("--database", files["database"]) if kind == "operation" else ()
    compiled = run("compile", kind, files["program"], "--interface", files["interface"], *database)
    assert compiled.output == f"{files['program']} compiles\n"


def test_check_names_what_is_wrong_and_exits_with_1(tmp_path: Path):
    reply = tmp_path / "answer.json"
    reply.write_text(
        reference().replace('"targetModel":"todo_members"', '"targetModel":"todo_membrs"'), "utf-8"
    )
    checked = run("check", CASE, str(reply))
    assert checked.exit_code == 1
    assert f"{CASE}: compile_error" in checked.output
    assert "$.models[1].foreignFields[0].relation.targetModel: error [" in checked.output
    assert "grade" not in checked.output
    told = run("check", CASE, str(reply), "--feedback")
    assert told.exit_code == 1 and "todo_membrs" in told.output


def test_check_as_json_has_outcome_diagnostics_lenient_verdict_and_grade():
    valid = json.loads(run("check", CASE, "-", "--format", "json", text=reference()).output)
    assert (valid["case"], valid["outcome"], valid["valid"]) == (CASE, "valid", True)
    assert valid["grade"]["score"] == 1.0 and valid["diagnostics"] == [] and valid["feedback"] == ""
    fenced = json.loads(
        run("check", CASE, "-", "--format", "json", text=f"```json\n{reference()}\n```").output
    )
    assert fenced["outcome"] == "invalid_json" and fenced["grade"] is None
    assert fenced["lenient"]["outcome"] == "valid" and fenced["lenient"]["repairs"]
    (first, *_) = fenced["diagnostics"]
    assert {"code", "stage", "path", "place", "message", "expected", "actual", "severity"} == first.keys()


def test_a_hostile_reply_reaches_the_terminal_without_escapes():
    hostile = reference().replace('"schema-01-accounts.prisma"', '"\\u001b[2Jx\\u202e\\u009b"')
    assert hostile != reference()
    for format_ in ("text", "json"):
        checked = run("check", CASE, "-", "--format", format_, text=hostile)
        assert checked.exit_code == 1
        assert not {"\x1b", "\x9b", "\u202e"} & set(checked.output)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("check", CASE[:-1], "-"), f"did you mean {CASE}"),
        (("check", CASE, "nowhere.json"), "nowhere.json"),
        (("suite", "show", "x"), "there is no case 'x'"),
        (("suite", "list", "--topics", "x"), "there is no topic 'x'"),
        (("suite", "check", "x"), "there is no topic 'x'; known: bbs, reddit, shopping, todo"),
        (("suite", "list", "--tier", "x"), "there is no tier 'x'"),
    ],
)
def test_bad_input_is_one_line_and_exits_with_2(args: tuple[str, ...], words: str):
    done = subprocess.run(
        [sys.executable, "-m", "fcbench_action", *args], capture_output=True, text=True, input="", check=False
    )
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("fcbench: error: ") and done.stderr.count("\n") == 1
    assert words in done.stderr


def test_suite_check_names_faults_of_another_folder_and_exits_with_1(tmp_path: Path):
    (tmp_path / "todo").mkdir()
    (tmp_path / "todo/topic.json").write_text('{"title": "Todo",\n "summary": 1}', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "fcbench_action", "suite", "--root", str(tmp_path), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == "todo/topic.json:2: Expected `str`, got `int`\n"
    assert done.stderr == "fcbench: error: the suite has 1 fault\n"


def test_a_case_is_shown_and_checked_in_the_words_of_a_variant(tmp_path: Path):
    case = "todo/members/database.tables/accounts"

    def fcbench(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "fcbench_action", *args]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    own, other = (fcbench("suite", "show", case, *more).stdout for more in ((), ("--variant", "7")))
    assert "todo_members" in own and "todo_members" not in other
    answer = tmp_path / "answer.json"
    answer.write_text(fcbench("suite", "show", case, "--variant", "7", "--reference").stdout)
    assert fcbench("check", case, str(answer), "--variant", "7").returncode == 0
    assert fcbench("check", case, str(answer)).returncode == 1
