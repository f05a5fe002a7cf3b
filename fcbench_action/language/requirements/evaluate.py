"""Conditions on a world: does one hold? Total and bounded, whatever the tree and the world.

A missing thing or value is ``None``. Moments are milliseconds, days their texts, lists tuples. Trees are
walked by recursion, for the judge bounds their depth. Predicates are asked once for each thing; where many
build on each other, those that one needs are found out before it, for every thing there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NamedTuple

from fcbench_action.language.requirements import conditions as c
from fcbench_action.language.requirements.accept import milliseconds, plain_value
from fcbench_action.language.requirements.known import Known
from fcbench_action.language.requirements.nodes import Attribute, InputOfThing, ToMany, ToOne
from fcbench_action.language.requirements.predicates import needed
from fcbench_action.language.requirements.situation import KnownThing, World
from fcbench_action.language.requirements.values import INT64, ListType, MomentType, ValueType

MOST_STEPS = 50_000
"""Nodes visited for one question; beyond, it stays undecided."""

_SHALLOW = 60
"""How deep predicates may be, those that they ask for written out, to be asked by recursion."""

_MILLISECONDS = {"seconds": 1_000, "minutes": 60_000, "hours": 3_600_000, "days": 86_400_000}


@dataclass(slots=True)
class Budget:
    """How many nodes may still be visited."""

    left: int = MOST_STEPS


class Spent(Exception):
    """The budget is used up."""


class Around(NamedTuple):
    """Where a condition stands: what it is about, and the variables of quantifiers."""

    subject: str | None
    variables: Mapping[str, str]
    inputs: Mapping[str, Any] = {}


@dataclass
class View:
    """A world as somebody of the kind ``actor`` sees it, signed in to ``account``."""

    known: Known
    world: World
    actor: str
    account: str | None
    budget: Budget = field(default_factory=Budget)
    _answers: dict[tuple[str, str], bool] = field(default_factory=dict)
    _tabled: set[str] = field(default_factory=set)
    _many: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)

    def decide(self, condition: c.Condition, around: Around) -> bool | None:
        """Whether a condition holds; None where finding out takes too many steps."""
        try:
            return self.holds(condition, around)
        except Spent:
            return None

    def holds(self, condition: c.Condition, around: Around) -> bool:
        """Whether a condition holds. Raises Spent."""
        self._spend()
        return _CONDITIONS[type(condition)](self, condition, around)

    def value(self, value: c.Value, around: Around) -> Any:
        """A value; None where it is missing. Raises Spent."""
        self._spend()
        return _VALUES[type(value)](self, value, around)

    def thing(self, thing: c.Thing, around: Around) -> str | None:
        """The name of a thing; None where it is missing. Raises Spent."""
        steps = []
        while isinstance(thing, c.Related):
            self._spend()
            steps.append(thing.relation)
            thing = thing.of
        name = self._first(thing, around)
        for relation in reversed(steps):
            name = self.related(name, relation)
        return name

    def _first(self, thing: c.Thing, around: Around) -> str | None:
        match thing:
            case c.WhoAsks():
                return self._there(self.account) if self.actor in thing.kinds else None
            case c.Subject():
                return around.subject
            case c.Variable():
                return around.variables.get(thing.name)
            case c.ThingInput():
                given = around.inputs.get(thing.name)
                return self._there(given) if isinstance(given, str) else None
            case _:
                return None

    def _there(self, name: str | None) -> str | None:
        return name if name in self.world.things else None

    def related(self, name: str | None, relation: str) -> str | None:
        """The one thing that another is related to."""
        thing = self.world.things.get(name or "")
        entity = thing and self.known.entities.get(thing.entity)
        if thing is None or not entity or not isinstance(entity.relations.get(relation), ToOne):
            return None
        return self._there(thing.related.get(relation))

    def members(self, of: c.Thing, relation: str, around: Around) -> Iterator[str]:
        """The things that a relation to many leads to, sorted by name."""
        name = self.thing(of, around)
        thing = self.world.things.get(name or "")
        entity = thing and self.known.entities.get(thing.entity)
        way = entity.relations.get(relation) if entity else None
        if name is not None and isinstance(way, ToMany):
            yield from self._back(way.target, way.through).get(name, ())

    def _back(self, entity: str, relation: str) -> dict[str, list[str]]:
        """The things of an entity by what they are related to."""
        if (entity, relation) not in self._many:
            found: dict[str, list[str]] = {}
            for name, thing in sorted(self.world.things.items()):
                if thing.entity == entity and (target := self.related(name, relation)) is not None:
                    found.setdefault(target, []).append(name)
            self._many[entity, relation] = found
        return self._many[entity, relation]

    def state(self, name: str | None) -> str | None:
        """The state that a thing is in."""
        thing = self.world.things.get(name or "")
        if thing is None:
            return None
        entity = self.known.entities.get(thing.entity)
        return thing.state or (entity.entity.initial_state if entity else None)

    def attribute(self, name: str | None, attribute: str) -> Any:
        """The value of a thing's attribute."""
        thing = self.world.things.get(name or "")
        entity = thing and self.known.entities.get(thing.entity)
        declared = entity.attributes.get(attribute) if entity else None
        return None if thing is None or declared is None else _kept(thing, declared)

    def predicate(self, name: str, thing: str | None) -> bool:
        """Whether a predicate holds of a thing. Raises Spent."""
        if thing is None or name not in self.known.predicates:
            return False
        if self.known.depths[name] > _SHALLOW:
            for one in needed(self.known.predicates, name, self._tabled):
                for candidate in self.world.things:
                    self._found_out(one, candidate)
                self._tabled.add(one)
        return self._found_out(name, thing)

    def _found_out(self, name: str, thing: str) -> bool:
        """As :meth:`predicate`, found out once."""
        if (name, thing) not in self._answers:
            self._answers[name, thing] = (
                False  # what a circle of predicates meets, which no checked analysis has
            )
            declared = self.known.predicates[name]
            self._answers[name, thing] = self.world.things[thing].entity == declared.entity and self.holds(
                declared.condition, Around(thing, {})
            )
        return self._answers[name, thing]

    def given(self, action: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """What a request gives, as conditions see it."""
        declared = self.known.inputs.get(action, {})
        return {
            name: inputs.get(name) if isinstance(one, InputOfThing) else domain(one.holds, inputs.get(name))
            for name, one in declared.items()
        }

    def moment(self) -> int | None:
        """The present moment."""
        return milliseconds(self.world.at)

    def _spend(self) -> None:
        self.budget.left -= 1
        if self.budget.left < 0:
            raise Spent


def domain(holds: ValueType, value: Any) -> Any:
    """A JSON value as conditions see it: comparable with others of its type."""
    if isinstance(holds, MomentType):
        return milliseconds(value) if isinstance(value, str) else None
    if isinstance(holds, ListType):
        return tuple(domain(holds.of, item) for item in value) if isinstance(value, list | tuple) else None
    return value


def _kept(thing: KnownThing, declared: Attribute) -> Any:
    if declared.name in thing.attributes:
        return domain(declared.holds, thing.attributes[declared.name])
    return None if declared.nullable else domain(declared.holds, plain_value(declared.holds))


def _sized(value: int | float | None) -> int | float | None:
    """A number within the bounds of this language; missing beyond."""
    if value is None or (isinstance(value, float) and not isfinite(value)) or abs(value) >= INT64:
        return None
    return value


def _arithmetic(view: View, node: c.Arithmetic, around: Around) -> int | float | None:
    left, right = _number(view.value(node.left, around)), _number(view.value(node.right, around))
    if left is None or right is None:
        return None
    return _sized(
        left + right if node.operator == "+" else left - right if node.operator == "-" else left * right
    )


def _number(value: Any) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _shift(view: View, node: c.Shift, around: Around) -> int | None:
    moment = view.value(node.moment, around)
    return moment + node.amount * _MILLISECONDS[node.unit] if isinstance(moment, int) else None


def _inside(around: Around, variable: str, name: str) -> Around:
    return around._replace(variables={**around.variables, variable: name})


def _meeting(view: View, node: c.Some | c.Count, around: Around) -> Iterator[str]:
    for name in view.members(node.of, node.relation, around):
        if view.holds(node.where, _inside(around, node.variable, name)):
            yield name


def _every(view: View, node: c.Every, around: Around) -> bool:
    members = view.members(node.of, node.relation, around)
    return all(view.holds(node.where, _inside(around, node.variable, name)) for name in members)


def _total(view: View, node: c.Total, around: Around) -> int | float | None:
    total: int | float | None = 0
    for name in view.members(node.of, node.relation, around):
        number = _number(view.value(node.value, _inside(around, node.variable, name)))
        total = _sized((total or 0) + (number or 0))
    return total


def _compare(view: View, node: c.Compare, around: Around) -> bool:
    left, right = view.value(node.left, around), view.value(node.right, around)
    if node.operator == "==":
        return _equal(left, right)
    if node.operator == "!=":
        return not _equal(left, right)
    return _ordered(node.operator, left, right)


def _equal(left: Any, right: Any) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _ordered(operator: str, left: Any, right: Any) -> bool:
    both = (left, right)
    if not (all(_number(v) is not None for v in both) or all(isinstance(v, str) for v in both)):
        return False
    if operator == "<":
        return bool(left < right)
    if operator == "<=":
        return bool(left <= right)
    return bool(left > right) if operator == ">" else bool(left >= right)


def _is_one_of(view: View, node: c.IsOneOf, around: Around) -> bool:
    value = view.value(node.value, around)
    return value is not None and any(_equal(value, view.value(option, around)) for option in node.options)


def _contains(view: View, node: c.Contains, around: Around) -> bool:
    items, element = view.value(node.list, around), view.value(node.element, around)
    return isinstance(items, tuple) and element is not None and any(_equal(element, item) for item in items)


def _same(view: View, node: c.Same, around: Around) -> bool:
    left = view.thing(node.left, around)
    return left is not None and left == view.thing(node.right, around)


def _there(view: View, node: c.ThingThere, around: Around) -> bool:
    return view.thing(node.thing, around) is not None


_VALUES: dict[type, Callable[[View, Any, Around], Any]] = {
    c.BooleanLiteral: lambda _view, node, _around: node.value,
    c.IntegerLiteral: lambda _view, node, _around: node.value,
    c.NumberLiteral: lambda _view, node, _around: _sized(node.value),
    c.TextLiteral: lambda _view, node, _around: node.value,
    c.AttributeValue: lambda view, node, around: view.attribute(view.thing(node.of, around), node.name),
    c.ValueInput: lambda _view, node, around: around.inputs.get(node.name),
    c.Now: lambda view, _node, _around: view.moment(),
    c.Shift: _shift,
    c.Arithmetic: _arithmetic,
    c.Count: lambda view, node, around: sum(1 for _ in _meeting(view, node, around)),
    c.Total: _total,
}

_CONDITIONS: dict[type, Callable[[View, Any, Around], bool]] = {
    c.All: lambda view, node, around: all(view.holds(one, around) for one in node.of),
    c.Any: lambda view, node, around: any(view.holds(one, around) for one in node.of),
    c.Not: lambda view, node, around: not view.holds(node.condition, around),
    c.Implies: lambda view, node, around: (
        not view.holds(node.premise, around) or view.holds(node.conclusion, around)
    ),
    c.ActorIs: lambda view, node, _around: view.actor in node.kinds,
    c.InState: lambda view, node, around: view.state(view.thing(node.thing, around)) in node.states,
    c.Same: _same,
    c.ThingThere: _there,
    c.ValueThere: lambda view, node, around: view.value(node.value, around) is not None,
    c.IsTrue: lambda view, node, around: view.value(node.value, around) is True,
    c.Compare: _compare,
    c.IsOneOf: _is_one_of,
    c.Contains: _contains,
    c.Some: lambda view, node, around: any(True for _ in _meeting(view, node, around)),
    c.Every: _every,
    c.Holds: lambda view, node, around: view.predicate(node.predicate, view.thing(node.thing, around)),
}
