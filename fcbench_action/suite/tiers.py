"""Choosing the tiers: fixed, nested subsets of the suite, each with its share of every module and phase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.files import TIERS_FILE
from fcbench_action.suite.select import RANKED

PER_PHASE = 4
"""Cases of each phase in each module that the ranked tier has, where there are so many.

With about 20 modules, five phases and two trials, that finds a difference of eight points with power 0.8.
"""

SMOKE, LITE = "smoke", "lite"


def choose(suite: Suite) -> dict[str, list[str]]:
    """The tiers' case ids, in the order of the suite.

    ``standard`` has four cases of each phase in each module: of all its functions by turns, and of each from
    the smallest to the largest. ``lite`` has the middle one of them, and ``smoke``
    the smallest of each phase in the last topic.
    """
    cells: dict[tuple[str, str, str], list[Case]] = {}
    for case in suite.cases.values():
        cells.setdefault((case.topic, case.module, case.function.phase), []).append(case)
    standard = {cell: _by_turns(cases) for cell, cases in cells.items()}
    lite = {_middle(chosen).id for chosen in standard.values()}
    last = max(topic for topic, _, _ in cells)
    smallest: dict[str, Case] = {}
    for (topic, _, phase), chosen in standard.items():
        if topic == last:
            known = [smallest[phase]] if phase in smallest else []
            smallest[phase] = min([*known, *_solid(chosen)], key=_size)
    smoke = {case.id for case in smallest.values()}
    ranked = {case.id for chosen in standard.values() for case in chosen}
    return {
        tier: [case for case in suite.cases if case in cases]
        for tier, cases in ((SMOKE, smoke), (LITE, lite | smoke), (RANKED, ranked))
    }


def write(folder: Path, suite: Suite) -> None:
    """Write ``tiers.json``. The suite's digest is another one after that."""
    text = msgspec.json.format(msgspec.json.encode(choose(suite)), indent=2).decode()
    folder.joinpath(TIERS_FILE).write_text(text + "\n", "utf-8")


def _by_turns(cases: Iterable[Case]) -> list[Case]:
    by_function: dict[str, list[Case]] = {}
    for case in cases:
        by_function.setdefault(case.function.name, []).append(case)
    quota = dict.fromkeys(by_function, 0)
    left = PER_PHASE
    while left and any(quota[name] < len(found) for name, found in by_function.items()):
        for name, found in by_function.items():
            if left and quota[name] < len(found):
                quota[name] += 1
                left -= 1
    return [case for name, found in by_function.items() for case in _spread(found, quota[name])]


def _solid(cases: Sequence[Case]) -> list[Case]:
    """The cases without plans, if there are others."""
    return [case for case in cases if case.target != "plan"] or list(cases)


def _spread(cases: Sequence[Case], count: int) -> list[Case]:
    """So many of the cases, evenly from the smallest to the largest reference; of one, the largest."""
    ordered = sorted(cases, key=_size)
    if count <= 1:
        return ordered[len(ordered) - count :]
    return [ordered[round(index * (len(ordered) - 1) / (count - 1))] for index in range(count)]


def _middle(cases: Sequence[Case]) -> Case:
    ordered = sorted(_solid(cases), key=_size)
    return ordered[len(ordered) // 2 if len(ordered) > 2 else 0]


def _size(case: Case) -> tuple[int, str]:
    return len(msgspec.json.encode(case.task.reference)), case.id
