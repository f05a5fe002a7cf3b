"""Formats, patterns and bounds of payload validation. A property test holds its meaning to jsonschema."""

from __future__ import annotations

import pytest

from fcbench_action.language.interface.formats import FORMATS
from fcbench_action.language.interface.nodes import Array, Constant, Integer, Number, Object, OneOf, String
from fcbench_action.language.interface.payload import Refusal, accepts, named, refusal
from tests.interface_trees import closed, nullable

GOOD = {
    "uuid": ["123e4567-e89b-12d3-a456-426614174000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
    "date": ["2024-02-29", "0001-01-01"],
    "date-time": ["2024-02-29T23:59:59Z", "2024-01-01t00:00:00.123456789+05:30", "2024-01-01T00:00:00-00:00"],
    "email": ["a@b.co", "first.last+tag@sub.example.org"],
    "uri": ["https://example.org", "https://a.b/c?d=%20#e", "urn:isbn:0451450523", "mailto:a@b.co"],
}
BAD = {
    "uuid": ["", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "{}"],
    "date": ["2023-02-29", "2024-13-01", "2024-1-1", "2024-02-29T00:00:00Z", "\u0662024-01-01", "0000-01-01"],
    "date-time": [
        "2024-02-29",
        "2024-02-29T23:59:59",
        "2024-02-30T00:00:00Z",
        "2024-02-29T24:00:00Z",
        "2024-02-29 00:00:00Z",
        "2024-02-29T00:00Z",
        "2024-02-29T00:00:00Z\n",
    ],
    "email": [
        "",
        "a",
        "@b.co",
        "a@b",
        "a b@c.de",
        "a@-b.co",
        "a@b..co",
        "a@b.co\n",
        "ü@b.co",
        "a" * 250 + "@b.co",
    ],
    "uri": [
        "",
        "example.org",
        "/a/b",
        "https://",
        "https:a",
        "https://a b",
        "https://ä.de",
        "a:%zz",
        "x:a#b#c",
    ],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_a_text_of_a_format_is_taken(name: str, text: str) -> None:
    assert FORMATS[name](text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_a_text_that_only_resembles_a_format_is_refused(name: str, text: str) -> None:
    assert not FORMATS[name](text)


def test_no_text_has_two_formats() -> None:
    for name, texts in GOOD.items():
        for text in texts:
            assert [other for other, has in FORMATS.items() if has(text)] == [name]


def test_a_refusal_names_the_place_and_the_reason() -> None:
    types = {"IA": closed(tags=Array(items=String(max_length=2)))}
    assert refusal(types, named("IA"), {"tags": ["ab", "abc"]}) == Refusal(
        ("tags", 1), "has 3 characters, more than 2"
    )
    assert refusal(types, named("IA"), {}) == Refusal((), "lacks the required property 'tags'")
    assert refusal(types, named("IA"), {"tags": [], "more": 1}) == Refusal(
        ("more",), "is no property of this type"
    )


def test_absent_and_null_are_different_things() -> None:
    optional = Object(properties={"a": String()}, required=())
    assert accepts({}, optional, {}) and not accepts({}, optional, {"a": None})
    assert accepts({}, closed(a=nullable(String())), {"a": None})
    assert not accepts({}, closed(a=nullable(String())), {})


def test_decimal_multiples_are_exact() -> None:
    assert accepts({}, Number(multiple_of=0.1), 1.1)
    assert accepts({}, Number(multiple_of=0.01), 19.99)
    assert not accepts({}, Number(multiple_of=0.1), 1.15)


def test_true_is_no_number_and_1_0_is_an_integer() -> None:
    assert not accepts({}, Integer(), True)
    assert accepts({}, Integer(), 1.0)
    assert not accepts({}, Constant(const=1), True)
    assert not accepts({}, Number(), float("nan"))
    assert not accepts({}, Number(), float("inf"))
    assert accepts({}, Integer(multiple_of=10), 10**400)


def test_patterns_match_anywhere_and_the_dollar_sign_only_at_the_end() -> None:
    assert accepts({}, String(pattern="b"), "abc")
    assert accepts({}, String(pattern="^ab$"), "ab")
    assert not accepts({}, String(pattern="^ab$"), "ab\n")
    assert not accepts({}, String(pattern="(?=a)"), "a")
    assert not accepts({}, String(pattern="a"), "\ud800")


def test_a_pattern_that_backtracks_elsewhere_takes_no_time() -> None:
    assert not accepts({}, String(pattern="^(a+)+$"), "a" * 100_000 + "b")


def test_schemas_without_meaning_refuse_everything_within_bounds() -> None:
    assert not accepts({}, named("IA"), 1)
    assert not accepts({"IA": named("IA")}, named("IA"), 1)
    same = closed(a=nullable(named("IA")))
    value: object = None
    for _ in range(60):
        value = {"a": value}
    assert not accepts({"IA": OneOf(one_of=(same, same))}, named("IA"), value)


def test_a_value_that_is_nested_without_end_is_refused() -> None:
    value: list[object] = []
    for _ in range(50_000):
        value = [value]
    assert not accepts({"IA": Array(items=named("IA"))}, named("IA"), value)
    assert not accepts({}, Array(items=Array(items=String()), unique_items=True), value)
    assert not accepts({}, Constant(const=1), value)
