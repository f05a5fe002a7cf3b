"""The tree of an interface: operations, and the schemas of what they take and give.

Names follow the documents that AutoBE publishes. Two things are ours: every schema says what it is in
``type``, references and constants included, so that a reader never has to guess a variant; and an
object names the database ``table`` it presents, so that its properties can be traced.

An absent limit is ``None`` here and may be left out or ``null`` in JSON.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from fcbench_action.language.node import Node

REFERENCE_PREFIX = "#/components/schemas/"

Description = Annotated[str, Meta(description="One or two sentences for the people who will call this API.")]
Count = Annotated[int, Meta(ge=0)]
Method = Literal["get", "post", "put", "patch", "delete"]


class Constant(Node, frozen=True, tag="constant", tag_field="type"):
    """Exactly one value. A oneOf of constants is an enumeration."""

    const: Annotated[bool | int | float | str, Meta(description="The only value that is accepted.")]
    description: Description = ""


class Boolean(Node, frozen=True, tag="boolean", tag_field="type"):
    """true or false."""

    description: Description = ""


class Integer(Node, frozen=True, tag="integer", tag_field="type"):
    """A whole number."""

    minimum: Annotated[int | None, Meta(description="Smallest accepted value.")] = None
    maximum: Annotated[int | None, Meta(description="Largest accepted value.")] = None
    exclusive_minimum: Annotated[int | None, Meta(description="Values must be greater than this.")] = None
    exclusive_maximum: Annotated[int | None, Meta(description="Values must be less than this.")] = None
    multiple_of: Annotated[int | None, Meta(description="Values must be multiples of this.")] = None
    description: Description = ""


class Number(Node, frozen=True, tag="number", tag_field="type"):
    """A number, whole or not."""

    minimum: Annotated[float | None, Meta(description="Smallest accepted value.")] = None
    maximum: Annotated[float | None, Meta(description="Largest accepted value.")] = None
    exclusive_minimum: Annotated[float | None, Meta(description="Values must be greater than this.")] = None
    exclusive_maximum: Annotated[float | None, Meta(description="Values must be less than this.")] = None
    multiple_of: Annotated[float | None, Meta(description="Values must be multiples of this.")] = None
    description: Description = ""


class String(Node, frozen=True, tag="string", tag_field="type"):
    """A text. Format, pattern and lengths all apply where given."""

    format: Annotated[
        Literal["uuid", "date-time", "date", "email", "uri"] | None,
        Meta(description="A well-known shape that is enforced. date-time is RFC 3339 with an offset."),
    ] = None
    pattern: Annotated[
        str | None,
        Meta(
            description="A regular expression found somewhere in the text; ^ and $ make it cover all of it. "
            "RE2 syntax: no lookaround, no backreferences."
        ),
    ] = None
    min_length: Annotated[Count | None, Meta(description="Fewest characters.")] = None
    max_length: Annotated[Count | None, Meta(description="Most characters.")] = None
    description: Description = ""


class Array(Node, frozen=True, tag="array", tag_field="type"):
    """A list whose elements share one schema."""

    items: Annotated[Schema, Meta(description="The schema of every element.")]
    min_items: Annotated[Count | None, Meta(description="Fewest elements.")] = None
    max_items: Annotated[Count | None, Meta(description="Most elements.")] = None
    unique_items: Annotated[bool, Meta(description="Whether equal elements are refused.")] = False
    description: Description = ""


class Object(Node, frozen=True, tag="object", tag_field="type"):
    """Named properties. A property that may be absent is left out of ``required``; one that may be null
    is a oneOf with null. These are two different things."""

    properties: Annotated[dict[str, Schema], Meta(description="Property name to its schema.")]
    required: Annotated[tuple[str, ...], Meta(description="The properties that must be present.")]
    additional_properties: Annotated[
        bool, Meta(description="Whether properties that are not listed are accepted, whatever they hold.")
    ] = True
    table: Annotated[
        str | None,
        Meta(description="The database table whose rows this type presents, creates or changes, if any."),
    ] = None
    description: Description = ""


class Reference(Node, frozen=True, tag="reference", tag_field="type"):
    """Whatever the named schema of the components accepts."""

    ref: Annotated[str, Meta(description="#/components/schemas/ followed by the name of the schema.")] = (
        field(name="$ref")
    )
    description: Description = ""


class OneOf(Node, frozen=True, tag="oneOf", tag_field="type"):
    """Exactly one of several schemas. Used for nullable values, enumerations and alternatives; a value
    must make clear which one it means, so no two may accept the same value."""

    one_of: Annotated[tuple[Schema, ...], Meta(description="The alternatives, two or more.")]
    description: Description = ""


class Null(Node, frozen=True, tag="null", tag_field="type"):
    """null, and nothing else."""

    description: Description = ""


Schema = Constant | Boolean | Integer | Number | String | Array | Object | Reference | OneOf | Null
"""One node of a schema tree."""


class Parameter(Node, frozen=True):
    """A placeholder of the operation's path."""

    name: Annotated[str, Meta(description="The name between braces in the path, without them.")]
    description: Annotated[str, Meta(description="What it identifies.")]
    schema: Annotated[
        Schema,
        Meta(description="A boolean, integer, number, string or constant schema, or a oneOf of those."),
    ]


