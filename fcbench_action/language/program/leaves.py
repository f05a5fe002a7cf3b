"""Expressions and parts of reads that hold no other expression, and what fields have in common."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from fcbench_action.language.node import Node

INT64 = 2**63
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=60,
        description="A name in camelCase, declared once in the program and no word of TypeScript.",
    ),
]
Table = Annotated[str, Meta(min_length=1, max_length=63, description="Name of the table.")]

Builtin = Literal[
    "lower",
    "upper",
    "trim",
    "startsWith",
    "endsWith",
    "contains",
    "split",
    "join",
    "floor",
    "ceil",
    "round",
    "min",
    "max",
    "abs",
    "addSeconds",
    "isBefore",
    "uuid",
    "hashPassword",
    "verifyPassword",
    "issueToken",
    "digest",
    "randomText",
]


class BooleanLiteral(Node, frozen=True, tag="booleanLiteral", tag_field="type"):
    """true or false."""

    value: Annotated[bool, Meta(description="The value.")]


class IntegerLiteral(Node, frozen=True, tag="integerLiteral", tag_field="type"):
    """A whole number of 64 bits."""

    value: Annotated[int, Meta(ge=-INT64, le=INT64 - 1, description="The value, written without a fraction.")]


class NumberLiteral(Node, frozen=True, tag="numberLiteral", tag_field="type"):
    """A number that need not be whole."""

    value: Annotated[float, Meta(description="The value.")]


class StringLiteral(Node, frozen=True, tag="stringLiteral", tag_field="type"):
    """A text."""

    value: Annotated[str, Meta(description="The text itself, unquoted.")]


class NullLiteral(Node, frozen=True, tag="nullLiteral", tag_field="type"):
    """null."""


class Identifier(Node, frozen=True, tag="identifier", tag_field="type"):
    """The value of a declared or predeclared name."""

    name: Annotated[str, Meta(min_length=1, max_length=60, description="The name.")]


class RandomBoolean(Node, frozen=True, tag="randomBoolean", tag_field="type"):
    """A random boolean."""


class RandomFormat(Node, frozen=True, tag="randomFormat", tag_field="type"):
    """A random text of a well-known shape."""

    format: Annotated[Literal["uuid", "date-time", "date", "email", "uri"], Meta(description="The shape.")]


class RandomKeyword(Node, frozen=True, tag="randomKeyword", tag_field="type"):
    """A random text of a kind that people write."""

    kind: Annotated[
        Literal["name", "word", "sentence", "paragraph", "title"], Meta(description="What it looks like.")
    ]


class IsNull(Node, frozen=True, tag="isNull", tag_field="type"):
    """A nullable column holds nothing."""

    name: Annotated[str, Meta(min_length=1, max_length=63, description="Name of the column.")]


class OrderBy(Node, frozen=True):
    """A column to sort by."""

    name: Annotated[str, Meta(min_length=1, max_length=63, description="Name of the column.")]
    direction: Annotated[Literal["asc", "desc"], Meta(description="Ascending or descending; nulls first.")]
