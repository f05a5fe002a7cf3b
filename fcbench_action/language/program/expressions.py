"""Expressions: what a program computes. One union for both dialects; ``dialects`` says which has what.

Expressions have no effects. Every variant is a small node, so that a program is built from few ideas that
combine without limit: an arrow in a filter in the condition of a where-tree is nothing special. Those that
hold no other come from :mod:`leaves`; imported ``as`` themselves, they are part of this module.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.program.leaves import BooleanLiteral as BooleanLiteral
from fcbench_action.language.program.leaves import Builtin, Name, Table
from fcbench_action.language.program.leaves import Identifier as Identifier
from fcbench_action.language.program.leaves import IntegerLiteral as IntegerLiteral
from fcbench_action.language.program.leaves import IsNull as IsNull
from fcbench_action.language.program.leaves import NullLiteral as NullLiteral
from fcbench_action.language.program.leaves import NumberLiteral as NumberLiteral
from fcbench_action.language.program.leaves import OrderBy as OrderBy
from fcbench_action.language.program.leaves import RandomBoolean as RandomBoolean
from fcbench_action.language.program.leaves import RandomFormat as RandomFormat
from fcbench_action.language.program.leaves import RandomKeyword as RandomKeyword
from fcbench_action.language.program.leaves import StringLiteral as StringLiteral


class ArrayLiteral(Node, frozen=True, tag="arrayLiteral", tag_field="type"):
    """A list of values."""

    elements: Annotated[tuple[Expression, ...], Meta(description="The elements in order.")]


class Property(Node, frozen=True):
    """A named value inside an object literal or a merge."""

    name: Annotated[str, Meta(min_length=1, max_length=60, description="Name of the property, once each.")]
    value: Annotated[Expression, Meta(description="Its value.")]


class ObjectLiteral(Node, frozen=True, tag="objectLiteral", tag_field="type"):
    """An object. Where a type is expected, it has that type's required properties and no others beside its
    optional ones.
    """

    properties: Annotated[tuple[Property, ...], Meta(description="The properties.")]


class Template(Node, frozen=True, tag="template", tag_field="type"):
    """A text put together from strings and numbers."""

    parts: Annotated[
        tuple[Expression, ...], Meta(description="Strings, integers and numbers, joined without spaces.")
    ]


class PropertyAccess(Node, frozen=True, tag="property", tag_field="type"):
    """`object.name`. The object cannot be null; check that first."""

    object: Annotated[Expression, Meta(description="The object or row.")]
    name: Annotated[str, Meta(min_length=1, max_length=60, description="One of its properties.")]


class OptionalProperty(Node, frozen=True, tag="optionalProperty", tag_field="type"):
    """`object?.name`: null where the object is null or lacks the property."""

    object: Annotated[Expression, Meta(description="An object, or null.")]
    name: Annotated[str, Meta(min_length=1, max_length=60, description="One of its properties.")]


class Given(Node, frozen=True, tag="given", tag_field="type"):
    """Whether an optional property of a request body was given, be it null. Reading one that was left out
    gives null as well, so this tells "make it empty" from "leave it as it is".
    """

    object: Annotated[Expression, Meta(description="The body, or an object inside of it.")]
    name: Annotated[str, Meta(min_length=1, max_length=60, description="One of its optional properties.")]


class Element(Node, frozen=True, tag="element", tag_field="type"):
    """`array[index]`: the element at a position counted from 0, or null where there is none."""

    array: Annotated[Expression, Meta(description="The array.")]
    index: Annotated[Expression, Meta(description="An integer.")]


class Merge(Node, frozen=True, tag="merge", tag_field="type"):
    """A copy of an object with some properties added or replaced."""

    base: Annotated[Expression, Meta(description="The object to copy.")]
    properties: Annotated[tuple[Property, ...], Meta(min_length=1, description="What differs.")]


class Not(Node, frozen=True, tag="not", tag_field="type"):
    """`!operand`."""

    operand: Annotated[Expression, Meta(description="A boolean; or a nullable value, to ask for null.")]


class Negate(Node, frozen=True, tag="negate", tag_field="type"):
    """`-operand`."""

    operand: Annotated[Expression, Meta(description="An integer or a number.")]


class Arithmetic(Node, frozen=True, tag="arithmetic", tag_field="type"):
    """Arithmetic on two integers or two numbers. `/` gives a number; `%` keeps the sign of the left."""

    operator: Annotated[Literal["+", "-", "*", "/", "%"], Meta(description="The operation.")]
    left: Annotated[Expression, Meta(description="Left operand.")]
    right: Annotated[Expression, Meta(description="Right operand.")]


class Compare(Node, frozen=True, tag="compare", tag_field="type"):
    """A comparison. `===` and `!==` compare any two values of comparable types, by value; the others compare
    two numbers or two strings.
    """

    operator: Annotated[Literal["===", "!==", "<", "<=", ">", ">="], Meta(description="The comparison.")]
    left: Annotated[Expression, Meta(description="Left operand.")]
    right: Annotated[Expression, Meta(description="Right operand.")]


class Logical(Node, frozen=True, tag="logical", tag_field="type"):
    """`&&` and `||` on booleans; `??` gives the right operand where the left is null. The right one is only
    evaluated where it is needed.
    """

    operator: Annotated[Literal["&&", "||", "??"], Meta(description="The operation.")]
    left: Annotated[Expression, Meta(description="Left operand.")]
    right: Annotated[Expression, Meta(description="Right operand.")]


class Conditional(Node, frozen=True, tag="conditional", tag_field="type"):
    """`condition ? whenTrue : whenFalse`."""

    condition: Annotated[Expression, Meta(description="A boolean; or a nullable value, to ask for null.")]
    when_true: Annotated[Expression, Meta(description="The value where it holds.")]
    when_false: Annotated[Expression, Meta(description="The value where it does not.")]


class Arrow(Node, frozen=True):
    """A function of one element: `(parameter) => body`."""

    parameter: Name
    body: Annotated[Expression, Meta(description="Its value, which may use the parameter.")]


class Map(Node, frozen=True, tag="map", tag_field="type"):
    """The array of what the arrow makes of each element."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="Makes the new element.")]


