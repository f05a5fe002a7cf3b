"""Does a JSON value match a schema? Exact, bounded in time and depth, on hostile schemas too.

The meaning is JSON Schema's (draft 2020-12), with formats enforced and patterns on RE2; a property test holds
this module to ``jsonschema``. A schema that has no meaning (a reference to nothing, a loop of references)
refuses every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any

from fcbench_action.diagnostics import Path, Segment
from fcbench_action.language.interface.formats import FORMATS
from fcbench_action.language.interface.nodes import (
    REFERENCE_PREFIX,
    Array,
    Boolean,
    Constant,
    Integer,
    Null,
    Number,
    Object,
    OneOf,
    Reference,
    Schema,
    String,
)
from fcbench_action.language.interface.patterns import found

DEEPEST = 100
"""Levels of schema and value together; beyond, a value is refused."""

MOST_STEPS = 20_000
"""Schema nodes visited for one value; beyond, the value is refused."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The first thing wrong with a value: where in the value, and why."""

    path: Path
    reason: str


def refusal(schemas: Mapping[str, Schema], schema: Schema, value: Any) -> Refusal | None:
    """Why ``schema`` refuses ``value``; None where it accepts.

    ``schemas`` are the named types that references may name. ``value`` is what ``json.loads`` gives.
    """
    try:
        return _Validation(schemas).check(schema, value, (), 0)
    except _Spent as spent:
        return Refusal((), str(spent))


def accepts(schemas: Mapping[str, Schema], schema: Schema, value: Any) -> bool:
    """Whether ``schema`` accepts ``value``; see :func:`refusal`."""
    return refusal(schemas, schema, value) is None


def named(name: str) -> Reference:
    """The schema that refers to the type ``name``."""
    return Reference(ref=REFERENCE_PREFIX + name)


def identity(value: Any) -> Any:
    """A hashable stand-in: two JSON values are the same exactly where their stand-ins are equal."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, dict):
        return ("object", frozenset((key, identity(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return ("array", tuple(identity(item) for item in value))
    return value


class _Spent(Exception):
    """The bounds of a validation are reached."""


@dataclass(slots=True)
class _Validation:
    """One value's validation, counting its steps."""

    schemas: Mapping[str, Schema]
    steps: int = field(default=0)

    def check(self, schema: Schema, value: Any, path: Path, depth: int) -> Refusal | None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _Spent(f"checking takes more than {MOST_STEPS} steps")
        if depth > DEEPEST:
            raise _Spent(f"schema and value are nested deeper than {DEEPEST} levels")
        match schema:
            case Reference():
                return self._reference(schema, value, path, depth)
            case OneOf():
                return self._one_of(schema, value, path, depth)
            case Array() if isinstance(value, list):
                return self._array(schema, value, path, depth)
            case Object() if isinstance(value, dict):
                return self._object(schema, value, path, depth)
        reason = _scalar(schema, value)
        return Refusal(path, reason) if reason else None

    def _reference(self, schema: Reference, value: Any, path: Path, depth: int) -> Refusal | None:
        target = self.schemas.get(schema.ref.removeprefix(REFERENCE_PREFIX))
        if target is None:
            return Refusal(path, f"the schema refers to {schema.ref!r}, which is nothing")
        return self.check(target, value, path, depth + 1)

    def _one_of(self, schema: OneOf, value: Any, path: Path, depth: int) -> Refusal | None:
        refusals = [self.check(one, value, path, depth + 1) for one in schema.one_of]
        matches = refusals.count(None)
        if matches == 1:
            return None
        if matches:
            return Refusal(path, f"matches {matches} of the alternatives, and must match exactly one")
        reasons = [r for r in refusals if r is not None]
        deepest = max(reasons, key=lambda r: len(r.path), default=None)
        if deepest is not None and (len(reasons) == 1 or len(deepest.path) > len(path)):
            return deepest
        return Refusal(path, "matches none of the alternatives")

    def _array(self, schema: Array, value: list[Any], path: Path, depth: int) -> Refusal | None:
        reason = _size(len(value), schema.min_items, schema.max_items, "elements")
        if reason:
            return Refusal(path, reason)
        if schema.unique_items and self._repeats(value, depth):
            return Refusal(path, "holds equal elements")
        return self._members(((schema.items, item, index) for index, item in enumerate(value)), path, depth)

    def _object(self, schema: Object, value: dict[str, Any], path: Path, depth: int) -> Refusal | None:
        for name in schema.required:
            if name not in value:
                return Refusal(path, f"lacks the required property {name!r}")
        if not schema.additional_properties:
            for name in value:
                if name not in schema.properties:
                    return Refusal((*path, name), "is no property of this type")
        known = ((sub, value[name], name) for name, sub in schema.properties.items() if name in value)
        return self._members(known, path, depth)

    def _members(
        self, members: Iterable[tuple[Schema, Any, Segment]], path: Path, depth: int
    ) -> Refusal | None:
        for schema, value, segment in members:
            wrong = self.check(schema, value, (*path, segment), depth + 1)
            if wrong is not None:
                return wrong
        return None

    def _repeats(self, value: list[Any], depth: int) -> bool:
        if _deeper(value, DEEPEST - depth):
            raise _Spent(f"schema and value are nested deeper than {DEEPEST} levels")
        return len({identity(item) for item in value}) < len(value)


