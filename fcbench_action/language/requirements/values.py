"""The types of attributes: what a value of the domain may be. No JSON and no column yet, but exact."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from fcbench_action.language.node import Node

INT64 = 2**63
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Whole = Annotated[int, Meta(ge=-INT64, le=INT64 - 1)]


class BooleanType(Node, frozen=True, tag="boolean", tag_field="type"):
    """true or false."""


class IntegerType(Node, frozen=True, tag="integer", tag_field="type"):
    """A whole number; also money in its smallest unit."""

    minimum: Annotated[Whole | None, Meta(description="The least value. Left out: no limit.")] = None
    maximum: Annotated[Whole | None, Meta(description="The greatest value. Left out: no limit.")] = None


class NumberType(Node, frozen=True, tag="number", tag_field="type"):
    """A number that need not be whole."""

    minimum: Annotated[float | None, Meta(description="The least value. Left out: no limit.")] = None
    maximum: Annotated[float | None, Meta(description="The greatest value. Left out: no limit.")] = None


class TextType(Node, frozen=True, tag="text", tag_field="type"):
    """A text. Lengths and pattern all apply where given."""

    min_length: Annotated[Count | None, Meta(description="Fewest characters. Left out: no limit.")] = None
    max_length: Annotated[Count | None, Meta(description="Most characters. Left out: no limit.")] = None
    pattern: Annotated[
        str | None,
        Meta(
            description="A regular expression found somewhere in the text; ^ and $ make it cover all of it. "
            "RE2 syntax: no lookaround, no backreferences. Left out: any text."
        ),
    ] = None


class ChoiceType(Node, frozen=True, tag="choice", tag_field="type"):
    """One of a few texts that the requirements list."""

    values: Annotated[
        tuple[str, ...], Meta(min_length=1, max_length=100, description="The texts, each once, as written.")
    ]


class MomentType(Node, frozen=True, tag="moment", tag_field="type"):
    """A point in time, as an RFC 3339 date-time."""


class DayType(Node, frozen=True, tag="day", tag_field="type"):
    """A day of the calendar, such as 2026-03-01."""


class UriType(Node, frozen=True, tag="uri", tag_field="type"):
    """An absolute URI."""

    max_length: Annotated[Count | None, Meta(description="Most characters. Left out: no limit.")] = None


class IdentifierType(Node, frozen=True, tag="identifier", tag_field="type"):
    """A UUID that refers to nothing any more; what refers to something is a relation instead."""


class ListType(Node, frozen=True, tag="list", tag_field="type"):
    """Several values of one type."""

    of: Annotated[ValueType, Meta(description="The type of each value.")]
    min_items: Annotated[Count | None, Meta(description="Fewest values. Left out: no limit.")] = None
    max_items: Annotated[Count | None, Meta(description="Most values. Left out: no limit.")] = None
    distinct: Annotated[bool, Meta(description="Whether equal values are refused.")] = False


ValueType = (
    BooleanType
    | IntegerType
    | NumberType
    | TextType
    | ChoiceType
    | MomentType
    | DayType
    | UriType
    | IdentifierType
    | ListType
)
