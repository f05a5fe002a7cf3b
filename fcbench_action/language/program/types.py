"""The types of programs: what a value may be, as far as the checker knows.

Types are frozen values. Named types (of the interface) and rows (of the database) stand for what an
:class:`Environment` says about them, so that recursive types are finite here.

Every type of the interface has two *forms*. What comes in is in *read* form: all properties are there, and
those that JSON may lack are ``T | null``. What goes out is in *write* form: those properties may be left out
or null, which is the same. The read form of a type always assigns to its write form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from fcbench_action.sinks import one_line

Form = Literal["read", "write"]
Base = Literal["boolean", "integer", "number", "string"]

DEEPEST_COMPARISON = 40
"""Levels of different types inside of types that are compared; beyond, nothing assigns to anything."""

_LONGEST_TEXT = 40
_LONGEST_TYPE = 160


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type without parts: ``boolean``, ``integer``, ``number``, ``null``, ``never`` (no value at all) or
    ``error`` (what follows from a mistake that was reported already, and is compatible with everything).
    """

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """A string, in the ``format`` if one is known. Formats inform: a string without one assigns to each, and
    each to it, but no format assigns to another.
    """

    format: str | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """Exactly one value. Integers beyond 2**53 are rounded as doubles are: TypeScript cannot tell them apart.

    ``fresh`` marks what a literal in the program gave: as in TypeScript, it becomes its base type as soon
    as it is stored inside an object or array whose type is not expected to be this constant.
    """

    base: Base
    value: bool | int | float | str
    fresh: bool = False

    @property
    def unit(self) -> tuple[str, bool | int | float | str]:
        """What makes it equal to another constant: 1 and 1.0 are the same."""
        return ("number" if self.base == "integer" else self.base), self.value


@dataclass(frozen=True, slots=True)
class Array:
    """A list of values of one type."""

    element: Type


@dataclass(frozen=True, slots=True)
class Field:
    """A property of an object; where it is ``optional`` it may be left out."""

    type: Type
    optional: bool = False


