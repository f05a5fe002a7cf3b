"""An interface of awkward types: enumerations, discriminated unions, recursion, lists of nullable things."""

from __future__ import annotations

from typing import Any

import msgspec

from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.program.environment import Environment, environment
from tests.program_world import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    TIME,
    UUID,
    Json,
    application,
    nullable,
    object_type,
    operation,
    ref,
)


def constant(value: Any) -> Json:
    return {"type": "constant", "const": value}


def one_of(*schemas: Json) -> Json:
    return {"type": "oneOf", "oneOf": list(schemas)}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


SCHEMAS: Json = {
    "IMember": object_type({"id": UUID, "email": STRING}),
    "Kind": one_of(constant("task"), constant("event"), constant("note")),
    "Level": one_of(constant(1), constant(2), constant(3)),
    "Flag": constant(True),
    "ITask": object_type(
        {"kind": constant("task"), "done": BOOLEAN, "level": ref("Level")}, {"due": nullable(TIME)}
    ),
    "IEvent": object_type(
        {"kind": constant("event"), "at": TIME, "guests": array(ref("IMember"))}, {"place": STRING}
    ),
    "INote": object_type({"kind": constant("note"), "text": nullable(STRING)}, {"about": ref("Kind")}),
    "IItem": one_of(ref("ITask"), ref("IEvent"), ref("INote")),
    "ITree": object_type(
        {"value": ref("IItem"), "children": array(ref("ITree"))},
        {"parent": nullable(ref("ITree")), "kinds": array(ref("Kind"))},
    ),
    "IAll": object_type(
        {
            "kind": ref("Kind"),
            "level": nullable(ref("Level")),
            "flag": ref("Flag"),
            "either": one_of(STRING, INTEGER),
            "many": array(array(nullable(ref("Kind")))),
            "item": nullable(ref("IItem")),
            "list": nullable(array(ref("IItem"))),
        },
        {"optional": ref("IItem"), "pair": object_type({"a": ref("Kind")}, {"b": NUMBER})},
    ),
    "IAll.ISummary": object_type({}, {"class": STRING, "length": INTEGER}),
}

OPERATIONS: list[Json] = [
    operation("post", "/all", body="IAll", response="IAll"),
    operation("post", "/tree", body="ITree", response="ITree", role="member"),
    operation(
        "get",
        "/kinds/{kind}/{level}",
        response="ITask",
        parameters={
            "kind": one_of(constant("a"), constant("b")),
            "level": one_of(constant(1), constant(2)),
        },
    ),
    operation("patch", "/things", body="IAll.ISummary", response="ITree", role="admin"),
    operation("delete", "/things/{id}", parameters={"id": UUID}, role="member"),
]


def awkward_world() -> Environment:
    """That interface, over the database of ``tests/program_world.py``."""
    actors = [
        {"name": "member", "kind": "member", "table": "members"},
        {"name": "admin", "kind": "admin", "table": "admins"},
    ]
    tree = {"operations": OPERATIONS, "components": {"schemas": SCHEMAS, "authorization": actors}}
    return environment(application(), msgspec.convert(tree, Document))
