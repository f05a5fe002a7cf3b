"""Statements, and the two kinds of program that they make.

A *test program* calls an API as its clients do. An *operation program* is what the backend does for one
endpoint. Both use the expressions of :mod:`expressions`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, field

from fcbench_action.language.node import Node
from fcbench_action.language.program.expressions import Expression, Property, Where
from fcbench_action.language.program.leaves import Name, Table

Title = Annotated[
    str, Meta(min_length=1, max_length=200, description="What must hold, as a person would say it.")
]
Method = Literal["get", "post", "put", "patch", "delete"]


class Declare(Node, frozen=True, tag="declare", tag_field="type"):
    """A name for a value. It never changes, and is known until the end of its block."""

    name: Name
    value: Annotated[Expression, Meta(description="The value.")]


class OperationKey(Node, frozen=True):
    """An operation of the API."""

    method: Annotated[Method, Meta(description="HTTP method.")]
    path: Annotated[
        str, Meta(min_length=1, max_length=300, description="Path with its placeholders, as documented.")
    ]


class Request(Node, frozen=True):
    """One request of a session."""

    session: Annotated[str, Meta(min_length=1, max_length=60, description="A session of the program.")]
    operation: Annotated[OperationKey, Meta(description="The operation to call.")]
    path_parameters: Annotated[
        tuple[Property, ...], Meta(description="A value for each placeholder of the path.")
    ]
    body: Annotated[
        Expression | None,
        Meta(description="The request body, exactly where the operation takes one."),
    ] = None


Bind = Annotated[str, Meta(min_length=1, max_length=60, description="A name in camelCase for the result.")]


class If(Node, frozen=True, tag="if", tag_field="type"):
    """Runs one of two blocks."""

    condition: Annotated[Expression, Meta(description="A boolean; or a nullable value, to ask for null.")]
    then: Annotated[tuple[Statement, ...], Meta(description="The block where it holds.")]
    otherwise: Annotated[tuple[Statement, ...], Meta(description="The block where it does not.")] = field(
        name="else", default=()
    )


class ForEach(Node, frozen=True, tag="forEach", tag_field="type"):
    """Runs a block once for each element of an array."""

    array: Annotated[Expression, Meta(description="The array.")]
    item: Name
    body: Annotated[tuple[Statement, ...], Meta(min_length=1, description="The block.")]


class Call(Node, frozen=True, tag="call", tag_field="type"):
    """Calls an operation, which must succeed: any other status ends the test as failed."""

    request: Annotated[Request, Meta(description="What is asked.")]
    bind: Annotated[Bind | None, Meta(description="Name for the response, if it is needed.")] = None


class Authenticate(Node, frozen=True, tag="authenticate", tag_field="type"):
    """From here on, the session sends this token."""

    session: Annotated[str, Meta(min_length=1, max_length=60, description="A session of the program.")]
    token: Annotated[Expression, Meta(description="The access token, a string.")]


class AssertEqual(Node, frozen=True, tag="assertEqual", tag_field="type"):
    """Fails the test where two values differ. Objects are compared property by property."""

    title: Title
    actual: Annotated[Expression, Meta(description="What came.")]
    expected: Annotated[Expression, Meta(description="What should have.")]


class AssertNotEqual(Node, frozen=True, tag="assertNotEqual", tag_field="type"):
    """Fails the test where two values are equal."""

    title: Title
    actual: Annotated[Expression, Meta(description="What came.")]
    expected: Annotated[Expression, Meta(description="What should not have.")]


class AssertThat(Node, frozen=True, tag="assertThat", tag_field="type"):
    """Fails the test where a condition does not hold."""

    title: Title
    condition: Annotated[Expression, Meta(description="A boolean.")]


class AssertRejected(Node, frozen=True, tag="assertRejected", tag_field="type"):
    """Calls an operation, which must answer with this status; anything else fails the test."""

    title: Title
    request: Annotated[Request, Meta(description="What is asked.")]
    status: Annotated[int, Meta(ge=400, le=499, description="The HTTP status expected.")]


class Insert(Node, frozen=True, tag="insert", tag_field="type"):
    """Adds a row. A column left out is null; a key left out is a fresh UUID."""

    table: Table
    values: Annotated[tuple[Property, ...], Meta(description="Values by column.")]
    bind: Annotated[Bind | None, Meta(description="Name for the new row, if it is needed.")] = None


class Update(Node, frozen=True, tag="update", tag_field="type"):
    """Changes the rows that meet the condition."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]
    values: Annotated[tuple[Property, ...], Meta(min_length=1, description="New values by column.")]
    bind: Annotated[Bind | None, Meta(description="Name for the changed rows, an array.")] = None


