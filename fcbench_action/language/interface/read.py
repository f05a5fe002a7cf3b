"""Reads an interface document from text, for people who compile documents by hand.

Published documents write schemas as plain JSON Schema: references, constants and oneOf carry no ``type``,
enumerations are ``enum``, and there are properties that the language does not have. The judge does not read
this way: it decodes and explains, and tolerates nothing.
"""

from __future__ import annotations

from typing import Any

import msgspec

from fcbench_action.errors import BadInput
from fcbench_action.language.interface.nodes import (
    Actor,
    Array,
    Body,
    Boolean,
    Components,
    Constant,
    Document,
    Endpoint,
    Integer,
    Null,
    Number,
    Object,
    OneOf,
    Operation,
    Parameter,
    Prerequisite,
    Reference,
    String,
)
from fcbench_action.language.node import Node

DEEPEST = 200
"""Levels of nested schemas that are read."""

_VARIANTS: dict[str, type[Node]] = {
    "constant": Constant,
    "boolean": Boolean,
    "integer": Integer,
    "number": Number,
    "string": String,
    "array": Array,
    "object": Object,
    "reference": Reference,
    "oneOf": OneOf,
    "null": Null,
}
_FORMATS = ("uuid", "date-time", "date", "email", "uri")
_TABLE = ("x-autobe-prisma-schema", "x-autobe-database-schema")


def read(text: str | bytes, *, tolerate_unknown: bool = False) -> Document:
    """The document that ``text`` holds as JSON, schemas tagged or plain.

    ``tolerate_unknown`` accepts and drops properties and formats that the language does not have. Raises
    :class:`BadInput` where the text is no interface document.
    """
    try:
        return msgspec.convert(
            normalise(msgspec.json.decode(text), tolerate_unknown=tolerate_unknown), Document
        )
    except RecursionError:
        raise BadInput("the interface document is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise BadInput(f"no interface document: {error}") from None


def normalise(document: Any, *, tolerate_unknown: bool = False) -> Any:
    """``document`` as the language writes it, as far as it has the shape of a document at all.

    Whatever is not understood stays as it is, for the decoder to refuse. Raises :class:`BadInput` where
    schemas are nested deeper than :data:`DEEPEST` levels.
    """
    return _Reader(tolerate_unknown).document(document)


class _Reader:
    def __init__(self, tolerate_unknown: bool) -> None:
        self._tolerate = tolerate_unknown

    def document(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        value = self._known(value, Document)
        components = value.get("components")
        if isinstance(components, dict):
            components = self._known(components, Components)
            _replace(components, "schemas", self._schemas)
            _replace(components, "authorization", lambda actors: self._each(actors, Actor))
            value["components"] = components
        operations = value.get("operations")
        if isinstance(operations, list):
            value["operations"] = [self._operation(operation) for operation in operations]
        return value

    def _operation(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        value = self._known(value, Operation)
        _replace(value, "parameters", lambda items: self._each(items, Parameter))
        for parameter in _dicts(value.get("parameters")):
            _replace(parameter, "schema", lambda schema: self._schema(schema, 0))
        for key in ("requestBody", "responseBody"):
            _replace(value, key, lambda body: self._known(body, Body))
        _replace(value, "prerequisites", lambda items: self._each(items, Prerequisite))
        for prerequisite in _dicts(value.get("prerequisites")):
            _replace(prerequisite, "endpoint", lambda endpoint: self._known(endpoint, Endpoint))
        return value

    def _schemas(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: self._schema(schema, 0) for name, schema in value.items()}

    def _schema(self, value: Any, depth: int) -> Any:
        """A schema with its variant in ``type``."""
        if depth > DEEPEST:
            raise BadInput(f"the document has schemas nested deeper than {DEEPEST} levels")
        if not isinstance(value, dict):
            return value
        value = _tagged(value)
        variant = _VARIANTS.get(value["type"]) if isinstance(value.get("type"), str) else None
        if variant is None:
            return value
        value = self._known(value, variant)
        if self._tolerate and variant is String and value.get("format") not in _FORMATS:
            value.pop("format", None)
        if variant is Object:
            value.setdefault("required", [])
            _replace(
                value,
                "properties",
                lambda inner: (
                    {name: self._schema(schema, depth + 1) for name, schema in inner.items()}
                    if isinstance(inner, dict)
                    else inner
                ),
            )
        _replace(value, "items", lambda items: self._schema(items, depth + 1))
        _replace(
            value,
            "oneOf",
            lambda ones: [self._schema(one, depth + 1) for one in ones] if isinstance(ones, list) else ones,
        )
        return value

    def _each(self, values: Any, node: type[Node]) -> Any:
        return [self._known(value, node) for value in values] if isinstance(values, list) else values

    def _known(self, value: Any, node: type[Node]) -> Any:
        """A copy, without the properties that ``node`` does not have where those are tolerated."""
        if not isinstance(value, dict):
            return value
        if not self._tolerate:
            return dict(value)
        known = {*node.__struct_encode_fields__, node.__struct_config__.tag_field}
        return {key: item for key, item in value.items() if key in known}


def _tagged(schema: dict[str, Any]) -> dict[str, Any]:
    """A plain schema with the variant of the language in ``type``; a tagged one unchanged."""
    schema = dict(schema)
    for key in _TABLE:
        if key in schema:
            schema["table"] = schema.pop(key)
    tag = schema.get("type")
    if "$ref" in schema:
        schema["type"] = "reference"
    elif "const" in schema:
        schema["type"] = "constant"
    elif "oneOf" in schema:
        schema["type"] = "oneOf"
        schema.pop("table", None)
    elif isinstance(schema.get("enum"), list):
        constants = [{"type": "constant", "const": value} for value in schema.pop("enum")]
        schema = {"type": "oneOf", "oneOf": constants, "description": schema.get("description", "")}
    elif isinstance(tag, list) and len(tag) <= len(_VARIANTS) and all(isinstance(one, str) for one in tag):
        shared = {key: item for key, item in schema.items() if key not in ("type", "description")}
        ones = [{**shared, "type": one} if one != "null" else {"type": "null"} for one in tag]
        schema = {"type": "oneOf", "oneOf": ones, "description": schema.get("description", "")}
    elif tag is None and ("properties" in schema or "required" in schema):
        schema.update(type="object", properties=schema.get("properties", {}))
    return schema


def _replace(mapping: dict[str, Any], key: str, change: Any) -> None:
    if key in mapping:
        mapping[key] = change(mapping[key])


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
