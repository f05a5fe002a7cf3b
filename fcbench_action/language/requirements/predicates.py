"""Which predicates ask for which others."""

from __future__ import annotations

from collections.abc import Container, Iterator

from fcbench_action.language.requirements.conditions import Holds
from fcbench_action.language.requirements.known import Known
from fcbench_action.language.requirements.walk import nodes


def asked(known: Known, name: str) -> Iterator[str]:
    """The declared predicates that a predicate asks for itself, in order, some perhaps several times."""
    for _, node in nodes(known.predicates[name].condition):
        if isinstance(node, Holds) and node.predicate in known.predicates:
            yield node.predicate


def needed(known: Known, name: str, done: Container[str] = ()) -> list[str]:
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
        elif one not in seen and one not in done and one in known.predicates:
            seen.add(one)
            pending.append((one, True))
            pending += [(other, False) for other in asked(known, one)]
    return order
