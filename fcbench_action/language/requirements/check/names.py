"""The rules of names, and of what entities refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import requirements as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.node import Node
from fcbench_action.language.requirements import conditions as c
from fcbench_action.language.requirements.check.scope import Scope, listed
from fcbench_action.language.requirements.nodes import ToMany, ToOne, Transition
from fcbench_action.language.requirements.values import ChoiceType
from fcbench_action.language.requirements.walk import nodes

_NAMED = {"actors": "actor", "entities": "entity", "actions": "action", "predicates": "predicate"}


def declarations_differ(scope: Scope) -> Iterator[Diagnostic]:
    """Each declaration has a name of its own among those of its kind, the given ones included."""
    for group, kind in _NAMED.items():
        taken = [one.name for one in getattr(scope.given, group)]
        yield from _repeated((group,), kind, taken, [one.name for one in getattr(scope.analysis, group)])
    taken = [rule.action for rule in scope.given.rules]
    yield from _repeated(("rules",), "rule for", taken, [r.action for r in scope.analysis.rules], "action")
    for path, entity, _ in scope.entities:
        shared = [one.name for one in entity.attributes]
        yield from _repeated((*path, "attributes"), "attribute", [], shared)
        yield from _repeated(
            (*path, "relations"), "attribute or relation", shared, [r.name for r in entity.relations]
        )
        yield from _repeated((*path, "states"), "state", [], [one.name for one in entity.states])
    for index, action in enumerate(scope.analysis.actions):
        names = [one.name for one in action.inputs]
        yield from _repeated(("actions", index, "inputs"), "input", [], names)


def _repeated(
    path: Path, kind: str, taken: Sequence[str], names: Sequence[str], key: str = "name"
) -> Iterator[Diagnostic]:
    seen = set(taken)
    for index, name in enumerate(names):
        if name in seen:
            yield codes.DUPLICATE_DECLARATION.at(
                (*path, index, key),
                f"There is a {kind} {quoted(name)} already.",
                expected="a name of its own",
                actual=name,
            )
        seen.add(name)


def lists_name_each_once(scope: Scope) -> Iterator[Diagnostic]:
    """What is listed by name is listed once: states, actors, values of a choice."""
    for path, node in nodes(scope.analysis):
        for field, shown in _lists(node):
            values = getattr(node, field)
            if len(set(values)) == len(values):
                continue
            for index, value in enumerate(values):
                if value in values[:index]:
                    yield codes.REPEATED_ENTRY.at(
                        (*path, shown, index),
                        f"{quoted(value)} is listed already.",
                        expected="each entry once",
                        actual=value,
                    )


def _lists(node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Transition):
        yield from (("from_states", "fromStates"), ("actors", "actors"))
    if isinstance(node, c.WhoAsks | c.ActorIs):
        yield "kinds", "kinds"
    if isinstance(node, c.InState):
        yield "states", "states"
    if isinstance(node, ChoiceType):
        yield "values", "values"


def accounts_exist(scope: Scope) -> Iterator[Diagnostic]:
    """The accounts of actors, and the subjects and things of actions, are entities."""
    for index, actor in enumerate(scope.analysis.actors):
        if actor.account is not None and actor.account not in scope.known.entities:
            yield _no_entity(scope, ("actors", index, "account"), actor.account)
    for index, action in enumerate(scope.analysis.actions):
        if action.subject is not None and action.subject not in scope.known.entities:
            yield _no_entity(scope, ("actions", index, "subject"), action.subject)
        for place, one in enumerate(action.inputs):
            name = getattr(one, "entity", None)
            if name is not None and name not in scope.known.entities:
                yield _no_entity(scope, ("actions", index, "inputs", place, "entity"), name)
    for index, predicate in enumerate(scope.analysis.predicates):
        if predicate.entity not in scope.known.entities:
            yield _no_entity(scope, ("predicates", index, "entity"), predicate.entity)
    for index, rule in enumerate(scope.analysis.rules):
        if rule.action not in scope.known.actions:
            yield scope.unknown(
                codes.UNKNOWN_ACTION, ("rules", index, "action"), "action", rule.action, scope.known.actions
            )


def targets_exist(scope: Scope) -> Iterator[Diagnostic]:
    """Relations lead to entities."""
    for path, entity, _ in scope.entities:
        for index, relation in enumerate(entity.relations):
            if relation.target not in scope.known.entities:
                yield _no_entity(scope, (*path, "relations", index, "target"), relation.target)


def relations_to_many_lead_back(scope: Scope) -> Iterator[Diagnostic]:
    """A relation to many goes through a relation to one of its target that leads to the entity."""
    for path, entity, _ in scope.entities:
        for index, relation in enumerate(entity.relations):
            if not isinstance(relation, ToMany) or relation.target not in scope.known.entities:
                continue
            back = scope.known.entities[relation.target].relations.get(relation.through)
            if not (isinstance(back, ToOne) and back.target == entity.name):
                there = scope.known.entities[relation.target].relations.values()
                fits = [r.name for r in there if isinstance(r, ToOne) and r.target == entity.name]
                yield codes.RELATION_MISMATCH.at(
                    (*path, "relations", index, "through"),
                    f"{quoted(relation.target)} has no relation to one {quoted(relation.through)} "
                    f"that leads to {quoted(entity.name)}.",
                    expected=listed(fits),
                    actual=relation.through,
                )


def _no_entity(scope: Scope, path: Path, name: str) -> Diagnostic:
    return scope.unknown(codes.UNKNOWN_ENTITY, path, "entity", name, scope.known.entities)
