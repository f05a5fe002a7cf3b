"""What the simulated endpoint can be told to refuse, or to lose without a word, as real ones do. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from fcbench_action.endpoint.dialects import keywords
from fcbench_action.endpoint.shrinking import shallow, walk

JsonSchema = dict[str, Any]


def _uses(*names: str) -> Callable[[JsonSchema], bool]:
    wanted = set(names)
    return lambda schema: any(name in wanted for name in keywords(schema))


def _recursive(schema: JsonSchema) -> bool:
    """Whether a definition leads to itself."""
    defs = {f"#/$defs/{name}": inner for name, inner in (schema.get("$defs") or {}).items()}
    leads = {name: {r for here in walk(inner) if (r := here.get("$ref"))} for name, inner in defs.items()}
    while ends := {name for name, to in leads.items() if not to & leads.keys()}:
        leads = {name: to for name, to in leads.items() if name not in ends}
    return bool(leads)


def _deep(schema: JsonSchema) -> bool:
    """Whether it is written more than ten levels deep."""
    return "$ref" not in set(keywords(schema)) and shallow(schema) != schema


SCHEMA_REFUSALS: dict[str, Callable[[JsonSchema], bool]] = {
    "recursion": _recursive,
    "$ref": _uses("$ref"),
    "$defs": _uses("$defs"),
    "anyOf": _uses("anyOf"),
    "oneOf": _uses("oneOf"),
    "const": _uses("const"),
    "pattern": _uses("pattern"),
    "additionalProperties": _uses("additionalProperties"),
    "default": _uses("default"),
    "maxLength": _uses("maxLength", "minLength", "maxItems", "minItems"),
    "depth": _deep,
    "enum": lambda schema: any(len(here.get("enum", ())) > 16 for here in walk(schema)),
    "schema": lambda schema: bool(schema.get("properties")),
}


def _speaks(role: str, has: Callable[[dict[str, Any]], bool]) -> Callable[[dict[str, Any]], bool]:
    return lambda request: any(m.get("role") == role and has(m) for m in request["messages"])


REQUEST_REFUSALS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "tools": lambda request: "tools" in request,
    "response_format": lambda request: "response_format" in request,
    "tool_choice": lambda request: isinstance(request.get("tool_choice"), dict),
    "any tool_choice": lambda request: "tool_choice" in request,
    "required": lambda request: request.get("tool_choice") == "required",
    "temperature": lambda request: "temperature" in request,
    "max_tokens": lambda request: "max_tokens" in request,
    "seed": lambda request: "seed" in request,
    "json_schema": lambda request: (request.get("response_format") or {}).get("type") == "json_schema",
    "null content": _speaks("assistant", lambda message: message.get("content") is None),
    "empty content": _speaks("assistant", lambda message: message.get("content") == ""),
    "tool messages": _speaks("tool", lambda _: True),
}
REFUSALS = (*SCHEMA_REFUSALS, *REQUEST_REFUSALS)
"""What it may be told to refuse with HTTP 400, naming it."""

FEEDBACK = "tool messages"
LOSSES = ("$defs", "nested", FEEDBACK)
"""What it may be told to lose without a word: all definitions, properties of properties, what tools said."""


def refusal(request: dict[str, Any], schema: JsonSchema, refused: Collection[str]) -> str | None:
    """The first thing in a request that is refused."""
    found = [name for name, has in REQUEST_REFUSALS.items() if name in refused and has(request)]
    found += [name for name, has in SCHEMA_REFUSALS.items() if name in refused and has(schema)]
    return found[0] if found else None


def lost(schema: JsonSchema, losses: Collection[str]) -> JsonSchema:
    """What is left of a schema."""
    if "$defs" in losses:
        schema = {name: value for name, value in schema.items() if name != "$defs"}
    if "nested" in losses:
        schema = {name: value for name, value in schema.items() if name != "$defs"}
        schema["properties"] = {name: _bare(inner) for name, inner in schema.get("properties", {}).items()}
    return schema


def _bare(schema: JsonSchema) -> JsonSchema:
    return {name: schema[name] for name in ("type", "description", "enum", "const") if name in schema}
