"""What a generated program knows at a place: names, their properties, and what conditions said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import msgspec

from fcbench_action.language.program import expressions as e
from fcbench_action.language.program.environment import Environment, Operation
from fcbench_action.language.program.types import (
    NULL,
    Array,
    Assignability,
    Constant,
    Text,
    Type,
    Union,
    members,
    object_of,
    without_null,
)


@dataclass(slots=True)
class Known:
    """A name or path that is known, with its type."""

    node: e.Expression
    type: Type
    exact: bool = True


@dataclass
class Knowledge:
    """What one program knows. ``budget`` is how many more nodes it may spend on anything but the least."""

    random: Random
    env: Environment
    operation: Operation | None
    budget: int = 200
    known: dict[str, Known] = field(default_factory=dict)
    narrowed: list[Known] = field(default_factory=list)
    barred: set[str] = field(default_factory=set)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    sessions: dict[str, str | None] = field(default_factory=dict)
    guards: list[set[str]] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.assigns = Assignability(self.env)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, options: Any) -> Any:
        return self.random.choice(list(options))

    def name(self, stem: str = "v") -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def references(self, roots: int = 8, levels: int = 2) -> Iterator[Known]:
        """Names that may be used, and properties of theirs."""
        names = [name for name in self.known if name not in self.barred]
        self.random.shuffle(names)
        pending = [(self.known[name], levels) for name in names[:roots]]
        pending += [(one, 1) for one in self.narrowed if not roots_of(one.node, {}) & self.barred]
        while pending:
            one, level = pending.pop()
            yield one
            meant = object_of(one.type, self.env)
            if meant is not None and level:
                for name, inner in meant.fields.items():
                    access = e.PropertyAccess(object=one.node, name=name)
                    if not inner.optional and not any(each.node == access for each in self.narrowed):
                        pending.append((Known(access, inner.type, one.exact), level - 1))

    def find(self, fits: Callable[[Known], bool]) -> Known | None:
        found = [one for one in self.references() if fits(one)]
        return self.pick(found) if found else None

    def fits(self, one: Known, type: Type) -> bool:
        """Whether a value is of a type; one that is not exact may be of any format."""
        return self.assigns.holds(one.type, type) and (one.exact or not has_format(type))

    def a_reference(self, type: Type) -> e.Expression | None:
        found = self.find(lambda one: self.fits(one, type))
        return found.node if found else None

    def guarded(self, roots: set[str], make: Callable[[], Any]) -> Any:
        """What is made where a condition on ``roots`` was met: they are left alone there."""
        before = self.barred
        self.barred = before | roots
        made = make()
        self.barred = before
        return made

    def is_nullable(self, one: Known) -> bool:
        return one.type != NULL and NULL in members(one.type, self.env)

    def narrow(self, found: Known) -> None:
        """From here on, a value is not null."""
        rest = without_null(found.type, self.env)
        if isinstance(found.node, e.Identifier):
            self.known[found.node.name] = Known(found.node, rest)
        else:
            self.narrowed = [one for one in self.narrowed if one.node != found.node]
            self.narrowed.append(Known(found.node, rest))

    def arrow(self, element: Type, make: Callable[[], e.Expression]) -> e.Arrow:
        """Inside, what was found out about properties is forgotten; so those stay untouched there."""
        name = self.name("x")
        narrowed, self.narrowed = (
            self.narrowed,
            [one for one in self.narrowed if isinstance(one.node, e.Identifier)],
        )
        barred = self.barred
        self.barred = barred | {
            root
            for one in narrowed
            if not isinstance(one.node, e.Identifier)
            for root in roots_of(one.node, {})
        }
        self.known[name] = Known(e.Identifier(name=name), element)
        body = make()
        del self.known[name]
        self.narrowed, self.barred = narrowed, barred
        return e.Arrow(parameter=name, body=body)

    def is_structured(self, type: Type) -> bool:
        return constants_in(type, self.env) or any(
            object_of(one, self.env) or isinstance(one, Array) for one in members(type, self.env)
        )


def literal(value: bool | int | float | str) -> e.Expression:
    """A literal of a value."""
    if isinstance(value, bool):
        return e.BooleanLiteral(value=value)
    if isinstance(value, str):
        return e.StringLiteral(value=value)
    return e.IntegerLiteral(value=value) if isinstance(value, int) else e.NumberLiteral(value=value)


def constants_in(type: Type, env: Environment) -> bool:
    """Whether the type is, or may be, exactly one value: such types are not kept without help."""
    return any(isinstance(one, Constant) for one in members(type, env))


def has_format(type: Type) -> bool:
    """Whether a type is, in part, a string in some format."""
    while isinstance(type, Array):
        type = type.element
    parts = type.members if isinstance(type, Union) else (type,)
    return any(isinstance(one, Text) and one.format for one in parts)


def roots_of(node: Any, aliases: dict[str, set[str]]) -> set[str]:
    """The names that occur in an expression, and those that named conditions in it are about."""
    found: set[str] = set()
    rest = [msgspec.to_builtins(node)]
    while rest:
        one = rest.pop()
        if isinstance(one, dict):
            if one.get("type") == "identifier":
                found |= {one["name"]} | aliases.get(one["name"], set())
            rest += one.values()
        elif isinstance(one, list | tuple):
            rest += one
    return found
