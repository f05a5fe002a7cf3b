"""Conditions: the boolean trees of guards, predicates and rules, over things and their values.

Everything has a meaning, whatever is missing: what is said of a missing thing does not hold, and its values
are missing too. So no condition has to ask first whether something is there, unless that is the question.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.requirements.values import Whole
from fcbench_action.language.schema import exact

SNAKE_CASE = exact(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
Name = Annotated[str, Meta(pattern=SNAKE_CASE, max_length=60)]
Relation = Annotated[Name, Meta(description="A relation of that thing's entity that leads to many.")]
VariableName = Annotated[
    Name, Meta(description="A name for each of them in turn; differs from the variables around it.")
]
LARGEST_SHIFT = 1_000_000_000
MOST_BRANCHES = 200


class WhoAsks(Node, frozen=True, tag="actor", tag_field="type"):
    """The account of who asks, where the asker's kind is one of these; otherwise missing."""

    kinds: Annotated[
        tuple[Name, ...],
        Meta(min_length=1, description="Kinds of actors with accounts, all of the same entity."),
    ]


class Subject(Node, frozen=True, tag="subject", tag_field="type"):
    """In a rule, what the action is done to; in a guard, what has the state; in a predicate, what it is
    about."""


class Variable(Node, frozen=True, tag="variable", tag_field="type"):
    """One of the things that a quantifier around goes through."""

    name: Annotated[Name, Meta(description="The variable that the quantifier declares.")]


class ThingInput(Node, frozen=True, tag="inputThing", tag_field="type"):
    """A thing that the request names beside the subject. Only in rules."""

    name: Annotated[Name, Meta(description="Name of the input.")]


class Related(Node, frozen=True, tag="related", tag_field="type"):
    """The one thing that another is related to; missing where either is."""

    of: Annotated[Thing, Meta(description="Where the relation starts.")]
    relation: Annotated[Name, Meta(description="A relation of that thing's entity that leads to one.")]


class BooleanLiteral(Node, frozen=True, tag="booleanLiteral", tag_field="type"):
    """true or false."""

    value: Annotated[bool, Meta(description="The value.")]


class IntegerLiteral(Node, frozen=True, tag="integerLiteral", tag_field="type"):
    """A whole number."""

    value: Annotated[Whole, Meta(description="The value, written without a fraction.")]


class NumberLiteral(Node, frozen=True, tag="numberLiteral", tag_field="type"):
    """A number that need not be whole."""

    value: Annotated[float, Meta(description="The value.")]


class TextLiteral(Node, frozen=True, tag="textLiteral", tag_field="type"):
    """A text, or a value of a choice."""

    value: Annotated[str, Meta(description="The text itself, unquoted.")]


class AttributeValue(Node, frozen=True, tag="attribute", tag_field="type"):
    """The value of an attribute; missing where the thing is, or where it is null."""

    of: Annotated[Thing, Meta(description="The thing.")]
    name: Annotated[Name, Meta(description="An attribute of the thing's entity.")]


class ValueInput(Node, frozen=True, tag="inputValue", tag_field="type"):
    """A value that the request gives; missing where it is left out or null. Only in rules."""

    name: Annotated[Name, Meta(description="Name of the input.")]


class Now(Node, frozen=True, tag="now", tag_field="type"):
    """The present moment."""


class Shift(Node, frozen=True, tag="shift", tag_field="type"):
    """A moment that lies a span after another, or before it."""

    moment: Annotated[Value, Meta(description="A moment.")]
    amount: Annotated[
        int,
        Meta(ge=-LARGEST_SHIFT, le=LARGEST_SHIFT, description="How many units later; negative for earlier."),
    ]
    unit: Annotated[Literal["seconds", "minutes", "hours", "days"], Meta(description="The unit.")]


class Arithmetic(Node, frozen=True, tag="arithmetic", tag_field="type"):
    """A sum, difference or product; missing where an operand is."""

    operator: Annotated[Literal["+", "-", "*"], Meta(description="The operation.")]
    left: Annotated[Value, Meta(description="A number.")]
    right: Annotated[Value, Meta(description="A number.")]


class Count(Node, frozen=True, tag="count", tag_field="type"):
    """How many of the related things meet a condition; 0 where the thing is missing."""

    of: Annotated[Thing, Meta(description="Where the relation starts.")]
    relation: Relation
    variable: VariableName
    where: Annotated[Condition, Meta(description="What counts; may use the variable.")]


class Total(Node, frozen=True, tag="total", tag_field="type"):
    """The sum of a number over all related things; missing numbers add nothing."""

    of: Annotated[Thing, Meta(description="Where the relation starts.")]
    relation: Relation
    variable: VariableName
    value: Annotated[Value, Meta(description="The number to add up; may use the variable.")]


