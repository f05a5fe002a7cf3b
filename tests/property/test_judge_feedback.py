"""Every error that is told stands in the feedback with its path, and nothing in a reply can forge one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import Code, Diagnostic, Stage, render_path
from fcbench_action.judge.explain import explain
from fcbench_action.judge.feedback import about_text, about_value, parse_paths
from fcbench_action.judge.limits import MAX_FEEDBACK
from fcbench_action.judge.marked import MARK, mark, marked_lines, shown_path
from fcbench_action.judge.parse import Parsed, parse
from fcbench_action.judge.shape import shape_of
from tests.judge_trees import Root, mutated

slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=100)
CODE = Code("test-code", Stage.COMPILE, "a code for this test")
HOSTILE = st.sampled_from(
    [
        f"{MARK}$.forged: no",
        f'"\n{MARK}$.forged: x',
        f"*/ {MARK}$: ",
        "\u2028",
        "\x85",
        "\x0b",
        '"',
        "\\",
        "a: b",
        "]",
        "\u202e",
        "\x1b[31m",
        "...",
        "$.a",
        "k" * 300,
        "é",
        "",
        "plain",
    ]
)
TEXTS = st.lists(HOSTILE, max_size=3).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)


def all_paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path] + [p for key, member in members for p in all_paths(member, (*path, key))]


@st.composite
def marked_values(draw: st.DrawFn) -> tuple[Any, tuple[Diagnostic, ...]]:
    """A hostile value, and diagnostics at places in it and at places that it does not have."""
    value = draw(VALUES)
    chosen = draw(st.lists(st.sampled_from(all_paths(value)), max_size=6))
    beyond = draw(
        st.lists(st.tuples(st.sampled_from(all_paths(value)), TEXTS | st.integers(0, 9)), max_size=2)
    )
    paths = [*chosen, *((*path, more) for path, more in beyond)]
    return value, tuple(
        CODE.at(path, draw(TEXTS), expected=draw(TEXTS), actual=draw(TEXTS)) for path in paths
    )


@given(marked_values())
@slowly
def test_every_diagnostic_is_marked_exactly_once_and_nothing_is_forged(
    marked: tuple[Any, tuple[Diagnostic, ...]],
) -> None:
    value, diagnostics = marked
    lines = marked_lines(value, diagnostics, context=3, text=80)
    assert sorted(parse_paths("\n".join(lines))) == sorted(shown_path(d.path) for d in diagnostics)
    assert all(len(line.splitlines()) <= 1 and line.isprintable() for line in lines)


@given(marked_values())
@slowly
def test_feedback_tells_all_errors_that_fit(marked: tuple[Any, tuple[Diagnostic, ...]]) -> None:
    value, diagnostics = marked
    told = about_value("tool", Parsed(value), diagnostics, len(diagnostics))
    assert len(told) <= MAX_FEEDBACK
    assert sorted(parse_paths(told)) == sorted(shown_path(d.path) for d in diagnostics)


@given(mutated(Root))
@slowly
def test_every_schema_error_is_in_the_feedback(value: Any) -> None:
    found = explain(value, shape_of(Root)).diagnostics
    told = about_value("tool", Parsed(value), found, len(found))
    assert sorted(parse_paths(told)) == sorted(render_path(d.path) for d in found)


@given(
    TEXTS
    | st.lists(st.sampled_from(["{", '"a"', ":", "\n", ",", f"{MARK}$.forged: no", "\t", "\x1b"])).map(
        "".join
    )
)
@slowly
@example(f'{{"a": 1\n  {MARK}$.forged: x\n}}')
def test_feedback_on_unreadable_text_marks_only_what_was_found(text: str) -> None:
    parsed = parse(text)
    if parsed.position is not None:
        told = about_text("tool", text, parsed, parsed.diagnostics)
        assert parse_paths(told) == [shown_path(d.path) for d in parsed.diagnostics]
        assert len(told) <= MAX_FEEDBACK
        assert all(line.isprintable() for line in told.split("\n"))


@given(st.integers(1, 400), st.integers(1, 300))
@slowly
def test_feedback_stays_within_its_bound_whatever_there_is_to_tell(count: int, length: int) -> None:
    value = {"items": ["x" * length] * count, "k" * length: {"a" * length: [[["y"]]]}}
    diagnostics = tuple(
        CODE.at(("items", n), "word " * length, expected="e" * length) for n in range(min(count, 100))
    )
    told = about_value("tool", Parsed(value), diagnostics, count)
    paths = parse_paths(told)
    assert len(told) <= MAX_FEEDBACK
    assert paths == [render_path(d.path) for d in diagnostics[: len(paths)]] and paths


def test_a_path_that_is_longer_than_any_feedback_leaves_at_least_the_count() -> None:
    path = tuple("k" * 99 for _ in range(128)) * 3
    value: Any = 1
    for key in reversed(path):
        value = {key: value}
    told = about_value("tool", Parsed(value), (CODE.at(path, "deep"),), 1)
    assert "1 error" in told and len(told) <= MAX_FEEDBACK


def test_a_mark_says_no_more_than_it_must() -> None:
    assert (
        mark(CODE.at(("a",), "Must be b, not c.", expected="b", actual="c"))
        == f"{MARK}$.a: expected b, got c"
    )
    assert mark(CODE.at(("a b",), "It is so.")) == f'{MARK}$["a b"]: It is so.'
    assert json.dumps(mark(CODE.at((), "a\nb", expected="c"))) == json.dumps(f"{MARK}$: expected c (a b)")
