"""The analyze phase: ``analyze.entities`` and ``analyze.permissions`` read numbered requirements exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fcbench_action.diagnostics import Diagnostic, Path, sort
from fcbench_action.diagnostics import requirements as codes
from fcbench_action.functions.analyze_grading import grade_entities, grade_permissions
from fcbench_action.functions.analyze_prompts import entities_prompt, permissions_prompt
from fcbench_action.functions.analyze_tasks import (
    ActionTerms,
    Entities,
    EntitiesTask,
    EntityTerms,
    Permissions,
    PermissionsTask,
)
from fcbench_action.functions.base import Function
from fcbench_action.functions.planning import check_statements
from fcbench_action.language.near import Nearest, quoted
from fcbench_action.language.requirements.check import check
from fcbench_action.language.requirements.emit import emit_entities, emit_permissions
from fcbench_action.language.requirements.nodes import Analysis, Entity

Told = EntitiesTask | PermissionsTask


def compile_entities(task: EntitiesTask, answer: Entities) -> list[Diagnostic]:
    """What is wrong with entities, beside the given ones and for this task."""
    found = check(Analysis(actors=answer.actors, entities=answer.entities), task.given)
    named = [(("actors",), "actor", task.actors, [one.name for one in answer.actors])]
    named.append(
        (("entities",), "entity", dict.fromkeys(task.entities, ""), [e.name for e in answer.entities])
    )
    for path, kind, wanted, declared in named:
        found += _as_wanted(path, kind, wanted, declared)
    for index, entity in enumerate(answer.entities):
        if entity.name in task.entities:
            found += _parts(("entities", index), entity, task.entities[entity.name])
    return sort([*found, *_traces(task, "entities", _entity_statements(answer))])


def compile_permissions(task: PermissionsTask, answer: Permissions) -> list[Diagnostic]:
    """What is wrong with rules, beside what is given and for this task."""
    found = check(Analysis(predicates=answer.predicates, rules=answer.rules), task.given)
    actions = [rule.action for rule in answer.rules]
    for action in task.actions:
        if action not in actions:
            found.append(_missing(("rules",), "rule for", action))
    statements = [(("rules", i, "statements"), rule.statements) for i, rule in enumerate(answer.rules)]
    return sort([*found, *_traces(task, "rules", statements)])


def _parts(path: Path, entity: Entity, terms: EntityTerms) -> Iterator[Diagnostic]:
    """Whether an entity has the parts that are asked for, and no others."""
    of = f" of {quoted(entity.name)}"
    for kind, group in (("attribute", "attributes"), ("relation", "relations"), ("state", "states")):
        names = [one.name for one in getattr(entity, group)]
        yield from _as_wanted((*path, group), kind, getattr(terms, group), names, of)
    happening = {transition.event for transition in entity.transitions}
    for event in terms.events:
        if event not in happening:
            yield _missing((*path, "transitions"), "transition of the event", event, of)
    nearest = Nearest(terms.events)
    for index, transition in enumerate(entity.transitions):
        if transition.event not in terms.events:
            yield codes.UNKNOWN_EVENT.at(
                (*path, "transitions", index, "event"),
                f"There is no event {quoted(transition.event)}{of}.{nearest.hint(transition.event)}",
                expected=f"one of {', '.join(terms.events)}" if terms.events else "no transition",
                actual=transition.event,
            )


def _as_wanted(
    path: Path, kind: str, wanted: Mapping[str, str], declared: list[str], of: str = ""
) -> Iterator[Diagnostic]:
    nearest = Nearest(wanted)
    for name in wanted:
        if name not in declared:
            yield _missing(path, kind, name, of)
    for index, name in enumerate(declared):
        if name not in wanted:
            yield codes.UNEXPECTED_DECLARATION.at(
                (*path, index, "name"),
                f"The task does not ask for the {kind} {quoted(name)}{of}.{nearest.hint(name)}",
                expected=f"only {', '.join(wanted)}" if wanted else "none",
                actual=name,
            )


def _missing(path: Path, kind: str, name: str, of: str = "") -> Diagnostic:
    return codes.MISSING_DECLARATION.at(
        path, f"The {kind} {quoted(name)}{of} is not declared.", expected=f"the {kind} {name}"
    )


def _entity_statements(answer: Entities) -> list[tuple[Path, tuple[str, ...]]]:
    lists: list[tuple[Path, tuple[str, ...]]] = []
    for index, entity in enumerate(answer.entities):
        path: Path = ("entities", index)
        lists.append(((*path, "statements"), entity.statements))
        for place, transition in enumerate(entity.transitions):
            lists.append(((*path, "transitions", place, "statements"), transition.statements))
    return lists


def _traces(task: Told, group: str, lists: Iterable[tuple[Path, tuple[str, ...]]]) -> Iterator[Diagnostic]:
    """Whether declarations name statements of the task, and all of them but general ones."""
    told = list(lists)
    yield from check_statements(task.requirements, told)
    named = {number for _, numbers in told for number in numbers}
    for number, _ in task.requirements:
        if number not in named and number not in task.general:
            yield codes.UNTRACED_STATEMENT.at(
                (group,), f"No declaration names the requirement {quoted(number)}.", expected=number
            )


def emit_entity_page(answers: dict[str, Entities]) -> dict[str, str]:
    """The actors and entities of a topic, for a person; each name once, in the order of the case ids."""
    ordered = [answers[case] for case in sorted(answers)]
    actors = {one.name: one for answer in reversed(ordered) for one in reversed(answer.actors)}
    entities = {one.name: one for answer in reversed(ordered) for one in reversed(answer.entities)}
    if not entities:
        return {}
    analysis = Analysis(actors=tuple(reversed(actors.values())), entities=tuple(reversed(entities.values())))
    return {"docs/entities.md": emit_entities(analysis)}


def emit_permission_page(answers: dict[str, Permissions]) -> dict[str, str]:
    """The rules of a topic, for a person, in the order of the case ids."""
    parts = [
        (case, Analysis(predicates=answers[case].predicates, rules=answers[case].rules))
        for case in sorted(answers)
    ]
    return {"docs/permissions.md": emit_permissions(parts)} if parts else {}


ENTITIES = Function(
    name="analyze.entities",
    phase="analyze",
    title="Entities and their states",
    description="Declares actors and entities with attributes, relations, states and transitions, as "
    "the numbered requirements have them.",
    argument=Entities,
    prompt=entities_prompt,
    compile=compile_entities,
    grade=grade_entities,
    emit=emit_entity_page,
)
PERMISSIONS = Function(
    name="analyze.permissions",
    phase="analyze",
    title="Permission rules",
    description="Declares who may do what, when and to what, as boolean trees over actors, states, "
    "attributes and relations.",
    argument=Permissions,
    prompt=permissions_prompt,
    compile=compile_permissions,
    grade=grade_permissions,
    emit=emit_permission_page,
)

__all__ = ["ENTITIES", "PERMISSIONS", "ActionTerms"]
