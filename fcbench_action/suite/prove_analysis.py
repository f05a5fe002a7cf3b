"""Proving the analyze phase: worlds, situations and sequences name what there is, and ask both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fcbench_action.diagnostics import Path
from fcbench_action.functions.analyze_tasks import EntitiesTask, EntityTerms, PermissionsTask
from fcbench_action.language.requirements.nodes import Entity, ToOne
from fcbench_action.language.requirements.situation import Change, KnownThing, Step, World
from fcbench_action.suite.build import Built
from fcbench_action.suite.material import TERMS, WORLDS, Module, Topic
from fcbench_action.suite.source import Fault

Found = Iterator[tuple[Path, str]]
"""A place in a case, and what is wrong there."""


def topic_faults(topic: Topic) -> Iterator[Fault]:
    """What is wrong with the terms and worlds of a topic's modules."""
    entities = {one.name: one for m in topic.modules.values() for one in m.requirements.entities}
    for module in topic.modules.values():
        yield from _idle_terms(module)
        source = module.sources[WORLDS]
        for name, world in module.worlds.items():
            for path, message in _world(world, entities):
                yield source.fault((name, "things", *path), f"in the world {name}, {message}")


def case_faults(built: Built) -> Iterator[Fault]:
    """What is wrong with the sequences or situations of a case of the analyze phase, if it is one."""
    task = built.case.task
    found: Found = iter(())
    if isinstance(task, EntitiesTask):
        found = _sequences(task)
    elif isinstance(task, PermissionsTask):
        found = _situations(task)
    for path, message in found:
        yield built.declared.fault(path, f"{built.case.id}: {message}")


def _idle_terms(module: Module) -> Iterator[Fault]:
    """Terms that no reference uses, which would only mislead."""
    source, file = module.sources[TERMS], module.requirements
    groups: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("actors", module.terms.actors, [one.name for one in file.actors]),
        ("entities", module.terms.entities, [one.name for one in file.entities]),
        ("actions", module.terms.actions, [one.name for one in file.actions]),
    )
    for group, terms, declared in groups:
        for name in sorted(set(terms) - set(declared)):
            yield source.fault((group, name), f"no reference declares {name}")
    for entity in file.entities:
        used: dict[str, list[str]] = {
            "attributes": [one.name for one in entity.attributes],
            "relations": [one.name for one in entity.relations],
            "states": [one.name for one in entity.states],
            "events": [one.event for one in entity.transitions],
        }
        for kind, names in used.items():
            told = getattr(module.terms.entities.get(entity.name, EntityTerms("")), kind)
            for name in sorted(set(told) - set(names)):
                place = ("entities", entity.name, kind, name)
                yield source.fault(place, f"the reference of {entity.name} has no {name} among its {kind}")


def _world(world: World, entities: Mapping[str, Entity]) -> Found:
    for name, thing in world.things.items():
        entity = entities.get(thing.entity)
        if entity is None:
            yield (name, "entity"), f"{name} is of no entity that there is: {thing.entity}"
            continue
        for path, message in _parts(thing, entity, world):
            yield (name, *path), f"{name} {message}"


def _parts(said: KnownThing | Change, entity: Entity, world: World) -> Found:
    """What is said of a thing of an entity that it cannot have."""
    if said.state is not None and said.state not in {state.name for state in entity.states}:
        yield ("state",), f"is in no state of {entity.name}: {said.state}"
    for name in said.attributes.keys() - {one.name for one in entity.attributes}:
        yield ("attributes", name), f"has an attribute that {entity.name} lacks: {name}"
    ways = {one.name: one for one in entity.relations if isinstance(one, ToOne)}
    for name, target in said.related.items():
        if name not in ways:
            yield ("related", name), f"has a relation that {entity.name} lacks: {name}"
        elif target is not None and (target not in world.things):
            yield ("related", name), f"is related to nothing that there is: {target}"
        elif target is not None and world.things[target].entity != ways[name].target:
            yield ("related", name), f"is related by {name} to {target}, which is no {ways[name].target}"


def _sequences(task: EntitiesTask) -> Found:
    entities = {one.name: one for one in (*task.given.entities, *task.reference.entities)}
    for index, sequence in enumerate(task.sequences):
        world = task.worlds[sequence.world]
        entity = entities[world.things[sequence.subject].entity]
        states = {state.name for state in entity.states}
        for kind, state in (("start", sequence.start), ("ends", sequence.ends)):
            if state is not None and state not in states:
                yield ("sequences", index, kind), f"{entity.name} has no state {state}"
        for group, steps in (("steps", sequence.steps), ("refused", sequence.refused)):
            for place, step in enumerate(steps):
                for path, message in _step(task, step, entity, world, entities):
                    yield ("sequences", index, group, place, *path), message


def _step(
    task: EntitiesTask, step: Step, entity: Entity, world: World, entities: Mapping[str, Entity]
) -> Found:
    events = task.entities[entity.name].events if entity.name in task.entities else {}
    if step.event not in events:
        yield ("event",), f"{entity.name} has no event {step.event}"
    if step.actor not in task.actors:
        yield ("actor",), f"there is no actor {step.actor}"
    yield from _changes(step.changes, world, entities)


def _changes(changes: Mapping[str, Change], world: World, entities: Mapping[str, Entity]) -> Found:
    for name, change in changes.items():
        thing = world.things.get(name)
        if thing is None:
            yield ("changes", name), f"there is nothing called {name}"
            continue
        for path, message in _parts(change, entities[thing.entity], world):
            # a case that does not know what a relation leads to ignores it
            if path[0] != "related" or path[-1] in {one.name for one in entities[thing.entity].relations}:
                yield ("changes", name, *path), f"{name} {message}"


def _situations(task: PermissionsTask) -> Found:
    entities = {one.name: one for one in task.given.entities}
    subjects = {action.name: action.subject for action in task.given.actions}
    inputs = {action.name: {one.name for one in action.inputs} for action in task.given.actions}
    accounts = {actor.name: actor.account for actor in task.given.actors}
    asked: dict[str, set[bool]] = {action: set() for action in task.actions}
    for index, situation in enumerate(task.situations):
        at = ("situations", index)
        world = task.worlds[situation.world]
        if situation.actor not in task.actors:
            yield (*at, "actor"), f"there is no actor {situation.actor}"
        if situation.subject is not None and situation.subject not in world.things:
            yield (*at, "subject"), f"there is nothing called {situation.subject}"
        if accounts.get(situation.actor) in entities and situation.account not in world.things:
            yield (*at, "account"), f"there is nothing called {situation.account}"
        for path, message in _changes(situation.changes, world, entities):
            yield (*at, *path), message
        actions = (*situation.allowed, *situation.refused)
        for name in situation.inputs.keys() - {one for action in actions for one in inputs[action]}:
            yield (*at, "inputs", name), f"none of the actions has an input {name}"
        subject = world.things.get(situation.subject or "")
        for action in actions:
            asked[action].add(action in situation.allowed)
            if (subject.entity if subject else None) != subjects[action]:
                yield (*at, "subject"), f"{action} is done to {subjects[action] or 'nothing'}"
    for action, answers in asked.items():
        if answers != {True, False}:
            yield ("actions",), f"{action} needs situations that allow it and some that refuse it"