class Body(Node, frozen=True):
    """The JSON body of a request or of a successful response."""

    description: Annotated[str, Meta(description="What the body carries.")]
    type_name: Annotated[
        str, Meta(description="The name of an object schema of the components, without any prefix.")
    ]


class Endpoint(Node, frozen=True):
    """An operation, named by its method and path."""

    method: Annotated[Method, Meta(description="HTTP method.")]
    path: Annotated[str, Meta(description="Path template, exactly as the operation writes it.")]


class Prerequisite(Node, frozen=True):
    """An operation that must have succeeded before this one can."""

    endpoint: Annotated[Endpoint, Meta(description="The operation that comes first.")]
    description: Annotated[str, Meta(description="Why it has to.")]


class Operation(Node, frozen=True):
    """One endpoint of the API."""

    method: Annotated[
        Method,
        Meta(
            description="get reads one thing and takes no request body; patch searches, its body holding the "
            "criteria; post creates or performs; put changes; delete removes."
        ),
    ]
    path: Annotated[
        str,
        Meta(
            description="Absolute path; placeholders are whole segments in braces: /authors/{authorId}/books."
        ),
    ]
    name: Annotated[
        str,
        Meta(
            description="camelCase verb, unique among operations whose paths differ only in placeholders: "
            "index, at, create, update, erase, or a verb of the domain."
        ),
    ]
    summary: Annotated[str, Meta(description="One line.")]
    description: Annotated[str, Meta(description="What it does, for whom, and when it is refused.")]
    parameters: Annotated[
        tuple[Parameter, ...], Meta(description="One for each placeholder of the path, in the path's order.")
    ]
    request_body: Annotated[Body | None, Meta(description="null where none is taken.")]
    response_body: Annotated[Body | None, Meta(description="null where success returns nothing.")]
    authorization_role: Annotated[
        str | None,
        Meta(description="The one actor who may call it; null where anybody may, even a stranger."),
    ]
    authorization_type: Annotated[
        Literal["join", "login", "refresh"] | None,
        Meta(
            description="join where it registers an account and signs in, login where it signs in, refresh "
            "where it renews a session's tokens; otherwise null."
        ),
    ]
    prerequisites: Annotated[
        tuple[Prerequisite, ...],
        Meta(
            description="Operations that create what this one needs to exist. Signing in is not one: "
            "the role says that."
        ),
    ] = ()
    specification: Annotated[str, Meta(description="Notes for whoever implements it. May be left out.")] = ""


class Actor(Node, frozen=True):
    """Somebody who calls the API."""

    name: Annotated[str, Meta(description="The name that operations use in authorizationRole.")]
    kind: Annotated[
        Literal["guest", "member", "admin"],
        Meta(description="guest: not signed in; member: signed in; admin: signed in, with wider rights."),
    ]
    description: Annotated[str, Meta(description="Who this is.")] = ""
    table: Annotated[
        str | None, Meta(description="The database table whose rows are these actors; null for guests.")
    ] = None


class Components(Node, frozen=True):
    """What operations share."""

    schemas: Annotated[dict[str, Schema], Meta(description="The named types of bodies and their parts.")]
    authorization: Annotated[
        tuple[Actor, ...], Meta(description="The actors. Empty where the document does not say.")
    ] = ()


class Document(Node, frozen=True):
    """A whole API."""

    operations: Annotated[tuple[Operation, ...], Meta(description="Every endpoint.")]
    components: Annotated[Components, Meta(description="The named types, and the actors.")]
