"""A small application for tests of programs: members write notes, with tags, and admins look at them."""

from __future__ import annotations

from typing import Any

import msgspec

from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.program.backend import Backend, Template
from fcbench_action.language.program.environment import Environment, environment
from fcbench_action.language.program.statements import OperationProgram, TestProgram

Json = dict[str, Any]


def application() -> Application:
    """Members, admins, notes (with parents) and tags of notes; a column of every type."""
    models = [
        model("members", plain=[("email", "string", False), ("hash", "string", False)], unique=[["email"]]),
        model("admins", plain=[("name", "string", False)]),
        model(
            "notes",
            foreign=[("author_id", "author", "members", False), ("parent_id", "parent", "notes", True)],
            plain=[
                ("title", "string", False),
                ("text", "string", True),
                ("stars", "int", False),
                ("rating", "int", True),
                ("weight", "double", True),
                ("pinned", "boolean", False),
                ("hidden", "boolean", True),
                ("link", "uri", True),
                ("due_at", "datetime", True),
                ("created_at", "datetime", False),
            ],
            unique=[["author_id", "title"]],
        ),
        model("tags", foreign=[("note_id", "note", "notes", False)], plain=[("name", "string", False)]),
    ]
    file = {"filename": "schema-01-main.prisma", "namespace": "Main", "models": models}
    return msgspec.convert({"files": [file]}, Application)


def model(name: str, foreign: Any = (), plain: Any = (), unique: Any = ()) -> Json:
    return {
        "name": name,
        "description": f"Rows of {name}.",
        "material": False,
        "stance": "primary",
        "primaryField": {"name": "id", "type": "uuid", "description": "Key."},
        "foreignFields": [
            {
                "name": column,
                "type": "uuid",
                "description": "Key.",
                "relation": {"name": relation, "targetModel": target},
                "unique": False,
                "nullable": nullable,
            }
            for column, relation, target, nullable in foreign
        ],
        "plainFields": [
            {"name": column, "type": kind, "description": "Value.", "nullable": nullable}
            for column, kind, nullable in plain
        ],
        "uniqueIndexes": [{"fieldNames": fields, "unique": True} for fields in unique],
        "plainIndexes": [],
        "ginIndexes": [],
    }


STRING: Json = {"type": "string"}
UUID: Json = {"type": "string", "format": "uuid"}
TIME: Json = {"type": "string", "format": "date-time"}
INTEGER: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
BOOLEAN: Json = {"type": "boolean"}


def nullable(schema: Json) -> Json:
    return {"type": "oneOf", "oneOf": [schema, {"type": "null"}]}


def ref(name: str) -> Json:
    return {"type": "reference", "$ref": f"#/components/schemas/{name}"}


