"""Choosing cases: by topic, phase, function, id, and tier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.resources.abc import Traversable

from fcbench_action.errors import BadInput
from fcbench_action.sinks import one_line
from fcbench_action.suite.case import Suite
from fcbench_action.suite.files import TIERS_FILE, package, read_file

RANKED = "standard"
"""The tier that is ranked: about four cases of each phase in each module."""

FULL = "full"
"""The tier of all cases there are."""


def select(
    suite: Suite,
    *,
    topics: Sequence[str] = (),
    phases: Sequence[str] = (),
    functions: Sequence[str] = (),
    cases: Sequence[str] = (),
    tier: str = FULL,
    root: Traversable | None = None,
) -> Suite:
    """The suite with those cases that pass every filter; an empty one lets all pass.

    ``cases`` are shell patterns over whole ids, any of which may match.

    Raises BadInput for names and patterns that fit nothing, and where no case is left.
    """
    every = suite.cases.values()
    _known("topic", topics, (case.topic for case in every))
    _known("phase", phases, (case.function.phase for case in every))
    _known("function", functions, (case.function.name for case in every))
    tiers = read_tiers(root or package())
    _known("tier", [tier], [*tiers, FULL])
    for pattern in cases:
        if not any(fnmatchcase(case.id, pattern) for case in every):
            raise BadInput(f"{one_line(pattern)!r} matches no case; 'fcbench suite list' names them all")
    kept = {
        case.id: case
        for case in every
        if (not topics or case.topic in topics)
        and (not phases or case.function.phase in phases)
        and (not functions or case.function.name in functions)
        and (not cases or matches(case.id, cases))
        and (tier == FULL or case.id in tiers[tier])
    }
    if not kept:
        raise BadInput("no case passes all of these filters; 'fcbench suite list' names them all")
    return Suite(suite.version, suite.digest, kept, suite.variant)


def read_tiers(folder: Traversable) -> dict[str, frozenset[str]]:
    """The tiers but :data:`FULL`, from small to large: name to ids of cases. Raises BrokenSuite."""
    return read_file(folder, TIERS_FILE).decode(dict[str, frozenset[str]])


def matches(case: str, patterns: Iterable[str]) -> bool:
    """Whether any of the shell patterns fits the whole id."""
    return any(fnmatchcase(case, pattern) for pattern in patterns)


def _known(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    every = list(dict.fromkeys(known))
    for name in names:
        if name not in every:
            near = get_close_matches(name, every, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(every)}"
            raise BadInput(f"there is no {kind} {one_line(name)!r}; {hint}")
