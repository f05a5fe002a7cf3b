"""What comes in and goes out, in the form that programs and callers expect.

In: values are checked against their type first. Integers written with a fraction become integers, numbers
become doubles, UUIDs and times are written in one way, and properties that the type does not know are left
out. Out: properties that the type does not know are left out (a row may stand for what it presents), and so
are those that are null where the type lets them be absent, but not be null. Then the value is checked.
Nothing recurses further than payloads may nest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fcbench_action.language.interface import nodes
from fcbench_action.language.interface.nodes import Schema
from fcbench_action.language.interface.payload import (
    DEEPEST,
    MOST_STEPS,
    Refusal,
    accepts,
    identity,
    refusal,
)
from fcbench_action.language.interface.walk import alternatives
from fcbench_action.language.program.expressions import INT64
from fcbench_action.language.program.interpreter.times import canonical

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,39})(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")


class Refused(Exception):
    """A value that its type does not accept."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.reason)
        self.why = why


@dataclass(frozen=True, slots=True)
class Payloads:
    """The conversions of one interface. ``known`` remembers what its schemas stand for, by their ids."""

    schemas: Mapping[str, Schema]
    known: dict[int, tuple[Schema, ...]] = field(default_factory=dict)

    def read(self, schema: Schema, value: Any) -> Any:
        """What a program sees of a value that came in. Raises Refused."""
        self._check(schema, value)
        return _Conversion(self, incoming=True).convert(schema, value, 0)

    def sent(self, schema: Schema, value: Any) -> Any:
        """What a test sends of a value in write form, accepted or not. Raises Refused if it is too large."""
        return _Conversion(self, incoming=False).convert(schema, value, 0)

    def write(self, schema: Schema, value: Any) -> Any:
        """What a caller gets of a value that a program answers with. Raises Refused."""
        made = self.sent(schema, value)
        self._check(schema, made)
        return made

    def parameter(self, schema: Schema, text: str) -> Any:
        """The value that a part of a path stands for. Raises Refused."""
        for one in _readings(text):
            if accepts(self.schemas, schema, one):
                return self.read(schema, one)
        raise Refused(refusal(self.schemas, schema, text) or Refusal((), "stands for no value"))

    def alternatives(self, schema: Schema) -> tuple[Schema, ...]:
        """The schemas that a value may match; none where that cannot be known."""
        if id(schema) not in self.known:
            self.known[id(schema)] = tuple(alternatives(self.schemas, schema) or ())
        return self.known[id(schema)]

    def _check(self, schema: Schema, value: Any) -> None:
        found = refusal(self.schemas, schema, value)
        if found is not None:
            raise Refused(found)


@dataclass(slots=True)
class _Conversion:
    """Converts one value. What does not fit its schema stays as it is; checking finds that."""

    payloads: Payloads
    incoming: bool
    steps: int = field(default=0)

    def convert(self, schema: Schema, value: Any, depth: int) -> Any:
        self.steps += 1
        if self.steps > MOST_STEPS or depth > DEEPEST:
            raise Refused(Refusal((), "the value is too large, or nested too deep"))
        match schema:
            case nodes.Object() if isinstance(value, dict):
                return self._object(schema, value, depth)
            case nodes.Array() if isinstance(value, list):
                return [self.convert(schema.items, one, depth + 1) for one in value]
            case nodes.Reference() | nodes.OneOf():
                return self._alternative(schema, value, depth)
            case nodes.Constant():
                return value if isinstance(schema.const, str | bool) else self._number(schema.const, value)
            case nodes.Integer() | nodes.Number() if type(value) in (int, float):
                return self._number(0 if isinstance(schema, nodes.Integer) else 0.0, value)
            case nodes.String() if isinstance(value, str):
                return self._text(schema, value)
        return value

    def _object(self, schema: nodes.Object, value: dict[str, Any], depth: int) -> dict[str, Any]:
        made = {}
        for name, inner in schema.properties.items():
            if name not in value:
                continue
            one = value[name]
            if one is None and not self.incoming and name not in schema.required and not self._nulls(inner):
                continue
            made[name] = self.convert(inner, one, depth + 1)
        return made

    def _nulls(self, schema: Schema) -> bool:
        return any(isinstance(one, nodes.Null) for one in self.payloads.alternatives(schema))

    def _alternative(self, schema: Schema, value: Any, depth: int) -> Any:
        """By the one alternative that the value can be meant for; else by the one that accepts the result."""
        found = [one for one in self.payloads.alternatives(schema) if _may_be(one, value)]
        if len(found) == 1:
            return self.convert(found[0], value, depth + 1)
        for one in found:
            made = self.convert(one, value, depth + 1)
            if accepts(self.payloads.schemas, one, made):
                return made
        return value

    def _number(self, like: float, value: Any) -> Any:
        """``value`` as an integer or as a double, whichever ``like`` is."""
        if type(value) not in (int, float):
            return value
        if isinstance(like, float):
            return float(value) if self.incoming else value
        whole = int(value) if isinstance(value, int) or value.is_integer() else value
        if not -INT64 <= whole < INT64:
            raise Refused(Refusal((), "an integer has more than 64 bits"))
        return whole

    def _text(self, schema: nodes.String, value: str) -> str:
        if not self.incoming:
            return value
        if not value.isascii() and _half_pair(value):
            raise Refused(Refusal((), "a text holds half of a surrogate pair"))
        if schema.format == "uuid":
            return value.lower()
        if schema.format != "date-time":
            return value
        time = canonical(value)
        if time is None:
            raise Refused(Refusal((), "in UTC, a time is not within the years 1 to 9999"))
        return time


def _may_be(schema: Schema, value: Any) -> bool:
    """Whether the schema is at all for such a value; of objects, by those properties that are constants."""
    match schema:
        case nodes.Object():
            return isinstance(value, dict) and not any(
                identity(inner.const) != _scalar_identity(value.get(name))
                for name, inner in schema.properties.items()
                if isinstance(inner, nodes.Constant) and (name in schema.required or name in value)
            )
        case nodes.Array():
            return isinstance(value, list)
        case nodes.Constant():
            return bool(identity(schema.const) == _scalar_identity(value))
        case nodes.Null():
            return value is None
        case nodes.Boolean():
            return isinstance(value, bool)
        case nodes.String():
            return isinstance(value, str)
    return type(value) in (int, float)


def _scalar_identity(value: Any) -> Any:
    return None if isinstance(value, list | dict) else identity(value)


def _half_pair(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _readings(text: str) -> list[Any]:
    """What a text in a path may stand for: itself, a number, a boolean."""
    found: list[Any] = [text]
    if _NUMBER.fullmatch(text):
        found.append(float(text) if set(text) & set(".eE") else int(text))
    if text in ("true", "false"):
        found.append(text == "true")
    return found


def parameter_text(value: Any) -> str:
    """A value of a program as a part of a path; empty where none can hold it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else ""
