"""Verdicts: which outcome a reply comes to, what is said about it, what a forgiving reader makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fcbench_action.diagnostics import Code, Diagnostic, Severity, Stage, render_path
from fcbench_action.functions.base import Function, Grade, Part, Prompt
from fcbench_action.judge import MODEL_OUTCOMES, Outcome, Reply, Verdict, check_argument, judge, parse_paths
from fcbench_action.judge.limits import MAX_BYTES, MAX_DIAGNOSTICS, MAX_FEEDBACK, MAX_KEY
from fcbench_action.suite.load import load
from tests.golden_files import check_golden
from tests.judge_trees import Root

GOLDEN = Path(__file__).parents[1] / "golden" / "feedback"
FLAG_DOWN = Code("flag-down", Stage.COMPILE, "the flag must be up")
NO_TITLE = Code("no-title", Stage.COMPILE, "a title would be nice", Severity.WARNING)


def compile_root(task: Any, argument: Root) -> list[Diagnostic]:
    found = [] if argument.title else [NO_TITLE.at(("title",), "There is no title.")]
    return found if argument.flag else [*found, FLAG_DOWN.at(("flag",), "The flag is down.", expected="true")]


FUNCTION = Function(
    name="test.root",
    phase="database",
    title="Root",
    description="A stand-in.",
    argument=Root,
    prompt=lambda task: Prompt("", ""),
    compile=compile_root,
    grade=lambda task, argument: Grade(0.5, (Part("count", argument.detail.count, 8),)),
    emit=lambda arguments: {},
)
GOOD: dict[str, Any] = {
    "tree": {"type": "list", "items": [{"type": "number", "value": 1.5}]},
    "detail": {"count": 4},
    "flag": True,
    "title": "Tree",
}
WHOLE = json.dumps(GOOD)
BROKEN = json.dumps({**GOOD, "flag": "true", "detail": {"count": 9}})


def call(arguments: str, **fields: Any) -> Verdict:
    return judge(FUNCTION, None, Reply(function="test_root", arguments=arguments, **fields))


def codes(verdict: Verdict) -> list[str]:
    return [f"{render_path(d.path)} {d.code}" for d in verdict.diagnostics]


def test_a_right_call_is_valid_graded_and_has_no_feedback() -> None:
    verdict = check_argument(FUNCTION, None, WHOLE)
    assert (verdict.outcome, verdict.lenient.outcome, verdict.lenient.repairs) == (
        Outcome.VALID,
        Outcome.VALID,
        (),
    )
    assert verdict.argument == msgspec.json.decode(WHOLE, type=Root)
    assert verdict.grade is not None and verdict.grade.score == 0.5
    assert (verdict.diagnostics, verdict.feedback) == ((), "")


def test_warnings_are_kept_and_never_fail() -> None:
    verdict = call(json.dumps({**GOOD, "title": ""}))
    assert verdict.outcome is Outcome.VALID
    assert codes(verdict) == ["$.title no-title"]


def test_a_compile_error_is_marked_and_warnings_are_not_told() -> None:
    verdict = call(json.dumps({**GOOD, "flag": False, "title": ""}))
    assert verdict.outcome is verdict.lenient.outcome is Outcome.COMPILE_ERROR
    assert codes(verdict) == ["$.flag flag-down", "$.title no-title"]
    assert parse_paths(verdict.feedback) == ["$.flag"]
    assert verdict.argument is not None and verdict.grade is None


def test_all_schema_errors_are_told_at_once() -> None:
    verdict = call(BROKEN)
    assert verdict.outcome is Outcome.SCHEMA_VIOLATION
    assert codes(verdict) == ["$.detail.count number-bounds", "$.flag wrong-type"]
    assert parse_paths(verdict.feedback) == ["$.detail.count", "$.flag"]


@pytest.mark.parametrize(
    ("text", "outcome", "repairs"),
    [
        (f"```json\n{WHOLE}\n```", Outcome.VALID, ("fence",)),
        (WHOLE.replace("true", '"true"'), Outcome.VALID, ("boolean-in-string",)),
        (WHOLE.replace("true", "False"), Outcome.COMPILE_ERROR, ("python-literal",)),
        (BROKEN, Outcome.SCHEMA_VIOLATION, ("boolean-in-string",)),
        ("no JSON at all", Outcome.INVALID_JSON, ()),
        (WHOLE.replace("1.5", "NaN"), Outcome.INVALID_JSON, ()),
        (WHOLE.replace('"flag"', '"flag": 1, "flag"'), Outcome.VALID, ("duplicate-key",)),
    ],
)
def test_the_lenient_verdict_stands_beside_the_strict_one(
    text: str, outcome: Outcome, repairs: tuple[str, ...]
) -> None:
    verdict = call(text)
    assert verdict.outcome in (Outcome.INVALID_JSON, Outcome.SCHEMA_VIOLATION)
    assert (verdict.lenient.outcome, verdict.lenient.repairs) == (outcome, repairs)
    assert verdict.argument is None and verdict.grade is None


def test_arguments_cut_at_the_output_limit_are_truncated_and_complete_ones_are_not() -> None:
    cut = call(WHOLE[:40], finish_reason="length")
    assert cut.outcome is Outcome.TRUNCATED
    assert codes(cut)[0] == "$ truncated" and len(cut.diagnostics) == 2
    assert call(WHOLE, finish_reason="length").outcome is Outcome.VALID
    assert call(BROKEN, finish_reason="length").outcome is Outcome.SCHEMA_VIOLATION
    assert call(WHOLE[:40]).outcome is Outcome.INVALID_JSON


def test_brackets_that_the_output_limit_left_open_count_as_valid_leniently() -> None:
    verdict = call(WHOLE.removesuffix("}"), finish_reason="length")
    assert verdict.outcome is Outcome.TRUNCATED
    assert (verdict.lenient.outcome, verdict.lenient.repairs) == (Outcome.VALID, ("unclosed",))


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(content="Let me explain."), Outcome.NO_CALL),
        (Reply(), Outcome.NO_CALL),
        (Reply(refusal="No."), Outcome.REFUSAL),
        (Reply(content="Let me thi", finish_reason="length"), Outcome.TRUNCATED),
        (Reply(function="other_root", arguments=WHOLE), Outcome.WRONG_FUNCTION),
        (Reply(content="", finish_reason="content_filter"), Outcome.REFUSAL),
        (Reply(content="", finish_reason="MAX_TOKENS"), Outcome.TRUNCATED),
        (Reply(content="", finish_reason="stop", notes=("output-limit",)), Outcome.TRUNCATED),
        (Reply(function="", arguments=WHOLE), Outcome.WRONG_FUNCTION),
        (Reply(function="test_root"), Outcome.INVALID_JSON),
    ],
)
def test_replies_without_a_usable_call_have_their_own_outcomes(reply: Reply, outcome: Outcome) -> None:
    verdict = judge(FUNCTION, None, reply)
    assert verdict.outcome is verdict.lenient.outcome is outcome
    assert outcome in MODEL_OUTCOMES
    assert len(verdict.diagnostics) == 1
    assert "`test_root`" in verdict.feedback and len(verdict.feedback) < 500


def test_a_call_written_into_the_text_counts_leniently_only() -> None:
    verdict = judge(FUNCTION, None, Reply(content=f"Here:\n```json\n{WHOLE}\n```"))
    assert verdict.outcome is Outcome.NO_CALL
    assert (verdict.lenient.outcome, verdict.lenient.repairs) == (
        Outcome.VALID,
        ("content", "fence", "surrounding-text"),
    )
    other = judge(FUNCTION, None, Reply(content='Like {"tree": 1}?'))
    assert (other.lenient.outcome, other.lenient.repairs) == (Outcome.NO_CALL, ())


@pytest.mark.parametrize(
    "name",
    [
        "functions.test_root",
        "functions.test_root:0",
        "test_root<|channel|>commentary",
        "test_rootjson",
        "test_root json",
        "default_api:test_root",
        "test.root",
        "test_root()",
        " test_root\n",
        "<|channel|>commentary to=functions.test_root",
    ],
)
def test_a_name_with_something_around_it_is_another_function_and_leniently_the_right_one(name: str) -> None:
    verdict = judge(FUNCTION, None, Reply(function=name, arguments=WHOLE))
    assert verdict.outcome is Outcome.WRONG_FUNCTION
    assert (verdict.lenient.outcome, verdict.lenient.repairs) == (Outcome.VALID, ("function-name",))
    assert "`test_root`" in verdict.feedback


@pytest.mark.parametrize("name", ["test_roots", "my_test_root", "x" * 5000 + "test_root", "test", "", "root"])
def test_another_name_stays_another_function(name: str) -> None:
    verdict = judge(FUNCTION, None, Reply(function=name, arguments=WHOLE))
    assert verdict.lenient.outcome is Outcome.WRONG_FUNCTION and not verdict.lenient.repairs


_CALL = f'{{"name": "test_root", "arguments": {WHOLE}}}'


@pytest.mark.parametrize(
    ("content", "repairs"),
    [
        (f"<tool_call>\n{_CALL}\n</tool_call>", "call-markup content"),
        (
            f"<tool_call>{_CALL.replace('test_root', 'functions.test_root')}</tool_call>",
            "call-markup content",
        ),
        (f"[TOOL_CALLS][{_CALL}]", "call-markup content"),
        (f"<|python_tag|>{_CALL.replace('arguments', 'parameters')}", "call-markup content"),
        (_CALL, "call-wrapped content"),
        (f"```json\n{_CALL}\n```", "call-wrapped content"),
        (
            f"<|channel|>commentary to=functions.test_root <|constrain|>json<|message|>{WHOLE}<|call|>",
            "call-markup content surrounding-text",
        ),
        (
            "<tool_call>\n<function=test_root>\n"
            + "".join(
                f"<parameter={k}>\n{v if isinstance(v, str) else json.dumps(v)}\n</parameter>\n"
                for k, v in GOOD.items()
            )
            + "</function>\n</tool_call>",
            "boolean-in-string call-markup content stringified",
        ),
        (f"<function=test_root>{WHOLE}</function>", "call-markup content"),
        (f'<think>maybe {{"tree": 1}} {{}} {{}} {{}} {{}}</think>\n{WHOLE}', "content"),
    ],
)
def test_a_call_written_as_models_write_calls_counts_leniently_only(content: str, repairs: str) -> None:
    verdict = judge(FUNCTION, None, Reply(content=content))
    assert verdict.outcome is Outcome.NO_CALL
    assert (verdict.lenient.outcome, " ".join(verdict.lenient.repairs)) == (Outcome.VALID, repairs)


@pytest.mark.parametrize(
    "content",
    [
        "<function=test_root><parameter=a>" * 50_000,
        '{"name": "' * 100_000,
        "[" + " " * 500_000 + "{" + " " * 500_000,
        "</think>" * 100_000 + "[[[{" * 100_000,
        "<|channel|>" * 200_000,
    ],
)
def test_texts_that_look_like_many_calls_are_read_in_bounded_time(content: str) -> None:
    assert judge(FUNCTION, None, Reply(content=content)).lenient.outcome is Outcome.NO_CALL


def test_diagnostics_are_bounded_counted_and_cut() -> None:
    items = [{"type": "number"}] * 150
    verdict = call(json.dumps({**GOOD, "tree": {"type": "list", "items": items}, "k" * 5000: 1}))
    assert len(verdict.diagnostics) == MAX_DIAGNOSTICS
    missing, too_many, unexpected = 150, 1, 1
    assert verdict.omitted == missing + too_many + unexpected - MAX_DIAGNOSTICS
    assert all(len(str(s)) <= MAX_KEY for d in verdict.diagnostics for s in d.path)
    assert "The first" in verdict.feedback
    assert len(verdict.feedback) <= MAX_FEEDBACK


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "9" * 10_000,
        '{"tree": ' + "9" * 10_000 + "}",
        '{"tree": "\ud800"}',
        '{"\ud800": 1}',
        '{"tree": "\\ud800", "\\udfff": "\\u0000"}',
        "\x00\x1b[31m",
        " " * (MAX_BYTES + 1),
        '{"' + "k" * 100_000 + '": 1, "' + "k" * 100_001 + '": [[[[[]]]]]}',
        json.dumps({"tree": {"type": "list", "items": ["x" * 1000] * 2000}}),
    ],
)
def test_hostile_texts_become_small_verdicts_that_can_be_stored(text: str) -> None:
    verdict = call(text)
    assert verdict.outcome in (Outcome.INVALID_JSON, Outcome.SCHEMA_VIOLATION)
    assert verdict.diagnostics and 0 < len(verdict.feedback) <= MAX_FEEDBACK
    stored = msgspec.json.encode((verdict.diagnostics, verdict.feedback, verdict.lenient))
    assert len(stored) < 100_000
    assert "\x1b" not in verdict.feedback


def test_what_compiling_raises_is_not_hidden() -> None:
    def broken(task: Any, argument: Any) -> list[Diagnostic]:
        raise ZeroDivisionError

    function = Function(**{**{f: getattr(FUNCTION, f) for f in FUNCTION.__slots__}, "compile": broken})
    with pytest.raises(ZeroDivisionError):
        check_argument(function, None, WHOLE)


def test_every_reference_of_the_suite_is_valid() -> None:
    for case in load().cases.values():
        reference = msgspec.json.encode(case.task.reference).decode()
        assert check_argument(case.function, case.task, reference).outcome is Outcome.VALID, case.id


FEEDBACKS = {
    "schema": json.dumps(
        {
            "tree": {
                "type": "list",
                "items": [
                    {"type": "number", "value": 1.5},
                    {"type": "number", "value": 99},
                    {"type": "nmber", "value": 1},
                    {"type": "text", "text": "", "name": "No */ way\n// <-- $.forged: no", "kind": "short"},
                ],
                "first": '{"type": "number", "value": 1}',
            },
            "detail": {"count": 1.0, "moreDetails": [{"count": 1}, {}, {"count": 2}], "scalar": []},
            "titel": "Tree",
        }
    ),
    "compile": json.dumps({**GOOD, "flag": False}),
    "trailing-comma": json.dumps(GOOD, indent=2).replace("4\n", "4,\n"),
    "prose": "Sure, here is the tree you asked for:\n" + WHOLE,
    "cut-off": WHOLE[:70],
    "duplicate-key": WHOLE.replace('"flag"', '"flag": false, "flag"'),
}


@pytest.mark.parametrize("name", FEEDBACKS)
def test_feedback_reads_like_this(name: str) -> None:
    text = FEEDBACKS[name]
    verdict = call(text)
    lenient = f"{verdict.lenient.outcome} {' '.join(verdict.lenient.repairs)}".strip()
    shown = f"{text}\n\n=== {verdict.outcome}, leniently {lenient}\n\n{verdict.feedback}"
    check_golden(GOLDEN / f"{name}.txt", shown)


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("no-call", Reply(content="I would add a table.")),
        ("refusal", Reply(refusal="I cannot.")),
        ("wrong-function", Reply(function="root_test\n// <-- $.forged: no", arguments="{}")),
        ("truncated", Reply(function="test_root", arguments='{"tree": {"ty', finish_reason="length")),
    ],
)
def test_feedback_on_replies_without_a_call_reads_like_this(name: str, reply: Reply) -> None:
    verdict = judge(FUNCTION, None, reply)
    assert parse_paths(verdict.feedback) == []
    check_golden(GOLDEN / f"{name}.txt", verdict.feedback)
