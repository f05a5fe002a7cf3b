"""The type checker of conditions: which entity a thing is of, which kind a value has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import requirements as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.requirements import conditions as c
from fcbench_action.language.requirements.check.scope import Scope, listed
from fcbench_action.language.requirements.kinds import (
    BOOLEAN,
    MOMENT,
    NUMBER,
    ORDERED,
    Kind,
    comparable,
    exclusive,
    kind_of,
    literal,
)
from fcbench_action.language.requirements.known import KnownEntity
from fcbench_action.language.requirements.nodes import Input, InputOfThing, InputOfValue, ToMany, ToOne

Variables = Mapping[str, str | None]
"""Entities by variable; None where it cannot be told, which is reported already."""


class Checker:
    """Walks conditions about a thing of ``subject``; what is wrong is ``found``."""

    def __init__(self, scope: Scope, subject: str | None, inputs: Mapping[str, Input]) -> None:
        self.scope = scope
        self.subject = subject
        self.inputs = inputs
        self.found: list[Diagnostic] = []

    def condition(self, node: c.Condition, path: Path, variables: Variables) -> None:
        """A condition at ``path``, inside quantifiers that declare ``variables``."""
        _CONDITIONS[type(node)](self, node, path, variables)

    def value(self, node: c.Value, path: Path, variables: Variables) -> Kind | None:
        """The kind of a value; None where it cannot be told, which is reported."""
        return _VALUES[type(node)](self, node, path, variables)

    def needs(self, wanted: Kind, node: c.Value, path: Path, variables: Variables) -> None:
        """Report a value of another kind."""
        kind = self.value(node, path, variables)
        if kind is not None and kind.name != wanted.name:
            self._report(
                codes.WRONG_OPERAND.at(
                    path,
                    f"A {wanted} is needed here, and this is a {kind}.",
                    expected=f"a {wanted}",
                    actual=str(kind),
                )
            )

    def thing(self, node: c.Thing, path: Path, variables: Variables) -> str | None:
        """The entity of a thing; None where it cannot be told, which is reported."""
        match node:
            case c.Subject():
                return self._of_subject(path)
            case c.WhoAsks():
                return self._who_asks(node, path)
            case c.Variable():
                if node.name not in variables:
                    self._unknown(codes.UNKNOWN_VARIABLE, (*path, "name"), "variable", node.name, variables)
                return variables.get(node.name)
            case c.ThingInput():
                return self._input_thing(node, path)
            case c.Related():
                return self._follow(
                    node.of, (*path, "of"), node.relation, (*path, "relation"), variables, ToOne
                )

    def members(self, node: Any, path: Path, variables: Variables) -> dict[str, str | None]:
        """The variables inside a quantifier."""
        target = self._follow(node.of, (*path, "of"), node.relation, (*path, "relation"), variables, ToMany)
        if node.variable in variables:
            self._report(
                codes.DUPLICATE_DECLARATION.at(
                    (*path, "variable"),
                    f"A quantifier around declares the variable {quoted(node.variable)} already.",
                    expected="a name of its own",
                    actual=node.variable,
                )
            )
        return {**variables, node.variable: target}

    def kinds(self, names: tuple[str, ...], path: Path) -> bool:
        """Whether kinds of actors are known; reported where not."""
        known = self.scope.known.actors
        for index, name in enumerate(names):
            if name not in known:
                self._unknown(codes.UNKNOWN_ACTOR_KIND, (*path, "kinds", index), "actor", name, known)
        return all(name in known for name in names)

    def _of_subject(self, path: Path) -> str | None:
        if self.subject is None:
            self._report(
                codes.MISSING_SUBJECT.at(
                    path, "The action has no subject.", expected="who asks, or an input", actual="subject"
                )
            )
        return self.subject

    def _who_asks(self, node: c.WhoAsks, path: Path) -> str | None:
        if not self.kinds(node.kinds, path):
            return None
        accounts = {kind: self.scope.known.actors[kind].account for kind in node.kinds}
        entities = set(accounts.values())
        if len(entities) == 1 and None not in entities:
            return entities.pop()
        said = ", ".join(f"{kind}: {entity or 'no account'}" for kind, entity in accounts.items())
        self._report(
            codes.MIXED_ACCOUNTS.at(
                (*path, "kinds"),
                "Who asks is no thing of one entity here.",
                expected="kinds with accounts of one entity",
                actual=said,
            )
        )
        return None

    def _input_thing(self, node: c.ThingInput, path: Path) -> str | None:
        things = {name: one for name, one in self.inputs.items() if isinstance(one, InputOfThing)}
        if node.name in things:
            return things[node.name].entity
        self._unknown(codes.UNKNOWN_INPUT, (*path, "name"), "input of a thing named", node.name, things)
        return None

    def _follow(
        self,
        of: c.Thing,
        path: Path,
        name: str,
        place: Path,
        variables: Variables,
        wanted: type[ToOne | ToMany],
    ) -> str | None:
        """The entity that a relation leads to."""
        entity = self._entity(self.thing(of, path, variables))
        if entity is None:
            return None
        relation = entity.relations.get(name)
        if relation is None:
            fits = [r.name for r in entity.relations.values() if isinstance(r, wanted)]
            kind = f"relation of {quoted(entity.entity.name)} named"
            self._unknown(codes.UNKNOWN_RELATION, place, kind, name, fits)
            return None
        if not isinstance(relation, wanted):
            one, many = ("one", "many") if wanted is ToOne else ("many", "one")
            self._report(
                codes.WRONG_CARDINALITY.at(
                    place,
                    f"The relation {quoted(name)} leads to {many}, and one to {one} is needed here.",
                    expected=listed(r.name for r in entity.relations.values() if isinstance(r, wanted)),
                    actual=name,
                )
            )
            return None
        return relation.target

    def _entity(self, name: str | None) -> KnownEntity | None:
        return self.scope.known.entities.get(name) if name is not None else None

    def _unknown(self, code: Any, path: Path, kind: str, name: str, names: Any) -> None:
        self._report(self.scope.unknown(code, path, kind, name, names))

    def _report(self, diagnostic: Diagnostic) -> None:
        self.found.append(diagnostic)


def _attribute(checker: Checker, node: c.AttributeValue, path: Path, variables: Variables) -> Kind | None:
    entity = checker._entity(checker.thing(node.of, (*path, "of"), variables))
    if entity is None:
        return None
    if node.name not in entity.attributes:
        kind = f"attribute of {quoted(entity.entity.name)} named"
        checker._unknown(codes.UNKNOWN_ATTRIBUTE, (*path, "name"), kind, node.name, entity.attributes)
        return None
    return kind_of(entity.attributes[node.name].holds)


def _input_value(checker: Checker, node: c.ValueInput, path: Path, _: Variables) -> Kind | None:
    values = {name: one for name, one in checker.inputs.items() if isinstance(one, InputOfValue)}
    if node.name in values:
        return kind_of(values[node.name].holds)
    checker._unknown(codes.UNKNOWN_INPUT, (*path, "name"), "input of a value named", node.name, values)
    return None


def _shift(checker: Checker, node: c.Shift, path: Path, variables: Variables) -> Kind:
    checker.needs(MOMENT, node.moment, (*path, "moment"), variables)
    return MOMENT


def _arithmetic(checker: Checker, node: c.Arithmetic, path: Path, variables: Variables) -> Kind:
    checker.needs(NUMBER, node.left, (*path, "left"), variables)
    checker.needs(NUMBER, node.right, (*path, "right"), variables)
    return NUMBER


def _count(checker: Checker, node: c.Count, path: Path, variables: Variables) -> Kind:
    _quantifier(checker, node, path, variables)
    return NUMBER


def _total(checker: Checker, node: c.Total, path: Path, variables: Variables) -> Kind:
    checker.needs(NUMBER, node.value, (*path, "value"), checker.members(node, path, variables))
    return NUMBER


def _quantifier(checker: Checker, node: Any, path: Path, variables: Variables) -> None:
    checker.condition(node.where, (*path, "where"), checker.members(node, path, variables))


def _several(checker: Checker, node: c.All | c.Any, path: Path, variables: Variables) -> None:
    for index, one in enumerate(node.of):
        checker.condition(one, (*path, "of", index), variables)


def _not(checker: Checker, node: c.Not, path: Path, variables: Variables) -> None:
    checker.condition(node.condition, (*path, "condition"), variables)


def _implies(checker: Checker, node: c.Implies, path: Path, variables: Variables) -> None:
    checker.condition(node.premise, (*path, "premise"), variables)
    checker.condition(node.conclusion, (*path, "conclusion"), variables)


def _actor_is(checker: Checker, node: c.ActorIs, path: Path, _: Variables) -> None:
    checker.kinds(node.kinds, path)


def _in_state(checker: Checker, node: c.InState, path: Path, variables: Variables) -> None:
    entity = checker._entity(checker.thing(node.thing, (*path, "thing"), variables))
    for index, state in enumerate(node.states if entity else ()):
        if entity and state not in entity.states:
            kind = f"state of {quoted(entity.entity.name)} named"
            checker._unknown(codes.UNKNOWN_STATE, (*path, "states", index), kind, state, entity.states)


def _same(checker: Checker, node: c.Same, path: Path, variables: Variables) -> None:
    left = checker.thing(node.left, (*path, "left"), variables)
    right = checker.thing(node.right, (*path, "right"), variables)
    if left is not None and right is not None and left != right:
        checker._report(
            codes.INCOMPARABLE_THINGS.at(
                path,
                f"A {quoted(left)} and a {quoted(right)} are never the same.",
                expected="two things of one entity",
                actual=f"{left} and {right}",
            )
        )


def _thing_there(checker: Checker, node: c.ThingThere, path: Path, variables: Variables) -> None:
    checker.thing(node.thing, (*path, "thing"), variables)


def _value_there(checker: Checker, node: c.ValueThere, path: Path, variables: Variables) -> None:
    checker.value(node.value, (*path, "value"), variables)


def _is_true(checker: Checker, node: c.IsTrue, path: Path, variables: Variables) -> None:
    checker.needs(BOOLEAN, node.value, (*path, "value"), variables)


def _compare(checker: Checker, node: c.Compare, path: Path, variables: Variables) -> None:
    left = checker.value(node.left, (*path, "left"), variables)
    right = checker.value(node.right, (*path, "right"), variables)
    if node.operator not in ("==", "!="):
        for side, kind in (("left", left), ("right", right)):
            if kind is not None and kind.name not in ORDERED:
                checker._report(
                    codes.WRONG_OPERAND.at(
                        (*path, side),
                        f"{node.operator} compares numbers, moments or days, and this is a {kind}.",
                        expected="a number, a moment or a day",
                        actual=str(kind),
                    )
                )
                return
    _compared(checker, left, right, path, (*path, "right"))


def _compared(checker: Checker, left: Kind | None, right: Kind | None, path: Path, place: Path) -> None:
    if left is None or right is None:
        return
    if not comparable(left, right):
        checker._report(
            codes.INCOMPARABLE_VALUES.at(
                path,
                f"A {left} and a {right} have no common type.",
                expected="two values of one type",
                actual=f"{left} and {right}",
            )
        )
    elif exclusive(left, right):
        choice, text = (left, right) if left.name == "choice" else (right, left)
        checker._report(
            codes.UNKNOWN_CHOICE.at(
                place,
                "The choice is never one of these.",
                expected=listed(choice.choices or ()),
                actual=", ".join(sorted(text.choices or ())),
            )
        )


def _is_one_of(checker: Checker, node: c.IsOneOf, path: Path, variables: Variables) -> None:
    kind = checker.value(node.value, (*path, "value"), variables)
    for index, option in enumerate(node.options):
        place = (*path, "options", index)
        _compared(checker, kind, checker.value(option, place, variables), place, place)


def _contains(checker: Checker, node: c.Contains, path: Path, variables: Variables) -> None:
    items = checker.value(node.list, (*path, "list"), variables)
    element = checker.value(node.element, (*path, "element"), variables)
    if items is not None and items.of is None:
        checker._report(
            codes.WRONG_OPERAND.at(
                (*path, "list"),
                f"A list is needed here, and this is a {items}.",
                expected="a list",
                actual=str(items),
            )
        )
    elif items is not None:
        _compared(checker, items.of, element, path, (*path, "element"))


def _holds(checker: Checker, node: c.Holds, path: Path, variables: Variables) -> None:
    entity = checker.thing(node.thing, (*path, "thing"), variables)
    predicates = checker.scope.known.predicates
    if node.predicate not in predicates:
        checker._unknown(
            codes.UNKNOWN_PREDICATE, (*path, "predicate"), "predicate", node.predicate, predicates
        )
    elif entity is not None and entity != (wanted := predicates[node.predicate].entity):
        checker._report(
            codes.WRONG_THING.at(
                (*path, "thing"),
                f"{quoted(node.predicate)} is about a {quoted(wanted)}, not a {quoted(entity)}.",
                expected=f"a thing of {wanted}",
                actual=entity,
            )
        )


_VALUES: dict[type, Callable[[Checker, Any, Path, Variables], Kind | None]] = {
    c.BooleanLiteral: lambda *_: BOOLEAN,
    c.IntegerLiteral: lambda *_: NUMBER,
    c.NumberLiteral: lambda *_: NUMBER,
    c.TextLiteral: lambda _checker, node, _path, _variables: literal(node.value),
    c.AttributeValue: _attribute,
    c.ValueInput: _input_value,
    c.Now: lambda *_: MOMENT,
    c.Shift: _shift,
    c.Arithmetic: _arithmetic,
    c.Count: _count,
    c.Total: _total,
}

_CONDITIONS: dict[type, Callable[[Checker, Any, Path, Variables], None]] = {
    c.All: _several,
    c.Any: _several,
    c.Not: _not,
    c.Implies: _implies,
    c.ActorIs: _actor_is,
    c.InState: _in_state,
    c.Same: _same,
    c.ThingThere: _thing_there,
    c.ValueThere: _value_there,
    c.IsTrue: _is_true,
    c.Compare: _compare,
    c.IsOneOf: _is_one_of,
    c.Contains: _contains,
    c.Some: _quantifier,
    c.Every: _quantifier,
    c.Holds: _holds,
}
