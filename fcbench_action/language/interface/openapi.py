"""OpenAPI 3.1 and JSON Schema from an interface without errors.

Types that are named and not at hand, as in a part of an interface, stand as schemas that accept anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from fcbench_action.language.interface.nodes import (
    REFERENCE_PREFIX,
    Array,
    Body,
    Constant,
    Document,
    Object,
    OneOf,
    Operation,
    Reference,
    Schema,
)
from fcbench_action.language.interface.rules.names import accessor
from fcbench_action.language.interface.walk import target, walk

Json = dict[str, Any]

_SESSION = "session"


def emit_openapi(document: Document, title: str = "API") -> str:
    """The OpenAPI document as indented JSON text, ending in a newline. Deterministic."""
    return msgspec.json.format(msgspec.json.encode(openapi(document, title)), indent=2).decode() + "\n"


def openapi(document: Document, title: str = "API") -> Json:
    """The OpenAPI 3.1 document of an interface.

    ``x-table``, ``x-role``, ``x-authorization-type`` and ``x-prerequisites`` carry what OpenAPI has no word
    for.
    """
    paths: dict[str, Json] = {}
    names: set[str] = set()
    for operation in document.operations:
        name = accessor(operation.path, operation.name)
        name = f"{name}.{operation.method}" if name in names else name
        names.add(name)
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, name)
    components: Json = {"schemas": json_schemas(document.components.schemas)}
    for absent in sorted(_mentioned(document) - components["schemas"].keys()):
        components["schemas"][absent] = {"description": "Not part of this document."}
    if any(operation.authorization_role is not None for operation in document.operations):
        components["securitySchemes"] = {_SESSION: {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.0.0"},
        "paths": paths,
        "components": components,
    }


def json_schemas(schemas: Mapping[str, Schema]) -> dict[str, Json]:
    """Every named type as JSON Schema; references stay as they are."""
    return {name: to_json_schema(schema) for name, schema in schemas.items()}


def type_schema(schemas: Mapping[str, Schema], name: str) -> Json:
    """A self-contained JSON Schema for the type ``name``: ``components`` ride along for its references."""
    return {"$ref": REFERENCE_PREFIX + name, "components": {"schemas": json_schemas(schemas)}}


def to_json_schema(schema: Schema) -> Json:
    """One schema tree as plain JSON Schema. Expects a tree no deeper than the check allows."""
    match schema:
        case Constant():
            parts: Json = {"const": schema.const}
        case Reference():
            parts = {"$ref": schema.ref}
        case OneOf():
            parts = {"oneOf": [to_json_schema(one) for one in schema.one_of]}
        case Array():
            parts = {**_plain(schema, "items"), "items": to_json_schema(schema.items)}
        case Object():
            parts = _object(schema)
        case _:
            parts = _plain(schema)
    return {**parts, "description": schema.description} if schema.description else parts


def _object(schema: Object) -> Json:
    parts: Json = {
        "type": "object",
        "properties": {name: to_json_schema(inner) for name, inner in schema.properties.items()},
    }
    if schema.required:
        parts["required"] = list(schema.required)
    if not schema.additional_properties:
        parts["additionalProperties"] = False
    if schema.table is not None:
        parts["x-table"] = schema.table
    return parts


def _plain(schema: Schema, *without: str) -> Json:
    """Type and limits, which have the same names in JSON Schema."""
    parts: Json = {"type": schema.__struct_config__.tag}
    for field, key in zip(schema.__struct_fields__, schema.__struct_encode_fields__, strict=True):
        value = getattr(schema, field)
        if key not in (*without, "description") and value is not None and value is not False:
            parts[key] = value
    return parts


def _mentioned(document: Document) -> set[str]:
    """The types that bodies and references name."""
    bodies = [body for o in document.operations for body in (o.request_body, o.response_body) if body]
    roots = [*document.components.schemas.values()]
    visits = [visit.schema for root in roots for visit in walk((), root)]
    return {body.type_name for body in bodies} | {target(v) for v in visits if isinstance(v, Reference)}


def _operation(operation: Operation, name: str) -> Json:
    parts: Json = {
        "operationId": name,
        "summary": operation.summary,
        "description": operation.description,
    }
    if operation.parameters:
        parts["parameters"] = [
            {
                "name": parameter.name,
                "in": "path",
                "required": True,
                "description": parameter.description,
                "schema": to_json_schema(parameter.schema),
            }
            for parameter in operation.parameters
        ]
    if operation.request_body is not None:
        parts["requestBody"] = {"required": True, **_body(operation.request_body)}
    response = operation.response_body
    parts["responses"] = {
        str(success_status(operation)): _body(response) if response else {"description": "Done."}
    }
    if operation.authorization_role is not None:
        parts["security"] = [{_SESSION: []}]
        parts["x-role"] = operation.authorization_role
    if operation.authorization_type is not None:
        parts["x-authorization-type"] = operation.authorization_type
    if operation.prerequisites:
        parts["x-prerequisites"] = _prerequisites(operation)
    return parts


def success_status(operation: Operation) -> int:
    """The HTTP status of success."""
    if operation.response_body is None:
        return 204
    return 201 if operation.method == "post" else 200


def _body(body: Body) -> Json:
    schema = {"$ref": REFERENCE_PREFIX + body.type_name}
    return {"description": body.description, "content": {"application/json": {"schema": schema}}}


def _prerequisites(operation: Operation) -> list[Json]:
    return [
        {"endpoint": f"{p.endpoint.method} {p.endpoint.path}", "description": p.description}
        for p in operation.prerequisites
    ]