def _scalar(schema: Schema, value: Any) -> str:
    """Why a schema that looks into no value refuses this one; empty where it accepts."""
    match schema:
        case Constant():
            same = not isinstance(value, dict | list) and identity(schema.const) == identity(value)
            return "" if same else "is another value than the constant"
        case Boolean():
            return "" if isinstance(value, bool) else "is no boolean"
        case Null():
            return "" if value is None else "is not null"
        case String():
            return _text(schema, value) if isinstance(value, str) else "is no string"
        case Integer():
            return _number(schema, value) if _is_integer(value) else "is no integer"
        case Number():
            return _number(schema, value) if _is_number(value) else "is no number"
        case Array():
            return "is no array"
    return "is no object"


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


def _text(schema: String, value: str) -> str:
    wrong = _size(len(value), schema.min_length, schema.max_length, "characters")
    if wrong:
        return wrong
    if schema.format is not None and not FORMATS[schema.format](value):
        return f"is no {schema.format}"
    if schema.pattern is not None and not found(schema.pattern, value):
        return f"does not match the pattern {schema.pattern}"
    return ""


def _number(schema: Integer | Number, value: float) -> str:
    if schema.minimum is not None and value < schema.minimum:
        return f"is less than {schema.minimum}"
    if schema.maximum is not None and value > schema.maximum:
        return f"is greater than {schema.maximum}"
    if schema.exclusive_minimum is not None and value <= schema.exclusive_minimum:
        return f"is not greater than {schema.exclusive_minimum}"
    if schema.exclusive_maximum is not None and value >= schema.exclusive_maximum:
        return f"is not less than {schema.exclusive_maximum}"
    step = schema.multiple_of
    if step is not None and not (step > 0 and _exactly(value) % _exactly(step) == 0):
        return f"is no multiple of {step}"
    return ""


def _exactly(number: float) -> Fraction:
    """The number as written: 0.1 is a tenth, not the nearest double."""
    return Fraction(number) if isinstance(number, int) else Fraction(str(number))


def _size(size: int, least: int | None, most: int | None, what: str) -> str:
    if least is not None and size < least:
        return f"has {size} {what}, fewer than {least}"
    if most is not None and size > most:
        return f"has {size} {what}, more than {most}"
    return ""


def _deeper(value: Any, levels: int) -> bool:
    """Whether arrays and objects are nested more than ``levels`` deep."""
    layer = [value]
    for _ in range(max(levels, 0)):
        layer = [
            inner
            for outer in layer
            if isinstance(outer, list | dict)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not layer:
            return False
    return True
