"""Which predicates ask for which others."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from fcbench_action.language.requirements.conditions import Holds
from fcbench_action.language.requirements.nodes import Predicate
from fcbench_action.language.requirements.walk import nodes

Predicates = Mapping[str, Predicate]
"""Predicates by name."""


def asked(predicates: Predicates, name: str) -> Iterator[str]:
    """The declared predicates that a predicate asks for itself, in order, some perhaps several times."""
    for _, node in nodes(predicates[name].condition):
        if isinstance(node, Holds) and node.predicate in predicates:
            yield node.predicate


def needed(predicates: Predicates, name: str, done: Container[str] = ()) -> list[str]:
    """A predicate after all that it asks for, directly or not, each once; without those that are done.

    Where predicates go in a circle, which no accepted analysis does, the circle is cut somewhere.
    """
    order: list[str] = []
    seen: set[str] = set()
    pending = [(name, False)]
    while pending:
        one, is_ready = pending.pop()
        if is_ready:
            order.append(one)
        elif one not in seen and one not in done and one in predicates:
            seen.add(one)
            pending.append((one, True))
            pending += [(other, False) for other in asked(predicates, one)]
    return order


def depths(predicates: Predicates) -> dict[str, int]:
    """How deep each predicate's condition is where those that it asks for stand written out."""
    found: dict[str, int] = {}
    for name in predicates:
        for one in needed(predicates, name, found):
            own = max(len(path) for path, _ in nodes(predicates[one].condition))
            found[one] = own + max((found.get(other, 0) for other in asked(predicates, one)), default=0)
    return found
