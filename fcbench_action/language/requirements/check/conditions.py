"""The rules of guards, predicates and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import requirements as codes
from fcbench_action.language.database.check.graph import circles
from fcbench_action.language.near import quoted
from fcbench_action.language.requirements.check.checker import Checker
from fcbench_action.language.requirements.check.scope import Scope
from fcbench_action.language.requirements.conditions import Holds
from fcbench_action.language.requirements.nodes import Input
from fcbench_action.language.requirements.predicates import asked, needed
from fcbench_action.language.requirements.walk import nodes


def guards_make_sense(scope: Scope) -> Iterator[Diagnostic]:
    """Guards are about the entity whose state changes."""
    for path, entity, _ in scope.entities:
        for index, transition in enumerate(entity.transitions):
            if transition.guard is not None:
                checker = Checker(scope, entity.name, {})
                checker.condition(transition.guard, (*path, "transitions", index, "guard"), {})
                yield from checker.found


def predicates_make_sense(scope: Scope) -> Iterator[Diagnostic]:
    """Predicates are about a thing of their entity, and know no inputs."""
    for index, predicate in enumerate(scope.analysis.predicates):
        checker = Checker(scope, predicate.entity, {})
        checker.condition(predicate.condition, ("predicates", index, "condition"), {})
        yield from checker.found


def rules_make_sense(scope: Scope) -> Iterator[Diagnostic]:
    """Rules are about their action's subject and inputs."""
    for index, rule in enumerate(scope.analysis.rules):
        action = scope.known.actions.get(rule.action)
        inputs: dict[str, Input] = scope.known.inputs.get(rule.action, {})
        checker = Checker(scope, action.subject if action else None, inputs)
        checker.condition(rule.condition, ("rules", index, "condition"), {})
        yield from checker.found


def predicates_form_no_circle(scope: Scope) -> Iterator[Diagnostic]:
    """No predicate asks for itself, directly or through others."""
    place = {predicate.name: i for i, predicate in reversed(list(enumerate(scope.analysis.predicates)))}
    asks = {name: list(asked(scope.known.predicates, name)) for name in scope.known.predicates}
    circle = circles(asks)
    sizes = Counter(circle.values())
    for name in sorted(asks.keys() & place.keys(), key=place.__getitem__):
        if sizes[circle[name]] > 1 or name in asks[name]:
            yield codes.PREDICATE_CYCLE.at(
                ("predicates", place[name]),
                f"The predicate {quoted(name)} asks for itself, directly or through others.",
                expected="predicates that ask only for others",
            )


def predicates_are_used(scope: Scope) -> Iterator[Diagnostic]:
    """Some rule asks for each predicate, directly or through others."""
    used: set[str] = set()
    for rule in scope.analysis.rules:
        for _, node in nodes(rule.condition):
            if isinstance(node, Holds):
                used.update(needed(scope.known.predicates, node.predicate, used))
    for index, predicate in enumerate(scope.analysis.predicates):
        if predicate.name not in used:
            yield codes.UNUSED_PREDICATE.at(
                ("predicates", index, "name"),
                f"No rule asks for the predicate {quoted(predicate.name)}.",
                actual=predicate.name,
            )
