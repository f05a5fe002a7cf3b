"""Small damage to programs, at random places: most of it is noticed by a type checker, and some is not.

Damage knows the shape of trees and nothing of types, so what is left of a program is a fair question to ask
of two checkers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any, TypeVar

import msgspec

from fcbench_action.language.node import Node

Json = dict[str, Any]
ProgramType = TypeVar("ProgramType", bound=Node)

_WHERE = {"all", "any", "negation", "field", "isNull", "related"}
_STATEMENTS = {
    "declare",
    "if",
    "forEach",
    "call",
    "authenticate",
    "assertEqual",
    "assertNotEqual",
    "assertThat",
    "assertRejected",
    "insert",
    "update",
    "remove",
    "reject",
    "return",
}
_CHOICES = {
    "compare": ["===", "!==", "<", "<=", ">", ">="],
    "logical": ["&&", "||", "??"],
    "arithmetic": ["+", "-", "*", "/", "%"],
}
_LITERALS: list[Json] = [
    {"type": "nullLiteral"},
    {"type": "integerLiteral", "value": 0},
    {"type": "integerLiteral", "value": 1},
    {"type": "numberLiteral", "value": 0.5},
    {"type": "stringLiteral", "value": ""},
    {"type": "stringLiteral", "value": "milk"},
    {"type": "booleanLiteral", "value": True},
    {"type": "arrayLiteral", "elements": []},
]


def damaged(program: ProgramType, random: Random, times: int = 1) -> ProgramType | None:
    """The program with so many changes; None where that is no tree of the language, or the same one."""
    tree: Json = json.loads(msgspec.json.encode(program))
    for _ in range(times):
        _DAMAGES[random.randrange(len(_DAMAGES))](tree, random)
    try:
        found = msgspec.convert(tree, type(program))
    except msgspec.ValidationError:
        return None
    return found if found != program else None


def _nodes(tree: Any) -> Iterator[Json]:
    """Every tagged node."""
    rest = [tree]
    while rest:
        one = rest.pop()
        if isinstance(one, dict):
            if "type" in one:
                yield one
            rest += one.values()
        elif isinstance(one, list):
            rest += one


def _group(node: Json) -> str:
    if node["type"] in _WHERE:
        return "where"
    return "statement" if node["type"] in _STATEMENTS else "expression"


def _become(node: Json, other: Json) -> None:
    copy = json.loads(json.dumps(other))
    node.clear()
    node.update(copy)


def _pick(tree: Json, random: Random, *groups: str) -> Json | None:
    found = [node for node in _nodes(tree) if _group(node) in groups]
    return random.choice(found) if found else None


def _swap_for_another(tree: Json, random: Random) -> None:
    """A node becomes a copy of another one of its kind."""
    group = random.choice(["expression", "expression", "expression", "where", "statement"])
    if (node := _pick(tree, random, group)) and (other := _pick(tree, random, group)):
        _become(node, other)


def _swap_for_literal(tree: Json, random: Random) -> None:
    if node := _pick(tree, random, "expression"):
        _become(node, random.choice(_LITERALS))


def _change_operator(tree: Json, random: Random) -> None:
    found = [node for node in _nodes(tree) if node["type"] in _CHOICES]
    if found:
        node = random.choice(found)
        node["operator"] = random.choice(_CHOICES[node["type"]])


def _unwrap(tree: Json, random: Random) -> None:
    """An expression becomes one of its parts: a check for null is lost."""
    if node := _pick(tree, random, "expression"):
        parts = [
            v for v in node.values() if isinstance(v, dict) and "type" in v and _group(v) == "expression"
        ]
        if parts:
            _become(node, random.choice(parts))


def _wrap(tree: Json, random: Random) -> None:
    if node := _pick(tree, random, "expression"):
        inner = json.loads(json.dumps(node))
        other = _pick(tree, random, "expression") or inner
        wrappers: list[Json] = [
            {"type": "not", "operand": inner},
            {"type": "logical", "operator": "??", "left": inner, "right": other},
            {"type": "logical", "operator": "&&", "left": inner, "right": other},
            {"type": "compare", "operator": "===", "left": inner, "right": {"type": "nullLiteral"}},
            {"type": "conditional", "condition": inner, "whenTrue": other, "whenFalse": inner},
            {"type": "arrayLiteral", "elements": [inner, other]},
            {"type": "element", "array": inner, "index": {"type": "integerLiteral", "value": 0}},
        ]
        _become(node, random.choice(wrappers))


def _drop_statement(tree: Json, random: Random) -> None:
    lists = [
        one
        for node in [tree, *_nodes(tree)]
        for key in ("statements", "then", "else", "body")
        if (one := node.get(key))
    ]
    lists = [one for one in lists if isinstance(one, list)]
    if lists:
        chosen = random.choice(lists)
        del chosen[random.randrange(len(chosen))]


def _drop_part(tree: Json, random: Random) -> None:
    """A property, an element or a condition less."""
    lists = [
        value
        for node in _nodes(tree)
        for key, value in node.items()
        if key in ("properties", "elements", "of", "values", "parts", "orderBy")
        and isinstance(value, list)
        and value
    ]
    if lists:
        chosen = random.choice(lists)
        del chosen[random.randrange(len(chosen))]


def _rename(tree: Json, random: Random) -> None:
    """A property or name becomes another one of the program."""
    named = [
        node for node in _nodes(tree) if isinstance(node.get("name"), str) and _group(node) != "statement"
    ]
    if named:
        node, other = random.choice(named), random.choice(named)
        node["name"] = other["name"]


_DAMAGES = (
    _swap_for_another,
    _swap_for_another,
    _swap_for_literal,
    _change_operator,
    _unwrap,
    _wrap,
    _drop_statement,
    _drop_part,
    _rename,
)
