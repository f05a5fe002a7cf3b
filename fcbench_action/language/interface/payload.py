"""Does a JSON value match a schema? Exact, bounded in time and depth, on hostile schemas too.

The meaning is JSON Schema's (draft 2020-12), with formats enforced and patterns on RE2; a property test holds
this module to ``jsonschema``. A schema that has no meaning (a reference to nothing, a loop of references)
refuses every value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any, NamedTuple

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


class Refusal(NamedTuple):
    """The first thing wrong with a value: where in the value, and why."""

    path: Path
    reason: str

    def inside(self, segment: Segment) -> Refusal:
        """The same, seen from the value that holds this one."""
        return Refusal((segment, *self.path), self.reason)


def refusal(schemas: Mapping[str, Schema], schema: Schema, value: Any) -> Refusal | None:
    """Why ``schema`` refuses ``value``; None where it accepts.

    ``schemas`` are the named types that references may name. ``value`` is what ``json.loads`` gives.
    """
    try:
        return _Validation(schemas).check(schema, value, 0)
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
    """One value's validation, counting its steps. Paths begin at the value at hand."""

    schemas: Mapping[str, Schema]
    steps: int = field(default=0)

    def check(self, schema: Schema, value: Any, depth: int) -> Refusal | None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _Spent(f"checking takes more than {MOST_STEPS} steps")
        if depth > DEEPEST:
            raise _Spent(f"schema and value are nested deeper than {DEEPEST} levels")
        scalar = _SCALARS.get(type(schema))
        if scalar is not None:
            reason = scalar(schema, value)
            return Refusal((), reason) if reason else None
        return _COMPOSITES[type(schema)](self, schema, value, depth)

    def reference(self, schema: Reference, value: Any, depth: int) -> Refusal | None:
        target = self.schemas.get(schema.ref.removeprefix(REFERENCE_PREFIX))
        if target is None:
            return Refusal((), f"the schema refers to {schema.ref!r}, which is nothing")
        return self.check(target, value, depth + 1)

    def one_of(self, schema: OneOf, value: Any, depth: int) -> Refusal | None:
        refusals = [self.check(one, value, depth + 1) for one in schema.one_of]
        matches = refusals.count(None)
        if matches == 1:
            return None
        if matches:
            return Refusal((), f"matches {matches} of the alternatives, and must match exactly one")
        reasons = [r for r in refusals if r is not None]
        deepest = max(reasons, key=lambda r: len(r.path), default=None)
        if deepest is not None and (len(reasons) == 1 or deepest.path):
            return deepest
        return Refusal((), "matches none of the alternatives")

    def array(self, schema: Array, value: Any, depth: int) -> Refusal | None:
        if not isinstance(value, list):
            return Refusal((), "is no array")
        reason = _size(len(value), schema.min_items, schema.max_items, "elements")
        if reason:
            return Refusal((), reason)
        if schema.unique_items and self._repeats(value, depth):
            return Refusal((), "holds equal elements")
        for index, item in enumerate(value):
            wrong = self.check(schema.items, item, depth + 1)
            if wrong is not None:
                return wrong.inside(index)
        return None

    def object(self, schema: Object, value: Any, depth: int) -> Refusal | None:
        if not isinstance(value, dict):
            return Refusal((), "is no object")
        for name in schema.required:
            if name not in value:
                return Refusal((), f"lacks the required property {name!r}")
        if not schema.additional_properties:
            for name in value:
                if name not in schema.properties:
                    return Refusal((name,), "is no property of this type")
        for name, inner in schema.properties.items():
            if name not in value:
                continue
            scalar = _SCALARS.get(type(inner))
            if scalar is None or depth >= DEEPEST or self.steps >= MOST_STEPS:
                wrong = self.check(inner, value[name], depth + 1)
                if wrong is not None:
                    return wrong.inside(name)
            else:  # as `check` does it: most of all there is to check, so without the call
                self.steps += 1
                reason = scalar(inner, value[name])
                if reason:
                    return Refusal((name,), reason)
        return None

    def _repeats(self, value: list[Any], depth: int) -> bool:
        if _deeper(value, DEEPEST - depth):
            raise _Spent(f"schema and value are nested deeper than {DEEPEST} levels")
        return len({identity(item) for item in value}) < len(value)


def _constant(schema: Constant, value: Any) -> str:
    same = value == schema.const and isinstance(value, bool) == isinstance(schema.const, bool)
    return "" if same else "is another value than the constant"


def _boolean(_: Boolean, value: Any) -> str:
    return "" if isinstance(value, bool) else "is no boolean"


def _null(_: Null, value: Any) -> str:
    return "" if value is None else "is not null"


def _integer(schema: Integer, value: Any) -> str:
    return _limits(schema, value) if _is_integer(value) else "is no integer"


def _number(schema: Number, value: Any) -> str:
    return _limits(schema, value) if _is_number(value) else "is no number"


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


def _string(schema: String, value: Any) -> str:
    if not isinstance(value, str):
        return "is no string"
    wrong = _size(len(value), schema.min_length, schema.max_length, "characters")
    if wrong:
        return wrong
    if schema.format is not None and not FORMATS[schema.format](value):
        return f"is no {schema.format}"
    if schema.pattern is not None and not found(schema.pattern, value):
        return f"does not match the pattern {schema.pattern}"
    return ""


def _limits(schema: Integer | Number, value: float) -> str:
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


_SCALARS: dict[type[Schema], Callable[[Any, Any], str]] = {
    Constant: _constant,
    Boolean: _boolean,
    Null: _null,
    String: _string,
    Integer: _integer,
    Number: _number,
}
"""By the type of schemas that look into no value: why one refuses a value; empty where it accepts."""

_COMPOSITES: dict[type[Schema], Callable[[_Validation, Any, Any, int], Refusal | None]] = {
    Reference: _Validation.reference,
    OneOf: _Validation.one_of,
    Array: _Validation.array,
    Object: _Validation.object,
}
"""By the type of the other schemas. Telling types apart one by one takes longer than most checks."""
