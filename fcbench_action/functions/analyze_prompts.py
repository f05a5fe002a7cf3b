"""What a model is told in the analyze phase: requirements, names with meanings, what is declared already."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.functions.analyze_tasks import EntitiesTask, EntityTerms, PermissionsTask
from fcbench_action.functions.base import Prompt
from fcbench_action.functions.prompts import head, section
from fcbench_action.language.requirements.describe import leads, type_text
from fcbench_action.language.requirements.nodes import Action, Actor, Entity, Input, InputOfThing

_SYSTEM = (
    "You analyze the requirements of a backend. Answer with one call of the function `{tool}` whose "
    "argument is complete; text outside the call is not read. The descriptions in the function's schema "
    "are binding. A compiler checks the argument, and then {then}."
)
_ENTITIES = (
    "Exactly these actors and entities, with these attributes, relations and states; every event has a "
    "transition at least. Names are fixed; what they stand for follows from the requirements. Who "
    "exactly may bring an event about is settled elsewhere: here, say which kinds of actors, and in a "
    "guard what else has to hold of the things themselves. A thing that is gone for good is in a state, "
    "too, where one is listed."
)
_ACTIONS = (
    "One rule for each of these actions. An action is allowed if it succeeds and refused if it is "
    "answered with any refusal, be it that what it names cannot be seen, that it is not for who asks, "
    "or that the present state does not allow it. Inputs are well-formed already. Predicates are yours "
    "to declare and name."
)
_GIVEN = "These are declared already, with all that conditions can use; do not declare them again."
_TRACES = (
    "Every declaration that has `statements` names the requirements it follows from, and every "
    "requirement is named by a declaration{but}."
)


def entities_prompt(task: EntitiesTask) -> Prompt:
    """What ``analyze.entities`` tells."""
    parts = [
        *head(task),
        _traces(task),
        _conventions(task),
        section("Actors", "", (f"`{name}`: {meaning}" for name, meaning in task.actors.items())),
        "\n\n".join(["## Entities", _ENTITIES, "\n".join(_wanted(task.entities))]),
        _given(task.given.entities, task.given_terms),
    ]
    system = _SYSTEM.format(tool="analyze_entities", then="events happen to the things that it describes")
    return Prompt(system, "\n\n".join(filter(None, parts)) + "\n")


def permissions_prompt(task: PermissionsTask) -> Prompt:
    """What ``analyze.permissions`` tells."""
    actors = (_actor(actor, task.actors[actor.name]) for actor in task.given.actors)
    parts = [
        *head(task),
        _traces(task),
        _conventions(task),
        "\n\n".join(["## Actions", _ACTIONS, "\n".join(_actions(task))]),
        section("Actors", "", actors),
        _given(task.given.entities, task.given_terms),
    ]
    system = _SYSTEM.format(tool="analyze_permissions", then="its rules decide who may do what")
    return Prompt(system, "\n\n".join(filter(None, parts)) + "\n")


def _traces(task: EntitiesTask | PermissionsTask) -> str:
    general = [f"{number}" for number, _ in task.requirements if number in task.general]
    but = f"; {', '.join(general)} may be, but need not" if general else ""
    return _TRACES.format(but=but)


def _conventions(task: EntitiesTask | PermissionsTask) -> str:
    return f"## Conventions\n\n{task.conventions}"


def _wanted(entities: dict[str, EntityTerms]) -> Iterator[str]:
    for name, terms in entities.items():
        yield f"- `{name}`: {terms.meaning}"
        for kind in ("attributes", "relations", "states", "events"):
            named: dict[str, str] = getattr(terms, kind)
            if named:
                yield f"  - {kind}:"
                yield from (f"    - `{one}`: {meaning}" for one, meaning in named.items())


def _actions(task: PermissionsTask) -> Iterator[str]:
    declared = {action.name: action for action in task.given.actions}
    for name, terms in task.actions.items():
        yield f"- `{name}` ({_subject(declared[name])}): {terms.meaning}"
        for one in declared[name].inputs:
            yield f"  - input `{one.name}`, {_input(one)}: {terms.inputs[one.name]}"


def _subject(action: Action) -> str:
    return f"subject: `{action.subject}`" if action.subject else "no subject"


def _input(one: Input) -> str:
    what = f"a `{one.entity}`" if isinstance(one, InputOfThing) else type_text(one.holds)
    return f"{what}{' or nothing' if one.nullable else ''}"


def _actor(actor: Actor, meaning: str) -> str:
    account = f", whose account is a `{actor.account}`" if actor.account else ", without an account"
    return f"`{actor.name}`{account}: {meaning}"


def _given(entities: tuple[Entity, ...], terms: dict[str, EntityTerms]) -> str:
    if not entities:
        return ""
    lines = (line for entity in entities for line in _declared(entity, terms[entity.name]))
    return "\n\n".join(["## Entities that are declared already", _GIVEN, "\n".join(lines)])


def _declared(entity: Entity, terms: EntityTerms) -> Iterator[str]:
    yield f"- `{entity.name}`: {terms.meaning}"
    for attribute in entity.attributes:
        null = " or null" if attribute.nullable else ""
        meaning = terms.attributes[attribute.name]
        yield f"  - attribute `{attribute.name}`, {type_text(attribute.holds)}{null}: {meaning}"
    for relation in entity.relations:
        yield f"  - relation `{relation.name}` to {leads(relation)}: {terms.relations[relation.name]}"
    for state in entity.states:
        yield f"  - state `{state.name}`: {terms.states[state.name]}"
