"""What a condition says about the values that it mentions, as TypeScript's compiler concludes it.

A *reference* is a name, or a path of properties from one: ``("todo", "owner", "id")``. A *narrowing* makes
the type of a reference smaller. The rules are those of TypeScript, neither weaker nor stronger where that
could be noticed: a value that TypeScript knows to be ``"a"`` cannot be compared to ``"b"`` there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fcbench_action.language.program.types import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    Array,
    Constant,
    Resolver,
    Scalar,
    Text,
    Type,
    constant,
    members,
    object_of,
    union,
)

Reference = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Truthy:
    """The value is neither null nor false; or one of the two."""

    positive: bool


@dataclass(frozen=True, slots=True, eq=False)
class Equals:
    """The value equals one of the given type; or it does not."""

    to: Type
    positive: bool


@dataclass(frozen=True, slots=True, eq=False)
class Having:
    """The value is one of those whose property is so narrowed."""

    name: str
    inner: Narrowing


@dataclass(frozen=True, slots=True, eq=False)
class Elements:
    """The elements of the array are of the given type."""

    of: Type


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """One after the other."""

    steps: tuple[Narrowing, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """One or the other."""

    left: Narrowing
    right: Narrowing


Narrowing = Truthy | Equals | Having | Elements | Chain | Either
Facts = Mapping[Reference, Narrowing]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known where a condition holds, and where it does not."""

    holds: Facts
    fails: Facts

    def negated(self) -> Outcome:
        """Of the opposite condition."""
        return Outcome(self.fails, self.holds)


NOTHING: Facts = {}
NO_OUTCOME = Outcome(NOTHING, NOTHING)


def both(first: Facts, then: Facts) -> Facts:
    """What is known after one and then the other."""
    if not (first and then):
        return first or then
    found = dict(first)
    for reference, narrowing in then.items():
        before = found.get(reference)
        found[reference] = narrowing if before is None else Chain((before, narrowing))
    return found


def either(left: Facts, right: Facts) -> Facts:
    """What is known where one or the other is."""
    return {reference: Either(left[reference], right[reference]) for reference in left if reference in right}


def about(reference: Reference | None, holds: Narrowing, fails: Narrowing) -> Outcome:
    """What a condition on a reference says of it, and of what it is a property of."""
    if reference is None:
        return NO_OUTCOME
    found: dict[Reference, Narrowing] = {reference: holds}
    lost: dict[Reference, Narrowing] = {reference: fails}
    if len(reference) > 1:
        found[reference[:-1]] = Having(reference[-1], holds)
        lost[reference[:-1]] = Having(reference[-1], fails)
    return Outcome(found, lost)


def narrowed(type: Type, narrowing: Narrowing, env: Resolver) -> Type:
    """What is left of ``type``."""
    return _Narrower(env, {}).apply(type, narrowing)


@dataclass(frozen=True, slots=True)
class _Narrower:
    """Applies narrowings, each once to a type: they share their parts."""

    env: Resolver
    known: dict[tuple[int, Type], Type]

    def apply(self, type: Type, narrowing: Narrowing) -> Type:
        key = (id(narrowing), type)
        if key not in self.known:
            self.known[key] = self._apply(type, narrowing)
        return self.known[key]

    def _apply(self, type: Type, narrowing: Narrowing) -> Type:
        match narrowing:
            case Chain():
                for step in narrowing.steps:
                    type = self.apply(type, step)
                return type
            case Either():
                return union((self.apply(type, narrowing.left), self.apply(type, narrowing.right)))
            case Truthy():
                return _kept(
                    type, (one for one in self._split(type) if _truthy(one) in (None, narrowing.positive))
                )
            case Equals():
                return self._equal(type, narrowing)
            case Having():
                return self._having(type, narrowing)
            case Elements():
                return Array(narrowing.of) if isinstance(type, Array) else type

    def _split(self, type: Type) -> list[Type]:
        """The members, a boolean being true or false."""
        found: list[Type] = []
        for one in members(type, self.env):
            found += (constant(True), constant(False)) if one == BOOLEAN else (one,)
        return found

    def _equal(self, type: Type, narrowing: Equals) -> Type:
        others = members(narrowing.to, self.env)
        if narrowing.positive:
            kept = (one for one in self._split(type) if comparable_members((one,), others))
            return _kept(type, (made for one in kept for made in _with_constants(one, others)))
        if len(others) != 1 or (not isinstance(others[0], Constant) and others[0] != NULL):
            return type
        return _kept(type, (one for one in self._split(type) if not _same_unit(one, others[0])))

    def _having(self, type: Type, narrowing: Having) -> Type:
        candidates = members(type, self.env)
        held = [self._property(one, narrowing.name) for one in candidates]
        known = [one for one in held if one is not None]
        if not any(self._is_literal(one) for one in known):
            return type
        wanted = members(self.apply(union(known), narrowing.inner), self.env)
        return _kept(
            type,
            (
                one
                for one, of in zip(candidates, held, strict=True)
                if of is None or comparable_members(members(of, self.env), wanted)
            ),
        )

    def _property(self, type: Type, name: str) -> Type | None:
        meant = object_of(type, self.env)
        found = meant.fields.get(name) if meant else None
        return found.type if found else None

    def _is_literal(self, type: Type) -> bool:
        return all(isinstance(one, Constant) or one in (NULL, BOOLEAN) for one in members(type, self.env))


def _kept(type: Type, parts: Iterable[Type]) -> Type:
    """The union of ``parts``; ``type`` itself where that is the same."""
    found = union(parts)
    return type if found == type else found


def _truthy(type: Type) -> bool | None:
    """Whether it counts as true; None where that depends on the value."""
    if type == NULL:
        return False
    if isinstance(type, Constant):
        return bool(type.value)
    return None if isinstance(type, Text) or type in (INTEGER, NUMBER) else True


def _same_unit(type: Type, other: Type) -> bool:
    if isinstance(type, Constant) and isinstance(other, Constant):
        return type.unit == other.unit
    return type == NULL == other


def _with_constants(type: Type, others: Iterable[Type]) -> list[Type]:
    """A string or number that equals one of ``others`` is one of their constants, where those are all."""
    if isinstance(type, Text):
        alike = [one for one in others if kind(one) == "string"]
    elif type in (INTEGER, NUMBER):
        alike = [one for one in others if kind(one) == "number"]
    else:
        return [type]
    return alike if all(isinstance(one, Constant) for one in alike) else [type]


def kind(type: Type) -> str:
    """What a simple value is compared as: ``boolean``, ``number``, ``string``, ``null``.

    ``object`` and ``array`` for the others; ``never`` and ``error`` for what has no value.
    """
    if isinstance(type, Text):
        return "string"
    if isinstance(type, Constant):
        return type.unit[0]
    if isinstance(type, Scalar):
        return "number" if type in (INTEGER, NUMBER) else type.name
    return "array" if isinstance(type, Array) else "object"


def comparable_members(left: Iterable[Type], right: Iterable[Type]) -> bool:
    """Whether a value of one can equal a value of the other."""
    rights = [(one, kind(one)) for one in right]
    for one in left:
        own = kind(one)
        for other, its in rights:
            if own == its and not (
                isinstance(one, Constant) and isinstance(other, Constant) and one.unit != other.unit
            ):
                return True
    return False
