"""What comes in and goes out, in the form that programs and callers expect.

In: values are checked against their type first. Integers written with a fraction become integers, numbers
become doubles, UUIDs and times are written in one way, and properties that the type does not know are left
out. Out: properties that the type does not know are left out (a row may stand for what it presents), and so
are those that are null where the type lets them be absent, but not be null. Then the value is checked.
Nothing recurses further than payloads may nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
    named,
    refusal,
)
from fcbench_action.language.interface.walk import alternatives
from fcbench_action.language.program.interpreter.times import canonical
from fcbench_action.language.program.leaves import INT64

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,39})(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")


class Refused(Exception):
    """A value that its type does not accept."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.reason)
        self.why = why


Convert = Callable[[Any, "Walk"], Any]
"""Converts a value that is meant for one schema. What does not fit stays as it is; checking finds that."""


@dataclass(slots=True)
class Walk:
    """Bounds the conversion of one value, which may share parts without end."""

    steps: int = 0
    depth: int = 0

    def enter(self, size: int) -> None:
        """Goes into an array or object of so many parts. Raises Refused."""
        self.steps += size + 1
        self.depth += 1
        if self.steps > MOST_STEPS or self.depth > DEEPEST:
            raise Refused(Refusal((), "the value is too large, or nested too deep"))


class Payloads:
    """The conversions of one interface, each schema compiled to a closure when it is first met."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.schemas = schemas
        self.bodies = {name: named(name) for name in schemas}
        self._incoming, self._outgoing = _Conversions(schemas, True), _Conversions(schemas, False)

    def read(self, type_name: str, value: Any) -> Any:
        """What a program sees of a body that came in. Raises Refused."""
        return self._read(self.bodies[type_name], value)

    def sent(self, type_name: str, value: Any) -> Any:
        """What a test sends of a body in write form, accepted or not. Raises Refused if it is too large."""
        return self._outgoing.of(self.bodies[type_name])(value, Walk())

    def write(self, type_name: str, value: Any) -> Any:
        """What a caller gets of a value that a program answers with. Raises Refused."""
        made = self.sent(type_name, value)
        self._check(self.bodies[type_name], made)
        return made

    def parameter(self, schema: Schema, text: str) -> Any:
        """The value that a part of a path stands for. Raises Refused."""
        for one in _readings(text):
            if accepts(self.schemas, schema, one):
                return self._read(schema, one)
        raise Refused(refusal(self.schemas, schema, text) or Refusal((), "stands for no value"))

    def _read(self, schema: Schema, value: Any) -> Any:
        self._check(schema, value)
        return self._incoming.of(schema)(value, Walk())

    def _check(self, schema: Schema, value: Any) -> None:
        found = refusal(self.schemas, schema, value)
        if found is not None:
            raise Refused(found)


@dataclass(slots=True)
class _Conversions:
    """The conversions in one direction; ``known`` by the ids of schemas, which live as long as these."""

    schemas: Mapping[str, Schema]
    incoming: bool
    known: dict[int, Convert] = field(default_factory=dict)

    def of(self, schema: Schema) -> Convert:
        """The conversion of a schema."""
        if id(schema) not in self.known:
            self.known[id(schema)] = self._made(schema)
        return self.known[id(schema)]

    def _made(self, schema: Schema) -> Convert:
        match schema:
            case nodes.Object():
                return self._object(schema)
            case nodes.Array():
                return _array(self.of(schema.items))
            case nodes.Reference() | nodes.OneOf():
                return self._alternative(schema)
            case nodes.Integer():
                return _whole
            case nodes.Constant() if not isinstance(schema.const, str | bool):
                return _double if isinstance(schema.const, float) and self.incoming else _whole
            case nodes.Number() if self.incoming:
                return _double
            case nodes.String() if self.incoming:
                return _INCOMING_TEXTS.get(schema.format or "", _text)
        return _same

    def _object(self, schema: nodes.Object) -> Convert:
        parts = tuple((name, self.of(inner)) for name, inner in schema.properties.items())
        dropped = {
            name
            for name, inner in schema.properties.items()
            if not self.incoming and name not in schema.required and not self._nulls(inner)
        }

        def convert(value: Any, walk: Walk) -> Any:
            if type(value) is not dict:
                return value
            walk.enter(len(value))
            made = {}
            for name, inner in parts:
                if name in value:
                    one = value[name]
                    if one is not None or name not in dropped:
                        made[name] = inner(one, walk)
            walk.depth -= 1
            return made

        return convert

    def _nulls(self, schema: Schema) -> bool:
        found = alternatives(self.schemas, schema) or ()
        return any(isinstance(one, nodes.Null) for one in found)

    def _alternative(self, schema: Schema) -> Convert:
        """By the one alternative that the value can be meant for; else by the one that accepts the result."""
        options: list[tuple[Schema, Convert]] = []
        only: Convert | None = None
        resolved = False

        def convert(value: Any, walk: Walk) -> Any:
            nonlocal resolved, only
            if not resolved:  # not before, for types may refer to themselves
                found = alternatives(self.schemas, schema) or ()
                options[:] = [(one, self.of(one)) for one in found]
                only = _only(options)
                resolved = True
            if only is not None:
                return only(value, walk)
            meant = [(one, inner) for one, inner in options if _may_be(one, value)]
            if len(meant) == 1:
                return meant[0][1](value, walk)
            for one, inner in meant:
                made = inner(value, walk)
                if accepts(self.schemas, one, made):
                    return made
            return value

        return convert


def _only(options: list[tuple[Schema, Convert]]) -> Convert | None:
    """The one conversion that there is beside that of null, where it leaves null and other kinds alone."""
    if len(options) == 1:
        return options[0][1]
    rest = [(one, inner) for one, inner in options if not isinstance(one, nodes.Null)]
    if len(rest) != 1 or isinstance(rest[0][0], nodes.Constant | nodes.Object):
        return None
    return rest[0][1]


def _array(inner: Convert) -> Convert:
    def convert(value: Any, walk: Walk) -> Any:
        if type(value) is not list:
            return value
        walk.enter(len(value))
        made = value if inner is _same else [inner(one, walk) for one in value]
        walk.depth -= 1
        return made

    return convert


def _same(value: Any, _walk: Walk) -> Any:
    return value


def _whole(value: Any, _walk: Walk) -> Any:
    """An integer, also where it came with a fraction of nothing."""
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is int and not -INT64 <= value < INT64:
        raise Refused(Refusal((), "an integer has more than 64 bits"))
    return value


def _double(value: Any, _walk: Walk) -> Any:
    return float(value) if type(value) is int else value


def _text(value: Any, _walk: Walk) -> Any:
    if type(value) is str and not value.isascii() and _half_pair(value):
        raise Refused(Refusal((), "a text holds half of a surrogate pair"))
    return value


def _uuid(value: Any, _walk: Walk) -> Any:
    return value.lower() if type(value) is str else value


def _time(value: Any, _walk: Walk) -> Any:
    if type(value) is not str:
        return value
    time = canonical(value)
    if time is None:
        raise Refused(Refusal((), "in UTC, a time is not within the years 1 to 9999"))
    return time


_INCOMING_TEXTS: dict[str, Convert] = {"uuid": _uuid, "date-time": _time}


def _may_be(schema: Schema, value: Any) -> bool:
    """Whether the schema is at all for such a value; of objects, by those properties that are constants."""
    match schema:
        case nodes.Null():
            return value is None
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
