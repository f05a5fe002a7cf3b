"""From a topic's files to the tasks of the analyze phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from fcbench_action.diagnostics import Path
from fcbench_action.functions.analyze_tasks import (
    ActionTerms,
    Entities,
    EntitiesTask,
    EntityTerms,
    Permissions,
    PermissionsTask,
)
from fcbench_action.language.requirements.conditions import Holds
from fcbench_action.language.requirements.nodes import Actor, Analysis, Entity, Rule
from fcbench_action.language.requirements.predicates import needed
from fcbench_action.language.requirements.situation import World
from fcbench_action.language.requirements.walk import nodes
from fcbench_action.suite.material import (
    REQUIREMENTS,
    CaseFile,
    EntitiesCase,
    Module,
    PermissionsCase,
    Topic,
)
from fcbench_action.suite.place import Place, head, known
from fcbench_action.suite.source import Fault


@dataclass(frozen=True, slots=True)
class ChoicePlace(Place):
    """A place whose answer chooses from several lists of the file: indices in the file, by list."""

    chosen: Mapping[str, tuple[int, ...]] | None = None

    def fault(self, path: Path, message: str) -> Fault:
        """The fault at ``path`` inside this place."""
        items = (self.chosen or {}).get(str(path[0]), ()) if path else ()
        return Place(self.source, self.prefix, items).fault(path, message)


def entities_task(topic: Topic, module: Module, case: EntitiesCase) -> tuple[EntitiesTask, Place]:
    """The task of a case of ``analyze.entities``. Raises Missing."""
    file = module.requirements
    entities = _chosen([one.name for one in file.entities], case.entities, "entities", "entity")
    given = _shown(topic, case.given, "given", case.entities)
    reference = Entities(
        actors=_actors(topic, case.actors),
        entities=_related((file.entities[index] for index in entities), (*case.entities, *case.given)),
    )
    task = EntitiesTask(
        **_beginning(topic, module, case),
        actors={name: _meaning(topic, name, i) for i, name in enumerate(case.actors)},
        entities=_terms(topic, reference.entities),
        given=Analysis(entities=given),
        given_terms=_terms(topic, given),
        reference=reference,
        worlds=_worlds(module, (*reference.entities, *given)),
        sequences=case.sequences,
        values=case.values,
    )
    for index, sequence in enumerate(case.sequences):
        world = known(task.worlds, sequence.world, ("sequences", index, "world"), "world")
        known(world.things, sequence.subject, ("sequences", index, "subject"), "thing of these entities")
    for index, values in enumerate(case.values):
        terms = known(task.entities, values.entity, ("values", index, "entity"), "entity of the case")
        known(terms.attributes, values.attribute, ("values", index, "attribute"), "attribute")
    return task, ChoicePlace(module.sources[REQUIREMENTS], chosen={"entities": tuple(entities)})


def permissions_task(topic: Topic, module: Module, case: PermissionsCase) -> tuple[PermissionsTask, Place]:
    """The task of a case of ``analyze.permissions``. Raises Missing."""
    file = module.requirements
    rules = _chosen([one.action for one in file.rules], case.actions, "actions", "rule for the action")
    declared = {one.name: one for one in file.actions}
    chosen = tuple(file.rules[index] for index in rules)
    predicates = _needed_predicates(module, chosen)
    shown = _shown(topic, case.entities, "entities")
    actions = tuple(known(declared, name, ("actions", i), "action") for i, name in enumerate(case.actions))
    task = PermissionsTask(
        **_beginning(topic, module, case),
        actors={name: _meaning(topic, name, i) for i, name in enumerate(case.actors)},
        actions=_action_terms(module, case),
        given=Analysis(actors=_actors(topic, case.actors), entities=shown, actions=actions),
        given_terms=_terms(topic, shown),
        reference=Permissions(predicates=tuple(file.predicates[i] for i in predicates), rules=chosen),
        worlds=_worlds(module, shown),
        situations=case.situations,
    )
    for index, situation in enumerate(case.situations):
        known(task.worlds, situation.world, ("situations", index, "world"), "world")
        for kind in ("allowed", "refused"):
            for place, action in enumerate(getattr(situation, kind)):
                known(task.actions, action, ("situations", index, kind, place), "action of the case")
    return task, ChoicePlace(
        module.sources[REQUIREMENTS], chosen={"rules": tuple(rules), "predicates": tuple(predicates)}
    )


def _beginning(topic: Topic, module: Module, case: CaseFile) -> dict[str, Any]:
    general = tuple(number for number in case.requirements if number in module.requirements.general)
    return {**head(topic, module, case), "general": general, "conventions": topic.conventions}


def _actors(topic: Topic, names: tuple[str, ...]) -> tuple[Actor, ...]:
    """Kinds of actors, of any module."""
    everybody = {one.name: one for m in topic.modules.values() for one in m.requirements.actors}
    return tuple(known(everybody, name, ("actors", i), "actor") for i, name in enumerate(names))


def _chosen(names: list[str], wanted: Iterable[str], group: str, kind: str) -> list[int]:
    """Indices of what a case is about."""
    index = {name: i for i, name in reversed(list(enumerate(names)))}
    return [known(index, name, (group, i), kind) for i, name in enumerate(wanted)]


def _shown(
    topic: Topic, names: tuple[str, ...], group: str, beside: tuple[str, ...] = ()
) -> tuple[Entity, ...]:
    """Entities of any module, as a case with those ``beside`` has them."""
    everything = {one.name: one for m in topic.modules.values() for one in m.requirements.entities}
    entities = [known(everything, name, (group, i), "entity") for i, name in enumerate(names)]
    return _related(entities, (*names, *beside))


def _related(entities: Iterable[Entity], names: tuple[str, ...]) -> tuple[Entity, ...]:
    """Entities with those of their relations that lead to entities of these names."""
    return tuple(
        replace(entity, relations=tuple(r for r in entity.relations if r.target in names))
        for entity in entities
    )


def _meaning(topic: Topic, actor: str, index: int) -> str:
    terms = {name: meaning for m in topic.modules.values() for name, meaning in m.terms.actors.items()}
    return known(terms, actor, ("actors", index), "actor of the terms")


def _terms(topic: Topic, entities: Iterable[Entity]) -> dict[str, EntityTerms]:
    """The meanings of entities and of all their parts."""
    terms = {name: one for m in topic.modules.values() for name, one in m.terms.entities.items()}
    found: dict[str, EntityTerms] = {}
    for entity in entities:
        one = known(terms, entity.name, (), "entity of the terms")
        found[entity.name] = EntityTerms(
            meaning=one.meaning,
            attributes=_meanings(one.attributes, entity, [part.name for part in entity.attributes]),
            relations=_meanings(one.relations, entity, [part.name for part in entity.relations]),
            states=_meanings(one.states, entity, [part.name for part in entity.states]),
            events=_meanings(one.events, entity, [part.event for part in entity.transitions]),
        )
    return found


def _meanings(terms: dict[str, str], entity: Entity, names: Iterable[str]) -> dict[str, str]:
    return {name: known(terms, name, (), f"meaning of a part of {entity.name},") for name in names}


def _action_terms(module: Module, case: PermissionsCase) -> dict[str, ActionTerms]:
    terms = {
        name: known(module.terms.actions, name, ("actions", i), "action of the terms")
        for i, name in enumerate(case.actions)
    }
    for action in module.requirements.actions:
        for one in action.inputs if action.name in terms else ():
            known(terms[action.name].inputs, one.name, (), f"meaning of the input of {action.name}")
    return terms


def _needed_predicates(module: Module, rules: Iterable[Rule]) -> list[int]:
    """Indices of the predicates that rules ask for, directly or not."""
    file = module.requirements
    declared = {predicate.name: predicate for predicate in file.predicates}
    wanted: set[str] = set()
    for rule in rules:
        for _, node in nodes(rule.condition):
            if isinstance(node, Holds):
                wanted.update(needed(declared, node.predicate, wanted))
    return [i for i, predicate in enumerate(file.predicates) if predicate.name in wanted]


def _worlds(module: Module, entities: Iterable[Entity]) -> dict[str, World]:
    """The module's worlds, without things of entities that the case does not know."""
    names = {entity.name for entity in entities}
    return {
        name: World({n: thing for n, thing in world.things.items() if thing.entity in names}, world.at)
        for name, world in module.worlds.items()
    }
