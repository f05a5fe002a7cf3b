"""The two strict readers are one language, and it is json.loads's plus the declared bounds."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fcbench_action.judge.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS
from fcbench_action.judge.parse import DOUBT, Parsed, parse, parse_exactly, parse_fast, plain_bytes

TEXT = st.text(st.characters(), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.sampled_from(['"', "\\", '\\"', '":', "\u2028", "\ufeff", "{", "]", "//", "\U0001f600"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
WRITTEN = st.builds(
    lambda value, ascii_only, indent: json.dumps(value, ensure_ascii=ascii_only, indent=indent),
    VALUES,
    st.booleans(),
    st.sampled_from([None, 0, 2]),
)
WORDS = r"""{ } [ ] : , " ' \ / // /* */ # true false null True None NaN -Infinity 0 1 01 -0 1.0 1. .5 1e5
1e400 +1 - "a" "a": "b": "\u0022" "\u0000" "\ud800" "\ud83d\ude00" "\x" \u12 ```json ``` key"""
SPACES = (" ", "\n", "\t", "\r", "\x00", "\x0c", "\xa0", "\ufeff", "\ud800", "\u2028")
FRAGMENTS = st.sampled_from([*WORDS.split(), *SPACES, "9" * 99, "\u00e9"])
TOKENS = st.lists(FRAGMENTS, max_size=12).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """JSON with a few characters removed, doubled or put in."""
    text = draw(WRITTEN)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(FRAGMENTS | st.just("")) + text[at + draw(st.integers(0, 2)) :]
    return text


class Refused(Exception):
    """json.loads would accept this; the bounds do not."""


def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(members)) < len(members):
        raise Refused
    for key, _ in members:
        text(key)
    return dict(members)


def text(value: str) -> None:
    if any("\ud800" <= c <= "\udfff" or c == "\x00" for c in value):
        raise Refused


def check(value: Any, depth: int = 1) -> None:
    if isinstance(value, str):
        text(value)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise Refused
    elif isinstance(value, int):
        if abs(value) >= 10**MAX_DIGITS:
            raise Refused
    elif isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            raise Refused
        for member in value.values() if isinstance(value, dict) else value:
            check(member, depth + 1)


def oracle(source: str) -> tuple[bool, Any]:
    """Whether the text is acceptable, and its value, by Python's own reader."""
    try:
        value = json.loads(source, object_pairs_hook=pairs)
        check(value)
    except (ValueError, Refused):
        return False, None
    return True, value


def same(left: Any, right: Any) -> bool:
    return json.dumps(left) == json.dumps(right)


def fast_value(source: str) -> Any:
    raw = plain_bytes(source)
    return DOUBT if raw is None else parse_fast(raw)


def accepted(parsed: Parsed) -> bool:
    return not parsed.diagnostics


@given(WRITTEN | damaged() | TOKENS)
@example('{"a": 1, "a": 2}')
@example('{"a": 1, "b": "\\u0022"}')
@example('{"a": "\\u0022", "a": 1}')
@example('{"a\\\\": 1, "a\\\\": 2}')
@example("[1]\x0c")
@example("-")
@example("1" * 100)
@example("1" * 101)
@example("0." + "1" * 101)
@example("1e-400")
@example("2e308")
def test_both_readers_accept_exactly_what_python_does_within_bounds(source: str) -> None:
    expected, value = oracle(source)
    exact = parse_exactly(source)
    assert accepted(exact) == expected
    fast = fast_value(source)
    if expected:
        assert same(exact.value, value)
        assert fast is DOUBT or same(fast, value)
    else:
        assert fast is DOUBT


@given(WRITTEN)
def test_the_fast_reader_has_no_doubts_about_ordinary_json(source: str) -> None:
    if oracle(source)[0] and "\\u00" not in source:
        assert fast_value(source) is not DOUBT


@given(damaged() | TOKENS)
def test_every_refusal_has_a_diagnostic_within_the_text_that_can_be_stored(source: str) -> None:
    parsed = parse(source)
    assert accepted(parsed) or parsed.diagnostics
    if parsed.position is not None:
        assert 0 <= parsed.position <= len(source)
    for diagnostic in parsed.diagnostics:
        for words in (diagnostic.message, diagnostic.expected, diagnostic.actual, *map(str, diagnostic.path)):
            words.encode()


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":', '{"a":[1,'])
def test_nesting_of_any_depth_is_refused_without_recursion(opening: str) -> None:
    for depth in (500, 5_000, 100_000):
        assert [d.code for d in parse(opening * depth).diagnostics] == ["nested-too-deep"]
        closed = "[" * depth + "]" * depth
        assert [d.code for d in parse(closed).diagnostics] == ["nested-too-deep"]


@pytest.mark.parametrize("extra", [0, 1])
def test_the_bound_on_nesting_is_exact_for_both_readers(extra: int) -> None:
    depth = MAX_DEPTH + extra
    source = "[" * depth + "]" * depth
    assert accepted(parse_exactly(source)) == (extra == 0)
    assert (fast_value(source) is DOUBT) == (extra == 1)


def test_the_bound_on_bytes_is_exact_and_counts_utf_8() -> None:
    fits = '"' + "é" * ((MAX_BYTES - 2) // 2) + '"'
    assert accepted(parse(fits))
    assert [d.code for d in parse(fits + " ").diagnostics] == ["text-too-large"]


def test_ten_thousand_digits_are_refused_and_named() -> None:
    parsed = parse('{"n": ' + "9" * 10_000 + "}")
    assert [(d.code, d.path) for d in parsed.diagnostics] == [("number-too-long", ("n",))]


def test_duplicate_keys_are_all_reported_with_their_paths() -> None:
    parsed = parse('{"a": [{"b": 1, "b": 2}], "a": 3, "c": {"d": 1, "d": 2, "d": 3}}')
    assert [(d.code, d.path) for d in parsed.diagnostics] == [
        ("duplicate-key", ("a",)),
        ("duplicate-key", ("a", 0, "b")),
        ("duplicate-key", ("c", "d")),
        ("duplicate-key", ("c", "d")),
    ]
    assert parsed.value == {"a": 3, "c": {"d": 3}}