class All(Node, frozen=True, tag="all", tag_field="type"):
    """Each of these holds. An empty list always holds."""

    of: Annotated[tuple[Condition, ...], Meta(max_length=MOST_BRANCHES, description="The conditions.")]


class Any(Node, frozen=True, tag="any", tag_field="type"):
    """At least one of these holds. An empty list never holds."""

    of: Annotated[tuple[Condition, ...], Meta(max_length=MOST_BRANCHES, description="The conditions.")]


class Not(Node, frozen=True, tag="not", tag_field="type"):
    """The condition does not hold."""

    condition: Annotated[Condition, Meta(description="What must not hold.")]


class Implies(Node, frozen=True, tag="implies", tag_field="type"):
    """The conclusion holds wherever the premise does; where the premise does not hold, this holds."""

    premise: Annotated[Condition, Meta(description="When something is demanded.")]
    conclusion: Annotated[Condition, Meta(description="What is demanded then.")]


class ActorIs(Node, frozen=True, tag="actorIs", tag_field="type"):
    """Who asks is of one of these kinds."""

    kinds: Annotated[tuple[Name, ...], Meta(min_length=1, description="Kinds of actors.")]


class InState(Node, frozen=True, tag="inState", tag_field="type"):
    """The thing is there and in one of these states."""

    thing: Annotated[Thing, Meta(description="The thing.")]
    states: Annotated[tuple[Name, ...], Meta(min_length=1, description="States of the thing's entity.")]


class Same(Node, frozen=True, tag="same", tag_field="type"):
    """Both things are there and are one and the same: how ownership is asked for."""

    left: Annotated[Thing, Meta(description="A thing.")]
    right: Annotated[Thing, Meta(description="A thing of the same entity.")]


class ThingThere(Node, frozen=True, tag="thingThere", tag_field="type"):
    """The thing is not missing."""

    thing: Annotated[Thing, Meta(description="The thing.")]


class ValueThere(Node, frozen=True, tag="valueThere", tag_field="type"):
    """The value is not missing."""

    value: Annotated[Value, Meta(description="The value.")]


class IsTrue(Node, frozen=True, tag="isTrue", tag_field="type"):
    """A boolean value is true. Missing values are not."""

    value: Annotated[Value, Meta(description="A boolean value.")]


class Compare(Node, frozen=True, tag="compare", tag_field="type"):
    """A comparison of two values of comparable types. Two missing values are equal, and a missing one differs
    from every other; `<`, `<=`, `>` and `>=` compare two numbers, two moments or two days, and do not hold
    where a value is missing.
    """

    operator: Annotated[Literal["==", "!=", "<", "<=", ">", ">="], Meta(description="The comparison.")]
    left: Annotated[Value, Meta(description="Left operand.")]
    right: Annotated[Value, Meta(description="Right operand.")]


class IsOneOf(Node, frozen=True, tag="isOneOf", tag_field="type"):
    """The value equals one of some others. A missing value does not."""

    value: Annotated[Value, Meta(description="The value.")]
    options: Annotated[
        tuple[Value, ...], Meta(min_length=1, max_length=MOST_BRANCHES, description="Comparable values.")
    ]


class Contains(Node, frozen=True, tag="contains", tag_field="type"):
    """The element is in the list. Nothing is in a missing list, and no list has a missing element."""

    list: Annotated[Value, Meta(description="A value that is a list.")]
    element: Annotated[Value, Meta(description="A value comparable to the list's.")]


class Some(Node, frozen=True, tag="some", tag_field="type"):
    """At least one related thing meets a condition. Does not hold where the thing is missing."""

    of: Annotated[Thing, Meta(description="Where the relation starts.")]
    relation: Relation
    variable: VariableName
    where: Annotated[Condition, Meta(description="The condition; may use the variable.")]


class Every(Node, frozen=True, tag="every", tag_field="type"):
    """All related things meet a condition. Holds where there are none."""

    of: Annotated[Thing, Meta(description="Where the relation starts.")]
    relation: Relation
    variable: VariableName
    where: Annotated[Condition, Meta(description="The condition; may use the variable.")]


class Holds(Node, frozen=True, tag="holds", tag_field="type"):
    """A predicate holds of a thing. No predicate holds of a missing thing."""

    predicate: Annotated[Name, Meta(description="A declared predicate.")]
    thing: Annotated[Thing, Meta(description="A thing of the predicate's entity.")]


Thing = WhoAsks | Subject | Variable | ThingInput | Related
Value = (
    BooleanLiteral
    | IntegerLiteral
    | NumberLiteral
    | TextLiteral
    | AttributeValue
    | ValueInput
    | Now
    | Shift
    | Arithmetic
    | Count
    | Total
)
Condition = (
    All
    | Any
    | Not
    | Implies
    | ActorIs
    | InState
    | Same
    | ThingThere
    | ValueThere
    | IsTrue
    | Compare
    | IsOneOf
    | Contains
    | Some
    | Every
    | Holds
)