def object_type(required: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def document() -> Document:
    """Joining, logging in, and notes."""
    note = {
        "id": UUID,
        "author": ref("IMember"),
        "title": STRING,
        "stars": INTEGER,
        "weight": nullable(NUMBER),
        "pinned": BOOLEAN,
        "created_at": TIME,
    }
    draft = {"title": {"type": "string", "minLength": 1, "maxLength": 80}, "stars": INTEGER}
    schemas = {
        "IMember": object_type({"id": UUID, "email": STRING}),
        "IJoin": object_type({"email": {"type": "string", "format": "email"}, "password": STRING}),
        "IAuthorized": object_type({"member": ref("IMember"), "token": STRING}),
        "INote": object_type(note, {"text": STRING, "due_at": nullable(TIME), "children": children()}),
        "INote.ICreate": object_type(
            draft, {"text": STRING, "weight": NUMBER, "due_at": nullable(TIME), "parent": UUID}
        ),
        "INote.IRequest": object_type({}, {"page": {"type": "integer", "minimum": 1}, "words": STRING}),
        "IPage": object_type({"data": {"type": "array", "items": ref("INote")}, "total": INTEGER}),
        "IAny": object_type(
            {},
            {
                "text": STRING,
                "code": {"type": "string", "maxLength": 5},
                "numbers": {"type": "array", "items": INTEGER},
            },
        ),
    }
    operations = [
        operation("post", "/members", body="IJoin", response="IAuthorized"),
        operation("get", "/members/me", response="IMember", role="member"),
        operation("post", "/notes", body="INote.ICreate", response="INote", role="member"),
        operation("patch", "/notes", body="INote.IRequest", response="IPage", role="member"),
        operation("get", "/notes/{noteId}", response="INote", role="member", parameters={"noteId": UUID}),
        operation("delete", "/notes/{noteId}", role="member", parameters={"noteId": UUID}),
        operation("get", "/notes/top", response="INote"),
        operation(
            "get",
            "/pages/{number}/{exact}",
            response="IAny",
            parameters={"number": INTEGER, "exact": BOOLEAN},
        ),
        operation("delete", "/members", role="admin"),
        operation("post", "/any", body="IAny", response="IAny"),
        operation("post", "/admins", response="IAuthorized"),
    ]
    actors = [
        {"name": "member", "kind": "member", "table": "members"},
        {"name": "admin", "kind": "admin", "table": "admins"},
    ]
    return msgspec.convert(
        {"operations": operations, "components": {"schemas": schemas, "authorization": actors}}, Document
    )


def children() -> Json:
    return {"type": "array", "items": ref("INote")}


def operation(
    method: str,
    path: str,
    *,
    body: str | None = None,
    response: str | None = None,
    role: str | None = None,
    parameters: Json | None = None,
) -> Json:
    return {
        "method": method,
        "path": path,
        "name": f"{method}{len(path)}",
        "summary": "An operation.",
        "description": "An operation.",
        "parameters": [
            {"name": name, "description": "A parameter.", "schema": schema}
            for name, schema in (parameters or {}).items()
        ],
        "requestBody": body and {"description": "Body.", "typeName": body},
        "responseBody": response and {"description": "Body.", "typeName": response},
        "authorizationRole": role,
        "authorizationType": None,
    }


def world() -> Environment:
    return environment(application(), document())


def backend(operations: dict[str, list[Json]], **options: Any) -> Backend:
    """A backend of operations by ``"post /notes"``, each the statements of its program as JSON."""
    programs = {}
    for key, statements in operations.items():
        method, path = key.split(" ")
        tree = {"operation": {"method": method, "path": path}, "statements": statements}
        programs[method, path] = msgspec.convert(tree, OperationProgram)
    return Backend(world(), programs, Template(application()), **options)


def program(*statements: Json, sessions: tuple[str, ...] = ("alice", "bob")) -> TestProgram:
    """A test of these statements."""
    tree = {
        "scenario": "A scenario.",
        "sessions": [{"name": name, "actor": None} for name in sessions],
        "statements": statements,
    }
    return msgspec.convert(tree, TestProgram)


def lit(value: Any) -> Json:
    """A literal; arrays and objects hold literals."""
    if value is None:
        return {"type": "nullLiteral"}
    if isinstance(value, bool):
        return {"type": "booleanLiteral", "value": value}
    if isinstance(value, int):
        return {"type": "integerLiteral", "value": value}
    if isinstance(value, float):
        return {"type": "numberLiteral", "value": value}
    if isinstance(value, str):
        return {"type": "stringLiteral", "value": value}
    if isinstance(value, list):
        return {"type": "arrayLiteral", "elements": [lit(one) for one in value]}
    return obj(**{name: lit(one) for name, one in value.items()})


def obj(**values: Json) -> Json:
    return {"type": "objectLiteral", "properties": props(**values)}


def props(**values: Json) -> list[Json]:
    return [{"name": name, "value": value} for name, value in values.items()]


def var(path: str) -> Json:
    """A name, and properties of it: ``body.title``."""
    name, *rest = path.split(".")
    found: Json = {"type": "identifier", "name": name}
    for one in rest:
        found = {"type": "property", "object": found, "name": one}
    return found


def field(name: str, operator: str, value: Json) -> Json:
    return {"type": "field", "name": name, "operator": operator, "value": value}


def call(session: str, key: str, body: Json | None = None, bind: str | None = None, **path: Json) -> Json:
    return {"type": "call", "request": request(session, key, body, **path), "bind": bind}


def request(session: str, key: str, body: Json | None = None, **path: Json) -> Json:
    method, _, place = key.partition(" ")
    return {
        "session": session,
        "operation": {"method": method, "path": place},
        "pathParameters": props(**path),
        "body": body,
    }


def invoke(function: str, *arguments: Json) -> Json:
    return {"type": "invoke", "function": function, "arguments": list(arguments)}


EVERYTHING: Json = {"type": "all", "of": []}
JOIN: list[Json] = [
    {
        "type": "if",
        "condition": {
            "type": "exists",
            "table": "members",
            "where": field("email", "equals", var("body.email")),
        },
        "then": [{"type": "reject", "status": 409, "message": lit("taken")}],
    },
    {
        "type": "insert",
        "table": "members",
        "values": props(email=var("body.email"), hash=invoke("hashPassword", var("body.password"))),
        "bind": "member",
    },
    {
        "type": "return",
        "value": obj(member=var("member"), token=invoke("issueToken", var("member.id"))),
    },
]
WRITE: list[Json] = [
    {
        "type": "insert",
        "table": "notes",
        "values": props(
            author_id=var("actor.id"),
            parent_id=var("body.parent"),
            title=var("body.title"),
            text=var("body.text"),
            stars=var("body.stars"),
            weight=var("body.weight"),
            pinned=lit(False),
            due_at=var("body.due_at"),
            created_at=var("now"),
        ),
        "bind": "note",
    },
    {
        "type": "return",
        "value": {"type": "merge", "base": var("note"), "properties": props(author=var("actor"))},
    },
]
READ: list[Json] = [
    {
        "type": "declare",
        "name": "note",
        "value": {
            "type": "findOne",
            "table": "notes",
            "where": {
                "type": "all",
                "of": [
                    field("id", "equals", var("path.noteId")),
                    field("author_id", "equals", var("actor.id")),
                ],
            },
        },
    },
    {
        "type": "if",
        "condition": {"type": "not", "operand": var("note")},
        "then": [{"type": "reject", "status": 404, "message": lit("no such note")}],
    },
    {
        "type": "return",
        "value": {"type": "merge", "base": var("note"), "properties": props(author=var("actor"))},
    },
]
"""Reference programs of `post /members`, `post /notes` and `get /notes/{noteId}`."""

REFERENCE = {"post /members": JOIN, "post /notes": WRITE, "get /notes/{noteId}": READ}
