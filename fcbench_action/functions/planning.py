"""What the functions that name requirements share: checks of the numbers, and shares of sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Annotated

from msgspec import Meta

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import plan as codes
from fcbench_action.diagnostics.diagnostic import Path
from fcbench_action.functions.base import Part
from fcbench_action.functions.prompts import Requirements
from fcbench_action.language.near import Nearest, quoted

_MOST_MISSES = 30

Statements = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=20)], ...],
    Meta(description="Numbers of requirements, as the task writes them, each once."),
]


def check_statements(
    requirements: Requirements, lists: Iterable[tuple[Path, Sequence[str]]]
) -> Iterator[Diagnostic]:
    """Every number at its path is one of the task's, and each list has it once."""
    numbers = {number for number, _ in requirements}
    nearest = Nearest(numbers)
    for path, named in lists:
        seen: set[str] = set()
        for index, number in enumerate(named):
            if number not in numbers:
                yield codes.UNKNOWN_STATEMENT.at(
                    (*path, index),
                    f"The task tells no requirement {quoted(number)}.{nearest.hint(number)}",
                    expected="a number of the requirements",
                    actual=quoted(number),
                )
            elif number in seen:
                yield codes.REPEATED_STATEMENT.at(
                    (*path, index), f"The requirement {quoted(number)} is in this list already."
                )
            seen.add(number)


def overlap(name: str, worth: float, wanted: Set[str], made: Set[str]) -> Part:
    """The size of the intersection by that of the union; nothing possible where both are empty."""
    every = wanted | made
    if not every:
        return Part(name, 0.0, 0.0)
    misses = [f"lacks {item}" for item in sorted(wanted - made)]
    misses += [f"has {item}" for item in sorted(made - wanted)]
    return _part(name, worth, len(wanted & made) / len(every), misses)


def agreement(name: str, worth: float, verdicts: Sequence[tuple[str, bool]]) -> Part:
    """The share of things that are right, each named; nothing possible where there are none."""
    if not verdicts:
        return Part(name, 0.0, 0.0)
    misses = [what for what, right in verdicts if not right]
    return _part(name, worth, 1 - len(misses) / len(verdicts), misses)


def _part(name: str, worth: float, share: float, misses: list[str]) -> Part:
    return Part(name, round(worth * share, 6), worth, tuple(misses[:_MOST_MISSES]))
