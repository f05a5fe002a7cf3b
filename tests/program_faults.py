"""Mistakes of types and names, planted into programs that have none: what is to be reported, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path

Json = dict[str, Any]
NOWHERE = "nowhereAtAll"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be reported."""

    path: Path
    code: str


Plant = Callable[[Json], tuple[Path, str] | None]
"""Damages a node; gives where inside of it what is to be reported, or None where it cannot."""


def text(value: str = "a") -> Json:
    return {"type": "stringLiteral", "value": value}


def put(key: str, value: Any, code: str) -> Plant:
    """Another value of a property, which is then wrong."""

    def plant(node: Json) -> tuple[Path, str]:
        node[key] = value
        return (key,), code

    return plant


def first(key: str, value: Any, code: str) -> Plant:
    """Another first element of an array, which is then wrong."""

    def plant(node: Json) -> tuple[Path, str] | None:
        if not node.get(key):
            return None
        node[key][0] = value
        return (key, 0), code

    return plant


def shorter(key: str, code: str) -> Plant:
    """An array without its last element, which is then too short."""

    def plant(node: Json) -> tuple[Path, str] | None:
        return ((key,), code) if node.get(key) and node[key].pop() else None

    return plant


def repeated(node: Json) -> tuple[Path, str] | None:
    if not node["properties"]:
        return None
    node["properties"].append(node["properties"][0])
    return ("properties", len(node["properties"]) - 1, "name"), "duplicate-property"


def ordered(node: Json) -> tuple[Path, str] | None:
    if node["operator"] in ("===", "!=="):
        return None
    node["left"] = {"type": "booleanLiteral", "value": True}
    return ("left",), "operand-type"


def of_request(plant: Plant) -> Plant:
    def inside(node: Json) -> tuple[Path, str] | None:
        found = plant(node["request"])
        return (("request", *found[0]), found[1]) if found else None

    return inside


def unknown_operation(request: Json) -> tuple[Path, str]:
    request["operation"]["path"] = f"/{NOWHERE}"
    return ("operation",), "unknown-operation"


def without_values(node: Json) -> tuple[Path, str]:
    node["values"] = []
    return ("values",), "incomplete-row"


def another_answer(node: Json) -> tuple[Path, str] | None:
    if "value" not in node:
        return None
    node["value"] = text()
    return ("value",), "type-mismatch"


def arrow_names(name: str, code: str) -> Plant:
    def plant(node: Json) -> tuple[Path, str]:
        node["arrow"]["parameter"] = name
        return ("arrow", "parameter"), code

    return plant


_REQUEST = (
    of_request(unknown_operation),
    of_request(put("session", NOWHERE, "unknown-session")),
    of_request(shorter("pathParameters", "missing-path-parameter")),
)
_ARROW = (
    put("array", text(), "operand-type"),
    arrow_names("let", "reserved-name"),
    arrow_names("Upper", "invalid-name"),
)
_TABLE = (put("table", NOWHERE, "no-such-table"),)
_INTEGER = {"type": "integerLiteral", "value": 1}
_NAMED: dict[str, str] = {
    "identifier": "unknown-name",
    "property": "unknown-property",
    "optionalProperty": "unknown-property",
    "field": "no-such-column",
    "isNull": "no-such-column",
}
PLANTS: dict[str, tuple[Plant, ...]] = {
    **{tag: (put("name", NOWHERE, code),) for tag, code in _NAMED.items()},
    "related": (put("relation", NOWHERE, "no-such-relation"),),
    "arithmetic": (put("left", text(), "operand-type"), put("right", text(), "operand-type")),
    "negate": (put("operand", text(), "operand-type"),),
    "not": (put("operand", text(), "condition-type"),),
    "compare": (ordered,),
    "conditional": (
        put("condition", text(), "condition-type"),
        put("condition", {"type": "booleanLiteral", "value": True}, "constant-condition"),
    ),
    "if": (put("condition", _INTEGER, "condition-type"),),
    "template": (first("parts", {"type": "nullLiteral"}, "operand-type"),),
    "invoke": (shorter("arguments", "argument-count"),),
    "objectLiteral": (repeated,),
    "merge": (repeated, put("base", text(), "operand-type")),
    **dict.fromkeys(("map", "filter", "find", "some", "every", "sort", "sum", "groupCount"), _ARROW),
    "forEach": (put("array", text(), "operand-type"), put("item", "let", "reserved-name")),
    "repeat": (put("count", text(), "operand-type"), arrow_names("let", "reserved-name")),
    "element": (put("index", text(), "operand-type"),),
    "length": (put("of", _INTEGER, "operand-type"),),
    "slice": (put("start", text(), "operand-type"), put("array", text(), "operand-type")),
    "distinct": (put("array", text(), "operand-type"),),
    "randomInteger": (put("minimum", text(), "operand-type"),),
    "randomNumber": (put("maximum", text(), "operand-type"),),
    "randomString": (put("minLength", text(), "operand-type"),),
    "randomPick": (put("array", text(), "operand-type"),),
    "randomSample": (put("count", text(), "operand-type"),),
    **dict.fromkeys(("findOne", "findMany", "count", "exists", "aggregate", "update", "remove"), _TABLE),
    "insert": (*_TABLE, without_values),
    "declare": (put("name", "let", "reserved-name"), put("name", "Upper", "invalid-name")),
    "call": _REQUEST,
    "assertRejected": _REQUEST,
    "authenticate": (
        put("token", _INTEGER, "type-mismatch"),
        put("session", NOWHERE, "unknown-session"),
    ),
    "assertThat": (put("condition", text(), "operand-type"),),
    "reject": (put("message", _INTEGER, "type-mismatch"),),
    "return": (another_answer,),
}


def plant(program: Any, random: Random, tag: str) -> tuple[Any, Fault] | None:
    """A program with a fault at one of its nodes of variant ``tag``, if it has any that can take one."""
    tree = msgspec.json.decode(msgspec.json.encode(program))
    places = [(path, node) for path, node in nodes(tree) if node.get("type") == tag]
    if not places:
        return None
    path, node = random.choice(places)
    found = random.choice(PLANTS[tag])(node)
    if found is None:
        return None
    return msgspec.convert(tree, type(program)), Fault((*path, *found[0]), found[1])


def nodes(tree: Any) -> Iterator[tuple[Path, Json]]:
    """Every object of a tree, with its path."""
    rest: list[tuple[Path, Any]] = [((), tree)]
    while rest:
        path, one = rest.pop()
        if isinstance(one, dict):
            yield path, one
            rest += [((*path, key), inner) for key, inner in one.items()]
        elif isinstance(one, list):
            rest += [((*path, index), inner) for index, inner in enumerate(one)]
