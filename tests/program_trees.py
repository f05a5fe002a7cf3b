"""Trees of the program language that need not make sense: whatever the node types allow, and odd texts.

The nodes are found by their types, so that a new node is drawn without a change here. A seed makes the tree,
not hypothesis choice by choice: that gives large trees in good time, and they shrink by their size.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as types

from fcbench_action.language.node import Node

ODD = [
    "class",
    "await",
    "const",
    "true",
    "List",
    "db",
    "api",
    "length",
    "AND",
    "NOT",
    "equals",
    "some",
    "__proto__",
    "a b",
    "1st",
    "ünï",
    "\U0001f600",
    'say "no"',
    "it's",
    "`tick`",
    "\\",
    "\\n",
    "\\u{41}",
    "${x}",
    "$",
    "{",
    "*/ //",
    "/*",
    "\n\r\t\x01",
    "\u2028\u2029\ufeff",
    "\u202eabc",
    "</script>",
    "\x7f\x85",
    "$" * 5,
    "x" * 55,
]
"""Texts that are hard to write down, as names and as values."""

NAMES = ["a", "b", "item", "todo", "title", "id", "$x", "_y", "createdAt2"]

MOST_NODES = 400
"""About how many nodes a tree has at most; what is left to draw then ends at once."""


def programs(program: type[Node], size: int = 9) -> st.SearchStrategy[Any]:
    """Programs of a dialect that nest up to about ``size`` levels."""
    return st.builds(
        lambda seed, levels: program_tree(program, seed, levels), st.integers(0, 2**32), st.integers(0, size)
    )


def program_tree(program: type[Node], seed: int, size: int, texts: list[str] | None = None) -> Any:
    """The program of this seed; its names and texts are out of ``texts``, or odd."""
    drawing = _Drawing(Random(f"{seed}"), program.absent_variants, texts)
    return drawing.node(_info(program), size)


@cache
def _info(node: type[Node]) -> types.StructType:
    found = types.type_info(node)
    assert isinstance(found, types.StructType)
    return found


class _Drawing:
    def __init__(self, random: Random, absent: frozenset[str], texts: list[str] | None) -> None:
        self.random, self.absent, self.texts, self.left = random, absent, texts, MOST_NODES

    def value(self, info: types.Type, size: int) -> Any:
        match info:
            case types.Metadata():
                return self.value(info.type, size)
            case types.StructType():
                return self.node(info, size)
            case types.UnionType():
                options = [one for one in info.types if _tag(one) not in self.absent]
                return self.value(self.random.choice(_affordable(options, size)), size)
            case types.VarTupleType():
                least = info.min_length or 0
                count = self.random.randint(least, max(least, 3 if size > 0 else 0))
                return tuple(self.value(info.item_type, size - 1) for _ in range(count))
            case types.LiteralType():
                return self.random.choice(info.values)
        return self.scalar(info)

    def scalar(self, info: types.Type) -> Any:
        match info:
            case types.StrType():
                return self.text()
            case types.IntType():
                least, most = info.ge if info.ge is not None else -(2**63), info.le or 2**63 - 1
                small = [n for n in (-1, 0, 5, 2**53 + 1) if least <= n <= most]
                return self.random.choice([*small, least, most, self.random.randint(least, most)])
            case types.FloatType():
                return self.random.choice([-0.0, 1.0, -2.5, 1e22, 5e-324, self.random.uniform(-1e6, 1e6)])
            case types.BoolType():
                return self.random.random() < 0.5
            case types.NoneType():
                return None
        raise TypeError(f"no strategy for {info}")

    def text(self) -> str:
        if self.texts:
            return self.random.choice(self.texts)
        kind = self.random.random()
        if kind < 0.8:
            return self.random.choice(NAMES if kind < 0.5 else ODD)
        points = [
            self.random.choice([0x7F, 0x3FF, 0xD7FF, 0x10FFFF]) for _ in range(self.random.randint(1, 6))
        ]
        drawn = "".join(chr(self.random.randint(0, most)) for most in points)
        return "".join(c for c in drawn if c != "\0" and not "\ud800" <= c <= "\udfff") or "x"

    def node(self, info: types.StructType, size: int) -> Any:
        self.left -= 1
        size = min(size, self.left)
        members = {}
        for field in info.fields:
            if not field.required and (size <= 0 or self.random.random() < 0.5):
                continue
            members[field.name] = self.value(field.type, size - 1)
        return info.cls(**members)


def _tag(info: types.Type) -> str | None:
    return str(info.tag) if isinstance(info, types.StructType) else None


def _affordable(options: list[types.Type], size: int) -> list[types.Type]:
    """Those that nest, where there is room for that, mostly; else the smallest."""
    nesting = [one for one in options if _costs(one)]
    flat = [one for one in options if not _costs(one)] or nesting
    return nesting * 2 + flat if size > 0 else flat


def _costs(info: types.Type) -> bool:
    return isinstance(info, types.StructType) and _contains(info.cls)


@cache
def _contains(node: type[Node]) -> bool:
    """Whether a node must have another node inside."""
    return any(field.required and _nests(field.type) for field in _info(node).fields)


def _nests(info: types.Type) -> bool:
    if isinstance(info, types.Metadata):
        return _nests(info.type)
    if isinstance(info, types.VarTupleType):
        return bool(info.min_length)
    return isinstance(info, types.StructType | types.UnionType)


def encoded(program: Node) -> str:
    """The program as the JSON that a model sends."""
    return msgspec.json.encode(program).decode()
