"""The places of a JSON value: each with the schema that holds there, looked up, and changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fcbench_action.diagnostics import Path, Segment

_HOPS = 8
_SEGMENT = re.compile(r'\.([A-Za-z_$][A-Za-z0-9_$]*)|\[([0-9]{1,9})\]|\[("(?:[^"\\]|\\.)*")\]')


@dataclass(frozen=True, slots=True)
class Place:
    """A value inside a value. ``schema`` is the JSON Schema that describes it, as far as it can be told."""

    path: Path
    value: Any
    schema: dict[str, Any]


def places(value: Any, schema: dict[str, Any]) -> list[Place]:
    """Every place of ``value``, the root first. Follows ``$ref``, and ``anyOf`` by tag or by JSON type."""
    return list(_walk(value, schema, schema, ()))


def at(value: Any, path: Path) -> Any:
    """What is at ``path``. Raises LookupError where there is nothing."""
    for segment in path:
        if not _holds(value, segment):
            raise LookupError(path)
        value = value[segment]
    return value


def put(value: Any, path: Path, new: Any) -> None:
    """Replace, or add to an object, what is at ``path``, which is not the root. Raises LookupError."""
    parent = at(value, path[:-1])
    last = path[-1]
    if not (isinstance(parent, dict) and isinstance(last, str)) and not _holds(parent, last):
        raise LookupError(path)
    parent[last] = new


def read_path(text: str) -> Path | None:
    """The path that a text such as ``$.files[0]["a b"]`` writes down; ``None`` where it writes none."""
    try:
        return tuple(
            name or (int(index) if index else json.loads(quoted))
            for name, index, quoted in _SEGMENT.findall(text)
        )
    except ValueError:
        return None


def resolve(schema: Any, root: dict[str, Any]) -> dict[str, Any]:
    """The schema itself in place of references to ``$defs``; an empty one where they lead nowhere."""
    for _ in range(_HOPS):
        if not isinstance(schema, dict):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        definitions = root.get("$defs")
        name = reference.rpartition("/")[2]
        schema = definitions.get(name) if isinstance(definitions, dict) else None
    return {}


def listed(schema: dict[str, Any], keyword: str) -> list[Any]:
    """The list under a keyword; empty where there is none, whatever else stands there."""
    found = schema.get(keyword)
    return found if isinstance(found, list) else []


def _holds(value: Any, segment: Segment) -> bool:
    if isinstance(value, dict):
        return segment in value
    return isinstance(value, list) and isinstance(segment, int) and segment < len(value)


def _walk(value: Any, schema: Any, root: dict[str, Any], path: Path) -> Iterator[Place]:
    here = _choose(value, resolve(schema, root), root)
    yield Place(path, value, here)
    if isinstance(value, dict):
        properties = here.get("properties")
        named = properties if isinstance(properties, dict) else {}
        for key, member in value.items():
            yield from _walk(member, named.get(key, here.get("additionalProperties")), root, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, here.get("items"), root, (*path, index))


def _choose(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The alternative that a valid value means."""
    for _ in range(_HOPS):
        if "anyOf" not in schema:
            return schema
        options = (resolve(option, root) for option in listed(schema, "anyOf"))
        schema = next((option for option in options if _fits(value, option)), {})
    return {}


def _fits(value: Any, schema: dict[str, Any]) -> bool:
    if "anyOf" in schema:
        return True
    if isinstance(value, dict):
        properties = schema.get("properties")
        tag = properties.get("type") if isinstance(properties, dict) else None
        constant = tag.get("const") if isinstance(tag, dict) else None
        return schema.get("type") == "object" and (constant is None or constant == value.get("type"))
    if "const" in schema:
        return bool(schema["const"] == value)
    return schema.get("type") in _names(value) or value in listed(schema, "enum")


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("boolean",)
    if isinstance(value, int):
        return ("integer", "number")
    kinds = {str: "string", float: "number", list: "array", type(None): "null"}
    return (kinds.get(type(value), ""),)