class Filter(Node, frozen=True, tag="filter", tag_field="type"):
    """The elements for which the arrow holds."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="A boolean.")]


class Find(Node, frozen=True, tag="find", tag_field="type"):
    """The first element for which the arrow holds, or null."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="A boolean.")]


class Some(Node, frozen=True, tag="some", tag_field="type"):
    """Whether the arrow holds for at least one element."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="A boolean.")]


class Every(Node, frozen=True, tag="every", tag_field="type"):
    """Whether the arrow holds for all elements."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="A boolean.")]


class Sort(Node, frozen=True, tag="sort", tag_field="type"):
    """The elements in order of what the arrow makes of them; equal ones keep their order."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="A number or a string to sort by.")]
    direction: Annotated[Literal["asc", "desc"], Meta(description="Ascending or descending.")]


class Sum(Node, frozen=True, tag="sum", tag_field="type"):
    """The sum of what the arrow makes of each element; 0 for an empty array."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="An integer or a number.")]


class GroupCount(Node, frozen=True, tag="groupCount", tag_field="type"):
    """How often each value occurs: an array of `{ key, count }` in order of first occurrence."""

    array: Annotated[Expression, Meta(description="The array.")]
    arrow: Annotated[Arrow, Meta(description="A string to count by.")]


class Length(Node, frozen=True, tag="length", tag_field="type"):
    """The number of elements of an array, or of characters of a string."""

    of: Annotated[Expression, Meta(description="An array or a string.")]


class Includes(Node, frozen=True, tag="includes", tag_field="type"):
    """Whether an array holds a value."""

    array: Annotated[Expression, Meta(description="The array.")]
    value: Annotated[Expression, Meta(description="The value looked for.")]


class Slice(Node, frozen=True, tag="slice", tag_field="type"):
    """The elements from a position up to, not including, another. Positions beyond the end are the end."""

    array: Annotated[Expression, Meta(description="The array.")]
    start: Annotated[Expression, Meta(description="An integer from 0.")]
    end: Annotated[Expression | None, Meta(description="An integer from 0; the end where left out.")] = None


class Concat(Node, frozen=True, tag="concat", tag_field="type"):
    """One array after the other."""

    arrays: Annotated[tuple[Expression, ...], Meta(min_length=1, description="Arrays of one element type.")]


class Distinct(Node, frozen=True, tag="distinct", tag_field="type"):
    """Each value once, in order of first occurrence."""

    array: Annotated[Expression, Meta(description="The array.")]


class Invoke(Node, frozen=True, tag="invoke", tag_field="type"):
    """A call of a builtin. Text: lower(s) upper(s) trim(s) startsWith(s, start) endsWith(s, end)
    contains(s, part) split(s, separator) join(strings, separator). Numbers: floor(x) ceil(x) round(x) give
    integers; min(a, b) max(a, b) abs(x). Time: addSeconds(time, n) isBefore(a, b). Security: uuid()
    hashPassword(password) verifyPassword(password, hash) issueToken(actorId) digest(text), which is the same
    for the same text, and randomText(alphabet, length), of characters that occur in alphabet.
    """

    function: Annotated[Builtin, Meta(description="The builtin.")]
    arguments: Annotated[tuple[Expression, ...], Meta(description="Its arguments in order.")]


class RandomInteger(Node, frozen=True, tag="randomInteger", tag_field="type"):
    """A random integer, both ends included."""

    minimum: Annotated[Expression, Meta(description="An integer.")]
    maximum: Annotated[Expression, Meta(description="An integer, not less.")]


class RandomNumber(Node, frozen=True, tag="randomNumber", tag_field="type"):
    """A random number, not necessarily whole."""

    minimum: Annotated[Expression, Meta(description="A number.")]
    maximum: Annotated[Expression, Meta(description="A number, not less.")]