class Remove(Node, frozen=True, tag="remove", tag_field="type"):
    """Deletes the rows that meet the condition, and what belongs to them."""

    table: Table
    where: Annotated[Where, Meta(description="Which rows.")]


class Reject(Node, frozen=True, tag="reject", tag_field="type"):
    """Ends the operation with an error; everything it has written is undone, unless it is to be kept."""

    status: Annotated[int, Meta(ge=400, le=499, description="HTTP status.")]
    message: Annotated[Expression, Meta(description="What went wrong, a string for people.")]
    keep: Annotated[
        bool,
        Meta(description="Whether what was written stays, such as the record of a failed attempt."),
    ] = False


class Return(Node, frozen=True, tag="return", tag_field="type"):
    """Ends the operation with its response."""

    value: Annotated[
        Expression | None,
        Meta(description="The response body, exactly where the operation has one."),
    ] = None


Statement = (
    Declare
    | If
    | ForEach
    | Call
    | Authenticate
    | AssertEqual
    | AssertNotEqual
    | AssertThat
    | AssertRejected
    | Insert
    | Update
    | Remove
    | Reject
    | Return
)
"""What a program does."""

ONLY_IN_TESTS = frozenset(
    {
        "call",
        "authenticate",
        "assertEqual",
        "assertNotEqual",
        "assertThat",
        "assertRejected",
        "randomBoolean",
        "randomInteger",
        "randomNumber",
        "randomString",
        "randomFormat",
        "randomKeyword",
        "randomPick",
        "randomSample",
        "repeat",
    }
)
ONLY_IN_OPERATIONS = frozenset(
    {
        "insert",
        "update",
        "remove",
        "reject",
        "return",
        "findOne",
        "findMany",
        "count",
        "exists",
        "aggregate",
    }
)


class Session(Node, frozen=True):
    """One client of the API. It keeps the token that it was given."""

    name: Name
    actor: Annotated[str | None, Meta(description="Which actor it plays; null for a guest.")]


class TestProgram(Node, frozen=True):
    """A test of one scenario, over the API alone."""

    absent_variants: ClassVar[frozenset[str]] = ONLY_IN_OPERATIONS

    scenario: Annotated[str, Meta(min_length=1, max_length=200, description="The scenario, as it was given.")]
    sessions: Annotated[tuple[Session, ...], Meta(min_length=1, description="The clients, each used.")]
    statements: Annotated[
        tuple[Statement, ...],
        Meta(min_length=1, description="What they do, with at least one request and one assertion."),
    ]


class OperationProgram(Node, frozen=True):
    """What the backend does for one operation.

    Predeclared: `path` (the path parameters), `body` (the request body), `actor` (the row of whoever is
    signed in; null for guests) and `now` (the time of the request). All writes are one transaction.
    """

    absent_variants: ClassVar[frozenset[str]] = ONLY_IN_TESTS

    operation: Annotated[OperationKey, Meta(description="The operation, as it was given.")]
    statements: Annotated[
        tuple[Statement, ...],
        Meta(min_length=1, description="What it does; every path through it ends in return or reject."),
    ]
