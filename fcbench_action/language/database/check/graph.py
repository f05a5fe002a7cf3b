"""Circles in a directed graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def circles(graph: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """For each node its strongly connected component, by number: nodes on one circle share it.

    Tarjan's algorithm, in linear time, with a stack of its own, so that no depth of a hostile tree can
    exhaust Python's. Every target of an edge must be a node.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    component: dict[str, int] = {}
    waiting: list[str] = []
    for start in graph:
        if start in order:
            continue
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(graph[start]))]
        order[start] = lowest[start] = len(order)
        waiting.append(start)
        while trail:
            node, targets = trail[-1]
            fresh = _first_fresh(node, targets, order, lowest, component)
            if fresh is not None:
                order[fresh] = lowest[fresh] = len(order)
                waiting.append(fresh)
                trail.append((fresh, iter(graph[fresh])))
                continue
            trail.pop()
            if trail:
                above = trail[-1][0]
                lowest[above] = min(lowest[above], lowest[node])
            if lowest[node] == order[node]:
                _close(node, waiting, component, order[node])
    return component


def _first_fresh(
    node: str,
    targets: Iterator[str],
    order: dict[str, int],
    lowest: dict[str, int],
    component: dict[str, int],
) -> str | None:
    """The next target not seen before; those on the current trail lower ``node`` on the way."""
    for target in targets:
        if target not in order:
            return target
        if target not in component:
            lowest[node] = min(lowest[node], order[target])
    return None


def _close(node: str, waiting: list[str], component: dict[str, int], number: int) -> None:
    while True:
        member = waiting.pop()
        component[member] = number
        if member == node:
            return
