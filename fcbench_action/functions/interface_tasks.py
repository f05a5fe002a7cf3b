"""What a model fills in the interface phase, and what a case pins.

``OperationsTask`` - the endpoints to fill are pinned (``endpoints``), so are the names of body types
(``types``: name to meaning). ``given`` holds operations of other cases; prerequisites may name them, and the
model sees their method, path and summary. Grading compares actor, authorization type, body
types and prerequisites (as the set of operations that come before, directly or not) with ``reference``, and
tries ``probes``: values that a path parameter must take or refuse.

``SchemasTask`` - the types to fill are pinned (``wanted``: name to meaning), and so are names of properties
(``properties``: name to meaning, for all wanted types together; which type has which, what is required,
nullable or limited is the model's to say). ``helpers`` names further types that the answer may define for
its own use. ``given`` holds schemas of other cases, ``operations`` the operations that use the types. Grading
validates ``payloads`` against the model's schemas, and compares the property names of each wanted type with
``reference``.

For every wanted type there should be payloads of both kinds: a type earns the share of those that it rightly
accepts plus the share of those that it rightly refuses, minus one. A type that accepts everything earns
nothing.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Actor, Endpoint, Method, Operation, Schema
from fcbench_action.language.node import Node


class Operations(Node, frozen=True):
    """The operations asked for."""

    operations: Annotated[
        tuple[Operation, ...], Meta(description="One for each endpoint asked for, and no other.")
    ]


class Schemas(Node, frozen=True):
    """The types asked for."""

    schemas: Annotated[
        dict[str, Schema], Meta(description="Type name to its schema: every type asked for, and no other.")
    ]


class Probe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that a path parameter must accept or refuse; ``requirement`` says by which statement."""

    method: Method
    path: str
    parameter: str
    value: Any
    accepted: bool
    requirement: str = ""


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A JSON value that the named type must accept or refuse; ``requirement`` says by which statement.

    ``name`` says what is special about the value, such as "title of 201 characters".
    """

    name: str
    type: str
    value: Any
    accepted: bool
    requirement: str = ""


class OperationsTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case of ``interface.operations`` pins.

    ``title`` and ``summary`` are of the application, ``module`` and ``brief`` of the module;
    ``requirements`` are (number, text) pairs such as ``("R1", "A member ...")``.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: tuple[tuple[str, str], ...]
    actors: tuple[Actor, ...]
    endpoints: tuple[Endpoint, ...]
    types: dict[str, str]
    reference: Operations
    database: Application | None = None
    given: tuple[Operation, ...] = ()
    probes: tuple[Probe, ...] = ()


class SchemasTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case of ``interface.schemas`` pins.

    ``title`` and ``summary`` are of the application, ``module`` and ``brief`` of the module;
    ``requirements`` are (number, text) pairs such as ``("R1", "A member ...")``.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: tuple[tuple[str, str], ...]
    operations: tuple[Operation, ...]
    wanted: dict[str, str]
    properties: dict[str, str]
    reference: Schemas
    payloads: tuple[Payload, ...]
    database: Application | None = None
    given: dict[str, Schema] = {}
    helpers: dict[str, str] = {}
