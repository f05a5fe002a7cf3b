"""The sentences of schema diagnostics. The walk finds, this words; texts of the reply pass through sinks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fcbench_action.diagnostics import Code, Diagnostic, Path
from fcbench_action.diagnostics import reply as codes
from fcbench_action.judge.limits import MAX_EXPECTED, MAX_NEAR_MISSES, MAX_SHOWN
from fcbench_action.judge.shape import TAG, Object, Shape
from fcbench_action.language.near import Nearest, quoted
from fcbench_action.language.schema import JsonSchema
from fcbench_action.sinks import one_line

Words = tuple[str, str, str]
"""Message, expected, actual."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic without words: what was found of what, and the part of the schema that it breaks."""

    code: Code
    path: Path
    value: Any
    about: Any


class Wording:
    """Words findings; looks for a bounded number of near misses."""

    def __init__(self) -> None:
        self._near_misses = MAX_NEAR_MISSES
        self._words: dict[Code, Callable[[Any, Any], Words]] = {
            codes.WRONG_TYPE: _wrong_type,
            codes.JSON_IN_STRING: _json_in_string,
            codes.MISSING_VARIANT: _missing_variant,
            codes.UNKNOWN_VARIANT: self._unknown_variant,
            codes.MISSING_PROPERTY: _missing_property,
            codes.UNEXPECTED_PROPERTY: self._unexpected_property,
            codes.VALUE_NOT_ALLOWED: self._value_not_allowed,
            codes.PATTERN_MISMATCH: _pattern_mismatch,
            codes.TEXT_LENGTH: _text_length,
            codes.NUMBER_BOUNDS: _number_bounds,
            codes.ITEM_COUNT: _item_count,
        }

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """The finding in words."""
        message, expected, actual = self._words[finding.code](finding.value, finding.about)
        return finding.code.at(finding.path, message, expected=expected, actual=actual)

    def _unknown_variant(self, tag: str, shape: Shape) -> Words:
        message = f"There is no variant {quoted(tag)} here.{self._hint(tag, shape.variants)}"
        return message, listed(shape.variants), described(tag)

    def _unexpected_property(self, name: str, about: tuple[Object, Iterable[str]]) -> Words:
        declared, present = about
        absent = declared.properties.keys() - set(present)
        message = f"There is no property {quoted(name)} here.{self._hint(name, absent)}"
        return message, f"only {listed(declared.properties)}", quoted(name)

    def _value_not_allowed(self, value: Any, schema: JsonSchema) -> Words:
        allowed = schema.get("enum", [schema.get("const")])
        names = [name for name in allowed if isinstance(name, str)]
        hint = self._hint(value, names) if isinstance(value, str) else ""
        return f"The value {described(value)} is not allowed here.{hint}", listed(allowed), described(value)

    def _hint(self, name: str, known: Iterable[str]) -> str:
        if self._near_misses <= 0:
            return ""
        self._near_misses -= 1
        return Nearest(known).hint(name)


def described(value: Any) -> str:
    """A value in a few words: containers by kind and size, scalars as cut JSON."""
    if isinstance(value, dict):
        return f"an object with {_counted(len(value), 'property')}" if value else "an empty object"
    if isinstance(value, list):
        return f"an array of {_counted(len(value), 'item')}" if value else "an empty array"
    if isinstance(value, str):
        cut = value if len(value) <= MAX_SHOWN else value[: MAX_SHOWN - 1] + "\u2026"
        return one_line(json.dumps(cut, ensure_ascii=False), MAX_EXPECTED)
    return one_line(json.dumps(value), MAX_SHOWN)


def listed(values: Iterable[Any]) -> str:
    """``"a", "b" or "c"``, cut where it is long."""
    shown = [json.dumps(value, ensure_ascii=False) for value in values]
    text = " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    return one_line(text, MAX_EXPECTED) or "nothing"


def expectation(shape: Shape) -> str:
    """All that is allowed at a place, in words: ``"draft" or "done" or null``."""
    words = [_scalar_words(kind, schema) for kind, schema in shape.scalars.items() if kind != "null"]
    words += ["an array"] if shape.array else []
    words += ["an object"] if shape.object else []
    words += [f'an object whose "{TAG}" is {listed(shape.variants)}'] if shape.variants else []
    words += ["null"] if "null" in shape.scalars else []
    return " or ".join(words)


def _scalar_words(kind: str, schema: JsonSchema) -> str:
    if "const" in schema or "enum" in schema:
        return listed(schema.get("enum", [schema.get("const")]))
    return f"an {kind}" if kind == "integer" else f"a {kind}"


def _wrong_type(value: Any, shape: Shape) -> Words:
    expected = expectation(shape)
    message = f"This must be {expected}, not {described(value)}."
    if isinstance(value, float) and "integer" in shape.scalars:
        message = f"A whole number has no fraction and no exponent, unlike {described(value)}."
    return message, expected, described(value)


def _json_in_string(value: str, shape: Shape) -> Words:
    message = f"This is a string of JSON; send the {_container(value)} itself, without quotes around it."
    return message, expectation(shape), f"a JSON {_container(value)} sent as a string"


def _missing_variant(value: dict[str, Any], shape: Shape) -> Words:
    known = listed(shape.variants)
    return (
        f'A node must say in "{TAG}" which variant it is.',
        known,
        "nothing" if value else "an empty object",
    )


def _missing_property(name: str, declared: Object) -> Words:
    return f"The property {quoted(name)} is required.", expectation(declared.properties[name]), "nothing"


def _pattern_mismatch(value: str, schema: JsonSchema) -> Words:
    expected = f"a text matching {one_line(schema['pattern'], MAX_EXPECTED)}"
    return f"This must be {expected}, not {described(value)}.", expected, described(value)


def _text_length(value: str, schema: JsonSchema) -> Words:
    expected = _bounds(schema.get("minLength"), schema.get("maxLength"), "character")
    actual = _counted(len(value), "character")
    return f"The text has {actual}, and must have {expected}.", expected, actual


def _item_count(value: dict[str, Any] | list[Any], schema: JsonSchema) -> Words:
    noun, keyword = ("property", "Properties") if isinstance(value, dict) else ("item", "Items")
    expected = _bounds(schema.get(f"min{keyword}"), schema.get(f"max{keyword}"), noun)
    actual = _counted(len(value), noun)
    return f"This has {actual}, and must have {expected}.", expected, actual


def _number_bounds(value: float, schema: JsonSchema) -> Words:
    rules = [f"{words} {schema[keyword]}" for keyword, words in _NUMBER_WORDS.items() if keyword in schema]
    expected = " and ".join(rules)
    return f"The number must be {expected}, not {described(value)}.", expected, described(value)


_NUMBER_WORDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
    "multipleOf": "a multiple of",
}


def _bounds(least: int | None, most: int | None, noun: str) -> str:
    if least and most is not None:
        return f"{least} to {_counted(most, noun)}"
    return f"at least {_counted(least, noun)}" if least else f"at most {_counted(most or 0, noun)}"


def _counted(count: int, noun: str) -> str:
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {noun if count == 1 else plural}"


def _container(text: str) -> str:
    return "object" if text.lstrip().startswith("{") else "array"
