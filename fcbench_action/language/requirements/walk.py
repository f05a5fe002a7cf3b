"""Every node of a tree, with its path in JSON's names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.node import Node


def nodes(root: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """``root`` and every node inside of it, a node before what it holds; iterative."""
    pending: list[tuple[Path, Any]] = [(path, root)]
    while pending:
        at, item = pending.pop()
        if isinstance(item, Node):
            yield at, item
            inner = [((*at, shown), getattr(item, name)) for name, shown in _fields(type(item))]
        elif isinstance(item, tuple):
            inner = [((*at, index), one) for index, one in enumerate(item)]
        else:
            continue
        pending += reversed(inner)


@cache
def _fields(kind: type[Node]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
