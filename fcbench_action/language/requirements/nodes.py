"""The requirements tree: actors, entities with states and transitions, actions, predicates and rules.

Names come from a glossary, in snake_case. Numbers of statements say where each declaration comes from.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.requirements.conditions import Condition, Name
from fcbench_action.language.requirements.values import ValueType

Description = Annotated[str, Meta(min_length=1, max_length=1000)]
Statements = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=20)], ...],
    Meta(
        min_length=1,
        max_length=100,
        description="Numbers of the statements that it follows from, such as `T-1`, each once and no others.",
    ),
]


class Actor(Node, frozen=True):
    """A kind of somebody, or something, that acts on the application."""

    name: Annotated[Name, Meta(description="Name of the kind.")]
    account: Annotated[
        Name | None,
        Meta(description="The entity whose things are the accounts of this kind; null for who has none."),
    ]
    description: Annotated[Description, Meta(description="Who that is.")]


class Attribute(Node, frozen=True):
    """A value that each thing of an entity has. Its state and its relations are no attributes."""

    name: Annotated[Name, Meta(description="Name of the attribute.")]
    description: Annotated[Description, Meta(description="What the value means.")]
    holds: Annotated[ValueType, Meta(description="What values it may have, as narrow as the statements say.")]
    nullable: Annotated[bool, Meta(description="True if a thing may lack the value.")]


class ToOne(Node, frozen=True, tag="toOne", tag_field="type"):
    """Each thing is related to one other, or to none."""

    name: Annotated[Name, Meta(description="Name of the relation.")]
    target: Annotated[Name, Meta(description="Entity of the other thing; it may be the same entity.")]
    optional: Annotated[bool, Meta(description="True if there may be no other thing.")]


class ToMany(Node, frozen=True, tag="toMany", tag_field="type"):
    """Each thing is related to all those that are related to it by one of their relations to one."""

    name: Annotated[Name, Meta(description="Name of the relation.")]
    target: Annotated[Name, Meta(description="Entity of the other things.")]
    through: Annotated[
        Name, Meta(description="The relation to one of that entity that leads back to this entity.")
    ]


Relation = ToOne | ToMany


class State(Node, frozen=True):
    """A state that a thing of the entity can be in. It is always in exactly one."""

    name: Annotated[Name, Meta(description="Name of the state.")]
    description: Annotated[Description, Meta(description="What it means to be in it.")]


class Transition(Node, frozen=True):
    """What an event does to the state. An event is refused where no transition of it applies; where several
    do, the first one is taken.
    """

    event: Annotated[Name, Meta(description="Name of the event.")]
    from_states: Annotated[
        tuple[Name, ...], Meta(min_length=1, description="States in which the event does this, each once.")
    ]
    to_state: Annotated[Name, Meta(description="The state afterwards; it may be the same.")]
    actors: Annotated[
        tuple[Name, ...],
        Meta(min_length=1, description="Kinds of actors whose doing the event can be, each once."),
    ]
    statements: Statements
    guard: Annotated[
        Condition | None,
        Meta(description="A condition on the thing as it is before the event. Null or left out: none."),
    ] = None


class Entity(Node, frozen=True):
    """A kind of thing that the application keeps."""

    name: Annotated[Name, Meta(description="Name of the entity.")]
    description: Annotated[Description, Meta(description="What one thing of it stands for.")]
    statements: Statements
    attributes: Annotated[tuple[Attribute, ...], Meta(max_length=200, description="Its attributes.")]
    relations: Annotated[tuple[Relation, ...], Meta(max_length=200, description="Its relations.")]
    states: Annotated[
        tuple[State, ...],
        Meta(max_length=100, description="Its states; none where it has no life of its own."),
    ]
    initial_state: Annotated[
        Name | None, Meta(description="The state of a new thing; null where there are no states.")
    ]
    transitions: Annotated[
        tuple[Transition, ...], Meta(max_length=300, description="What changes the state; nothing else does.")
    ]


class InputOfValue(Node, frozen=True, tag="value", tag_field="type"):
    """A value that a request gives."""

    name: Annotated[Name, Meta(description="Name of the input.")]
    holds: Annotated[ValueType, Meta(description="What values it may have.")]
    nullable: Annotated[bool, Meta(description="True if it may be null or left out.")]


class InputOfThing(Node, frozen=True, tag="thing", tag_field="type"):
    """A thing that a request names."""

    name: Annotated[Name, Meta(description="Name of the input.")]
    entity: Annotated[Name, Meta(description="Entity of the thing.")]
    nullable: Annotated[bool, Meta(description="True if it may be null or left out.")]


Input = InputOfValue | InputOfThing


class Action(Node, frozen=True):
    """Something that somebody may ask for."""

    name: Annotated[Name, Meta(description="Name of the action.")]
    subject: Annotated[
        Name | None, Meta(description="Entity of the thing that it is done to; null where there is none.")
    ]
    inputs: Annotated[tuple[Input, ...], Meta(max_length=50, description="What the request gives besides.")]


class Predicate(Node, frozen=True):
    """A condition on a thing that rules and other predicates ask for by name."""

    name: Annotated[Name, Meta(description="Name of the predicate, of your choice; each has its own.")]
    entity: Annotated[Name, Meta(description="Entity of the thing that it is about.")]
    condition: Annotated[
        Condition,
        Meta(description="When it holds. The thing is the `subject`; who asks is known, inputs are not."),
    ]


class Rule(Node, frozen=True):
    """Who may do an action, when, and to what. What no rule allows is refused."""

    action: Annotated[Name, Meta(description="Name of the action; each has one rule.")]
    condition: Annotated[
        Condition, Meta(description="The action is allowed exactly where this holds, and refused elsewhere.")
    ]
    statements: Statements


class Analysis(Node, frozen=True):
    """A whole analysis of requirements."""

    actors: Annotated[tuple[Actor, ...], Meta(max_length=100, description="The kinds of actors.")] = ()
    entities: Annotated[tuple[Entity, ...], Meta(max_length=200, description="The entities.")] = ()
    actions: Annotated[tuple[Action, ...], Meta(max_length=500, description="The actions.")] = ()
    predicates: Annotated[tuple[Predicate, ...], Meta(max_length=500, description="The predicates.")] = ()
    rules: Annotated[tuple[Rule, ...], Meta(max_length=500, description="The rules.")] = ()
