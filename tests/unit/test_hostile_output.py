"""Whatever stands in a results tree or a reply, what commands print does nothing to who reads it."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.github import Workflow, annotate, mask
from fcbench_action.judge.types import Outcome
from fcbench_action.run.progress import Lines
from fcbench_action.sinks import terminal
from tests.attack_texts import TEXTS
from tests.attacks import attack_tree

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CASE = "todo/members/database.tables/accounts"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return attack_tree(tmp_path_factory.mktemp("attacked") / "results")


def harmless(printed: str) -> bool:
    """Whether neither a terminal nor GitHub's runner would do anything but show it."""
    lines = printed.split("\n")
    commands = "##[" in printed or any(line.lstrip().startswith("::") for line in lines)
    return not commands and not CONTROL.search(printed)


def invoke(*words: str, stdin: str | None = None) -> Result:
    given = None if stdin is None else stdin.encode("utf-8", "surrogatepass")
    return CliRunner().invoke(cli, list(words), input=given)


@pytest.mark.parametrize("more", [(), ("--format", "json"), ("--compare", "EMPTY")])
def test_what_is_printed_of_a_hostile_tree_does_nothing(
    attacked: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    (tmp_path / "fcbench.json").write_text('{"format": 1}')
    words = [str(tmp_path) if word == "EMPTY" else word for word in more]
    result = invoke("report", "--results", str(attacked), *words)
    assert result.exit_code == 0, result.output
    assert harmless(result.output)
    if "json" in more:
        assert json.loads(result.stdout)
    if "--compare" in more:
        assert not re.search(r"www\.|://", result.stdout, re.IGNORECASE)
        assert not re.search(r"[@#][a-z0-9]", unescape(result.stdout), re.IGNORECASE)


@pytest.mark.parametrize("more", [(), ("--format", "json"), ("--feedback",)])
def test_what_is_printed_of_a_hostile_reply_does_nothing(more: tuple[str, ...]) -> None:
    reply = json.dumps({text: [text, {"type": text}] for text in TEXTS if len(text) < 1000})
    for said in (reply, "\n".join(t for t in TEXTS if t.isascii())):
        result = invoke("check", CASE, "-", *more, stdin=said)
        assert result.exit_code == 1, result.output
        assert harmless(result.output)


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_compilers_say_of_a_hostile_tree_does_nothing(tmp_path: Path, form: str) -> None:
    file = tmp_path / "tree.json"
    for text in TEXTS:
        file.write_text(
            json.dumps({"files": [{"filename": text, "namespace": text, "models": [{text: text}]}]})
        )
        result = invoke("compile", "database", str(file), "--format", form)
        assert result.exit_code == 1, (text, result.output)
        assert harmless(result.output), text


def test_names_of_models_do_nothing_in_a_log_of_a_run() -> None:
    for text in TEXTS:
        stream = io.StringIO()
        lines = Lines(stream, lambda: 0.0)
        lines.begin(text, 1, 0)
        lines.say(text)
        assert harmless(stream.getvalue()), text
        assert len(stream.getvalue().splitlines()) == 2


def test_annotations_and_outputs_hold_one_text_each(tmp_path: Path) -> None:
    for text in TEXTS:
        stream = io.StringIO()
        annotate(stream, "error", text, text)
        (line,) = stream.getvalue().splitlines()
        assert re.fullmatch(r"::error title=(?:(?!::)[^:,])*::(?:(?!::|##\[).)*", line), text
    outputs = tmp_path / "outputs"
    plain = [text for text in TEXTS if text.isascii()]
    Workflow({"GITHUB_OUTPUT": str(outputs)}).set_outputs({f"o{n}": text for n, text in enumerate(plain)})
    written = outputs.read_bytes().decode()
    marks = re.findall(r"^o\d+<<(fcbench-[0-9a-f]{32})\n", written, re.MULTILINE)
    assert len(marks) == len(plain) and len(set(marks)) == 1


def test_a_mask_is_of_the_secret_itself() -> None:
    stream = io.StringIO()
    mask(stream, "a%25b\nc%0Ad")
    assert stream.getvalue() == "::add-mask::a%2525b\n::add-mask::c%250Ad\n"


def test_outcomes_are_words_that_need_no_care() -> None:
    assert all(terminal(outcome.value) == outcome.value for outcome in Outcome)