@dataclass(frozen=True)
class Object:
    """Named properties."""

    fields: Mapping[str, Field]

    def __hash__(self) -> int:
        return hash(tuple(self.fields))

    @cached_property
    def size(self) -> int:
        """How many types it is made of; bounds the work with objects of objects of objects."""
        return 1 + sum(size(one.type) for one in self.fields.values())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its columns and nothing else."""

    table: str


@dataclass(frozen=True, slots=True)
class Named:
    """A type of the interface, in one of its forms."""

    name: str
    form: Form


@dataclass(frozen=True, slots=True)
class Union:
    """One of several; made by :func:`union` only, which keeps it flat and without repetition."""

    members: tuple[Type, ...]


Type = Scalar | Text | Constant | Array | Object | Row | Named | Union

BOOLEAN = Scalar("boolean")
INTEGER = Scalar("integer")
NUMBER = Scalar("number")
NULL = Scalar("null")
NEVER = Scalar("never")
ERROR = Scalar("error")
STRING = Text()


class Resolver(Protocol):
    """Knows what named types and rows stand for: an Environment."""

    def resolve(self, type: Named | Row) -> Type:
        """The type that it stands for."""


def constant(value: bool | int | float | str, *, fresh: bool = False) -> Constant:
    """The type of exactly ``value``."""
    if isinstance(value, bool):
        return Constant("boolean", value, fresh)
    if isinstance(value, int):
        return Constant("integer", value if abs(value) < 2**53 else int(float(value)), fresh)
    return Constant("number" if isinstance(value, float) else "string", value, fresh)


def base(type: Constant) -> Type:
    """What a constant is one of."""
    bases: dict[Base, Type] = {"boolean": BOOLEAN, "integer": INTEGER, "number": NUMBER, "string": STRING}
    return bases[type.base]


def union(types: Iterable[Type]) -> Type:
    """What is one of ``types``: flat, each once, without members that another one covers anyway."""
    found: dict[Type, None] = {}
    for one in types:
        found.update(dict.fromkeys(one.members if isinstance(one, Union) else (one,)))
    if ERROR in found:
        return ERROR
    found.pop(NEVER, None)
    if len(found) > 1:
        found = _reduced(found)
    if len(found) > 1:
        return Union(tuple(found))
    for one in found:
        return one
    return NEVER


def _reduced(found: dict[Type, None]) -> dict[Type, None]:
    if any(isinstance(one, Constant) for one in found):
        found = _constants_reduced(found)
    if NUMBER in found:
        found.pop(INTEGER, None)
    arrays = [one for one in found if isinstance(one, Array)]
    if len(arrays) > 1:
        found = _arrays_reduced(found, arrays)
    texts = [one for one in found if isinstance(one, Text)]
    if len(texts) > 1:  # two formats together are any string
        found = {STRING if one is texts[0] else one: None for one in found if one not in texts[1:]}
    return found


def _arrays_reduced(found: dict[Type, None], arrays: list[Array]) -> dict[Type, None]:
    """Arrays of what has one name to TypeScript are arrays of that."""
    kept: list[Array] = []
    for one in arrays:
        for index, other in enumerate(kept):
            element = union((one.element, other.element))
            if not isinstance(element, Union) or element in (one.element, other.element):
                kept[index] = Array(element)
                break
        else:
            kept.append(one)
    return {**{one: None for one in found if not isinstance(one, Array)}, **dict.fromkeys(kept)}


def _constants_reduced(found: dict[Type, None]) -> dict[Type, None]:
    firm = {one.unit for one in found if isinstance(one, Constant) and not one.fresh}
    if {("boolean", True), ("boolean", False)} <= {c.unit for c in found if isinstance(c, Constant)}:
        found = {
            BOOLEAN if isinstance(one, Constant) and one.base == "boolean" else one: None for one in found
        }
    texts = any(isinstance(one, Text) for one in found)

    def covered(one: Type) -> bool:
        if not isinstance(one, Constant):
            return False
        if one.base == "string":
            wide = texts
        elif one.base == "integer":
            wide = INTEGER in found or NUMBER in found
        else:
            wide = base(one) in found
        return wide or (one.fresh and one.unit in firm)

    kept = {one: None for one in found if not covered(one)}
    if texts and len(kept) < len(found):  # a constant beside a format: any string
        lost = any(isinstance(one, Constant) and one.base == "string" for one in found if one not in kept)
        kept = {STRING if lost and isinstance(one, Text) else one: None for one in kept}
    return kept


def nullable(type: Type) -> Type:
    """``type``, or null."""
    return union((type, NULL))


def widened(type: Type) -> Type:
    """What becomes of a type where it is stored in an object or array: fresh constants become their base."""
    if isinstance(type, Constant):
        return base(type) if type.fresh else type
    if isinstance(type, Union) and any(isinstance(one, Constant) and one.fresh for one in type.members):
        return union(widened(one) for one in type.members)
    return type


def returned(type: Type) -> Type:
    """What an arrow gives for a body of this type: a fresh constant is widened, a choice of them stays."""
    if not isinstance(type, Union):
        return widened(type)
    return union(Constant(one.base, one.value) if isinstance(one, Constant) else one for one in type.members)


def size(type: Type) -> int:
    """How many types it is made of."""
    levels = 0
    while isinstance(type, Array):
        type, levels = type.element, levels + 1
    if isinstance(type, Object):
        return levels + type.size
    if isinstance(type, Union):
        return levels + 1 + sum(size(one) for one in type.members)
    return levels + 1


def show(type: Type) -> str:
    """The type as a person writes it, on one line, cut where it is long."""
    return one_line(_shown(type, _LONGEST_TYPE), _LONGEST_TYPE)


def _shown(type: Type, room: int) -> str:
    match type:
        case Scalar():
            return type.name
        case Text():
            return f"string ({type.format})" if type.format else "string"
        case Constant():
            return _shown_value(type.value)
        case Row():
            return f"row of {type.table}"
        case Named():
            return type.name
        case Array():
            inner = _shown(type.element, room - 2)
            return f"({inner})[]" if isinstance(type.element, Union) else f"{inner}[]"
        case Union():
            return " | ".join(_some((_shown(one, room // 2) for one in type.members), room))
        case Object():
            fields = (
                f"{name}{'?' if one.optional else ''}: {_shown(one.type, room // 2)}"
                for name, one in type.fields.items()
            )
            return "{ " + "; ".join(_some(fields, room)) + " }" if type.fields else "{}"


def _some(parts: Iterable[str], room: int) -> Iterable[str]:
    """As many as there is room for; then three dots."""
    for part in parts:
        if room <= 0:
            yield "..."
            return
        yield part
        room -= len(part) + 3


def _shown_value(value: bool | int | float | str) -> str:
    if isinstance(value, str):
        return f'"{one_line(value, _LONGEST_TEXT)}"'
    return str(value).lower()


def members(type: Type, env: Resolver) -> tuple[Type, ...]:
    """The types of which ``type`` is one. Names of objects stay names; all others are what they stand for."""
    found: dict[Type, None] = {}
    seen: set[Type] = set()
    rest: list[Type] = [type]
    while rest:
        one = rest.pop()
        if one in seen:
            continue
        if isinstance(one, Union):
            rest += reversed(one.members)
        elif isinstance(one, Named) and not isinstance(meant := env.resolve(one), Object):
            seen.add(one)
            rest.append(meant)
        else:
            found[one] = None
    return tuple(found)


def object_of(type: Type, env: Resolver) -> Object | None:
    """The properties of an object, a row or the name of an object; None for all else."""
    if isinstance(type, Named | Row):
        meant = env.resolve(type)
        return meant if isinstance(meant, Object) else None
    return type if isinstance(type, Object) else None


def has_null(type: Type, env: Resolver) -> bool:
    """Whether the value may be null."""
    return NULL in members(type, env)


def without_null(type: Type, env: Resolver) -> Type:
    """``type`` where it is known not to be null."""
    if type == NULL:
        return NEVER
    if not isinstance(type, Union | Named) or not has_null(type, env):
        return type
    return union(one for one in members(type, env) if one != NULL)


def assignable(actual: Type, expected: Type, env: Resolver) -> bool:
    """Whether a value of type ``actual`` may stand where ``expected`` is asked for."""
    return Assignability(env).holds(actual, expected)


@dataclass(slots=True)
class Assignability:
    """Answers :func:`assignable`, remembering what it found about names and rows."""

    env: Resolver
    known: dict[tuple[Type, Type], bool] = field(default_factory=dict)
    assumed: list[tuple[Type, Type]] = field(default_factory=list)
    depth: int = 0

    def holds(self, actual: Type, expected: Type) -> bool:
        """Whether ``actual`` assigns to ``expected``."""
        if actual is expected or ERROR in (actual, expected) or actual in (NEVER, expected):
            return True
        if isinstance(actual, Union):
            return all(self.holds(one, expected) for one in actual.members)
        if isinstance(actual, Named) and isinstance(expected, Named) and actual.name == expected.name:
            return actual.form == "read"
        if not isinstance(actual, Named | Row) and not isinstance(expected, Named | Row):
            return self._structure(actual, expected)
        pair = (actual, expected)
        if pair in self.known:
            return self.known[pair]
        return self._remembered(pair)

    def _remembered(self, pair: tuple[Type, Type]) -> bool:
        """Assumes that it holds, for the pair may be met again inside of itself."""
        if self.depth >= DEEPEST_COMPARISON:
            return False
        mark = len(self.assumed)
        self.known[pair] = True
        self.assumed.append(pair)
        self.depth += 1
        found = self._resolved(*pair)
        self.depth -= 1
        if not found:  # and what was concluded from the assumption does not hold either
            for other in self.assumed[mark:]:
                self.known.pop(other, None)
            self.known[pair] = False
            del self.assumed[mark:]
        if not self.depth:
            self.assumed.clear()
        return found

    def _resolved(self, actual: Type, expected: Type) -> bool:
        if isinstance(actual, Named) and object_of(actual, self.env) is None:
            return all(self.holds(one, expected) for one in members(actual, self.env))
        if isinstance(expected, Named) and object_of(expected, self.env) is None:
            return any(self.holds(actual, one) for one in members(expected, self.env))
        return self._structure(actual, expected)

    def _structure(self, actual: Type, expected: Type) -> bool:
        match expected:
            case Union():
                return any(self.holds(actual, one) for one in expected.members)
            case Scalar(name="boolean"):
                return isinstance(actual, Constant) and actual.base == "boolean"
            case Scalar(name="integer"):
                return isinstance(actual, Constant) and actual.base == "integer"
            case Scalar(name="number"):
                return actual == INTEGER or (
                    isinstance(actual, Constant) and actual.base in ("integer", "number")
                )
            case Text():
                return _text_assigns(actual, expected)
            case Constant():
                return isinstance(actual, Constant) and _constant_assigns(actual, expected)
            case Array():
                return isinstance(actual, Array) and self.holds(actual.element, expected.element)
            case Scalar():
                return False
        return self._objects(object_of(actual, self.env), object_of(expected, self.env))

    def _objects(self, actual: Object | None, expected: Object | None) -> bool:
        if actual is None or expected is None:
            return False
        if actual.fields and expected.fields and not (actual.fields.keys() & expected.fields.keys()):
            return False  # nothing in common: TypeScript refuses that even where all is optional
        for name, wanted in expected.fields.items():
            given = actual.fields.get(name)
            if given is None:
                if not wanted.optional:
                    return False
            elif (given.optional and not wanted.optional) or not self.holds(given.type, wanted.type):
                return False
        return True


def _text_assigns(actual: Type, expected: Text) -> bool:
    if isinstance(actual, Text):
        return expected.format is None or actual.format is None or actual.format == expected.format
    return isinstance(actual, Constant) and actual.base == "string"


def _constant_assigns(actual: Constant, expected: Constant) -> bool:
    """A whole number written with a fraction is no integer."""
    return actual.unit == expected.unit and (actual.base == expected.base or expected.base == "number")
