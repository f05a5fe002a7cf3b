"""What a model fills in the analyze phase, and what a case pins.

``EntitiesTask`` - the names of actors, entities, attributes, relations, states and events are pinned
(``actors``, ``entities``, with meanings); what they are is the model's to say. ``given`` declares entities of
other cases. Grading plays ``sequences`` on the state machines, tries ``values`` on the types of
attributes, and compares types, relations and traces with ``reference``.

``PermissionsTask`` - the actions are pinned (``actions``: name to meanings), and so are the actors, entities
and inputs of actions, which ``given`` declares; the rules are the model's to write. Grading asks the rules
for their verdict on ``situations``.

``general`` are statements that hold everywhere: they may be named as the source of a declaration or not.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.requirements.nodes import Actor, Analysis, Entity, Predicate, Rule
from fcbench_action.language.requirements.situation import Sequence, Situation, Values, World


class Entities(Node, frozen=True):
    """The actors and entities asked for."""

    absent_variants = frozenset({"inputThing", "inputValue", "holds"})

    actors: Annotated[tuple[Actor, ...], Meta(max_length=100, description="The actors asked for.")]
    entities: Annotated[tuple[Entity, ...], Meta(max_length=100, description="The entities asked for.")]


class Permissions(Node, frozen=True):
    """The rules asked for, and predicates that they share."""

    predicates: Annotated[
        tuple[Predicate, ...],
        Meta(max_length=200, description="Conditions to be asked for by name; none are demanded."),
    ]
    rules: Annotated[tuple[Rule, ...], Meta(max_length=500, description="One for each action asked for.")]


class EntityTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entity's meaning, and the meanings of its parts by name."""

    meaning: str
    attributes: dict[str, str] = {}
    relations: dict[str, str] = {}
    states: dict[str, str] = {}
    events: dict[str, str] = {}


class ActionTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An action's meaning, and the meanings of its inputs by name."""

    meaning: str
    inputs: dict[str, str] = {}


class EntitiesTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case of ``analyze.entities`` pins.

    ``title`` and ``summary`` are of the application, ``module`` and ``brief`` of the module; ``requirements``
    are (number, text) pairs; ``given_terms`` has the meanings of what ``given`` declares. ``conventions``
    hold for the whole application.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: tuple[tuple[str, str], ...]
    general: tuple[str, ...]
    conventions: str
    actors: dict[str, str]
    entities: dict[str, EntityTerms]
    given: Analysis
    given_terms: dict[str, EntityTerms]
    reference: Entities
    worlds: dict[str, World]
    sequences: tuple[Sequence, ...]
    values: tuple[Values, ...]


class PermissionsTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case of ``analyze.permissions`` pins.

    ``title`` and ``summary`` are of the application, ``module`` and ``brief`` of the module; ``requirements``
    are (number, text) pairs; ``actors`` and ``given_terms`` have the meanings of what ``given`` declares.
    ``conventions`` hold for all actions of the application.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: tuple[tuple[str, str], ...]
    general: tuple[str, ...]
    conventions: str
    actors: dict[str, str]
    actions: dict[str, ActionTerms]
    given: Analysis
    given_terms: dict[str, EntityTerms]
    reference: Permissions
    worlds: dict[str, World]
    situations: tuple[Situation, ...]