class RandomString(Node, frozen=True, tag="randomString", tag_field="type"):
    """A random text of lower-case letters."""

    min_length: Annotated[Expression, Meta(description="Fewest characters, an integer.")]
    max_length: Annotated[Expression, Meta(description="Most characters, an integer.")]


class RandomPick(Node, frozen=True, tag="randomPick", tag_field="type"):
    """A random element of an array that is not empty."""

    array: Annotated[Expression, Meta(description="The array.")]


class RandomSample(Node, frozen=True, tag="randomSample", tag_field="type"):
    """Some different positions of an array, in their order."""

    array: Annotated[Expression, Meta(description="The array.")]
    count: Annotated[Expression, Meta(description="How many, an integer up to the array's length.")]


class Repeat(Node, frozen=True, tag="repeat", tag_field="type"):
    """An array of `count` values, each made by the arrow from its position, counted from 0."""

    count: Annotated[Expression, Meta(description="An integer from 0.")]
    arrow: Annotated[Arrow, Meta(description="Makes an element from its position.")]


class All(Node, frozen=True, tag="all", tag_field="type"):
    """Every one of the conditions holds; true of none."""

    of: Annotated[tuple[Where, ...], Meta(description="The conditions.")]


class Any(Node, frozen=True, tag="any", tag_field="type"):
    """At least one of the conditions holds."""

    of: Annotated[tuple[Where, ...], Meta(min_length=1, description="The conditions.")]


class Negation(Node, frozen=True, tag="negation", tag_field="type"):
    """The condition does not hold."""

    of: Annotated[Where, Meta(description="The condition.")]


class FieldCondition(Node, frozen=True, tag="field", tag_field="type"):
    """A column compares to a value. A column that is null compares to nothing but by `isNull`."""

    name: Annotated[str, Meta(min_length=1, max_length=63, description="Name of the column.")]
    operator: Annotated[
        Literal[
            "equals",
            "notEquals",
            "less",
            "lessOrEqual",
            "greater",
            "greaterOrEqual",
            "contains",
            "startsWith",
            "in",
        ],
        Meta(description="`contains` and `startsWith` are for strings; `in` takes an array."),
    ]
    value: Annotated[Expression, Meta(description="A value of the column's type, never null.")]


class Related(Node, frozen=True, tag="related", tag_field="type"):
    """A condition on related rows."""

    relation: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=130,
            description="A relation of this table; or `table.relation` of rows that refer to this one.",
        ),
    ]
    quantifier: Annotated[
        Literal["some", "none", "every"],
        Meta(description="How many of the related rows meet the condition."),
    ]
    where: Annotated[Where, Meta(description="The condition on a related row.")]


Where = All | Any | Negation | FieldCondition | IsNull | Related
"""A condition on the rows of a table."""


class FindOne(Node, frozen=True, tag="findOne", tag_field="type"):
    """The first row that meets the condition, or null."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]
    order_by: Annotated[tuple[OrderBy, ...], Meta(description="Which is first; by key where left out.")] = ()


class FindMany(Node, frozen=True, tag="findMany", tag_field="type"):
    """The rows that meet the condition, in order."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]
    order_by: Annotated[tuple[OrderBy, ...], Meta(description="The order; by key where it leaves a choice.")]
    skip: Annotated[Expression | None, Meta(description="How many to leave out first, an integer.")] = None
    take: Annotated[Expression | None, Meta(description="How many at most, an integer.")] = None


class Count(Node, frozen=True, tag="count", tag_field="type"):
    """The number of rows that meet the condition."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]


class Exists(Node, frozen=True, tag="exists", tag_field="type"):
    """Whether any row meets the condition."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]


class Aggregate(Node, frozen=True, tag="aggregate", tag_field="type"):
    """One number from a column of many rows; null where no row has a value. The sum of none is 0."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]
    function: Annotated[Literal["sum", "average", "minimum", "maximum"], Meta(description="What to compute.")]
    field: Annotated[str, Meta(min_length=1, max_length=63, description="A column of type int or double.")]


Expression = (
    BooleanLiteral
    | IntegerLiteral
    | NumberLiteral
    | StringLiteral
    | NullLiteral
    | ArrayLiteral
    | ObjectLiteral
    | Template
    | Identifier
    | PropertyAccess
    | OptionalProperty
    | Given
    | Element
    | Merge
    | Not
    | Negate
    | Arithmetic
    | Compare
    | Logical
    | Conditional
    | Map
    | Filter
    | Find
    | Some
    | Every
    | Sort
    | Sum
    | GroupCount
    | Length
    | Includes
    | Slice
    | Concat
    | Distinct
    | Invoke
    | RandomBoolean
    | RandomInteger
    | RandomNumber
    | RandomString
    | RandomFormat
    | RandomKeyword
    | RandomPick
    | RandomSample
    | Repeat
    | FindOne
    | FindMany
    | Count
    | Exists
    | Aggregate
)
"""What a program computes."""
