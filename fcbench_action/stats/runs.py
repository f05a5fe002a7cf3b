"""The runs that a scorecard rests on, and whether all of them asked the same contestant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from fcbench_action.records.plans import OR, QUANTIZATION
from fcbench_action.records.types import Sampling

_SAMPLING = ("temperature", "top_p", "max_tokens")
"""What must be the same in all runs. Seeds are not: another run's trials should begin elsewhere."""

_LONGEST = 60


class RunFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """One run that a scorecard rests on. ``started_at`` is when its first call was made; ``trials`` are
    those that it finished. ``facts`` of the serving were given by whoever ran it, ``told`` by the server.
    """

    run: str
    started_at: str
    trials: int
    host: str
    fcbench_version: str
    dialect: str
    sampling: Sampling
    facts: dict[str, str] = {}
    told: dict[str, str] = {}


def known(run: RunFacts, fact: str) -> str | None:
    """A fact of a run's serving: as it was given, else as the server told it."""
    return run.facts.get(fact) or run.told.get(fact)


def mixture(runs: Sequence[RunFacts]) -> list[str]:
    """In what ``runs`` differ that makes another contestant, each with its values; empty where in nothing.

    The same weights served otherwise, or asked otherwise, answer otherwise. What nobody told of a run is
    held against none.
    """
    found = {QUANTIZATION: _quantizations(runs), "dialect": {run.dialect for run in runs}}
    for name in _SAMPLING:
        found[name] = {_setting(run.sampling, name) for run in runs}
    return [
        f"{name} ({', '.join(value[:_LONGEST] for value in sorted(values))})"
        for name, values in found.items()
        if len(values) > 1
    ]


def _quantizations(runs: Iterable[RunFacts]) -> set[str]:
    """All that are known, where runs differ in them; otherwise nothing."""
    found = list(runs)
    changed = any(len(_told(run)) > 1 for run in found)
    if not changed and not any(_differ(one, other) for one, other in combinations(found, 2)):
        return set()
    given = {run.facts[QUANTIZATION] for run in found if QUANTIZATION in run.facts}
    return given.union(*map(_told, found))


def _differ(one: RunFacts, other: RunFacts) -> bool:
    """People and servers have names of their own for one quantization. So what was given is held against
    what was given, and what was told against what was told; one against the other where nothing else is.
    """
    pairs = ((one.facts, other.facts), (one.told, other.told))
    alike = [(a[QUANTIZATION], b[QUANTIZATION]) for a, b in pairs if QUANTIZATION in a and QUANTIZATION in b]
    a, b = known(one, QUANTIZATION), known(other, QUANTIZATION)
    if not alike and a and b:
        alike = [(a, b)]
    return any(first.casefold() != second.casefold() for first, second in alike)


def _told(run: RunFacts) -> set[str]:
    """What the server told: more than one thing, where it changed while the run went on."""
    return set(run.told[QUANTIZATION].split(OR)) if QUANTIZATION in run.told else set()


def _setting(sampling: Sampling, name: str) -> str:
    value = getattr(sampling, name)
    return "the server's own" if value is None else str(value)
