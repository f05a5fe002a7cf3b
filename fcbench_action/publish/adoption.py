"""What a remote has already of the runs that are about to begin, so that no machine asks it again.

A workflow begins on a machine that knows nothing: what it asked the last time may lie on a branch that
nobody has merged yet. Of such branches only the records of the very same runs are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from git import Repo

from fcbench_action.publish.git import Remote, branch_with, open_repository, place_in, remote_branches
from fcbench_action.publish.merging import bring
from fcbench_action.publish.publication import RUN_BRANCHES
from fcbench_action.records.tree import MARKER, Place, count_records, open_tree
from fcbench_action.run.plan import Plan
from fcbench_action.run.probing import recorded

Planned = tuple[Plan, bool]
"""A plan, and whether its dialect is still to be found out."""


def adopt(results: Path, planned: Sequence[Planned], remote: Remote) -> int:
    """Bring the remote's records of these runs into ``results``; returns how many records came.

    They are looked for on the remote's branch, on its base, and on the branches of runs that wait for a
    review. Raises ``EnvironmentFailed`` where the remote cannot be reached, and what reading trees raises.
    """
    repo = open_repository(results)
    inside = place_in(repo, results)
    before = count_records(results) if (results / MARKER).exists() else 0
    for branch in _branches(repo, remote):
        with branch_with(repo, remote, branch, _places(inside, planned)) as checkout:
            if checkout is not None and (checkout / inside / MARKER).exists():
                _take(checkout / inside, results, planned)
    return (count_records(results) if (results / MARKER).exists() else 0) - before


def _branches(repo: Repo, remote: Remote) -> list[str]:
    there = remote_branches(repo, remote)
    named = [name for name in (remote.base, remote.branch) if name in there]
    return [*dict.fromkeys(filter(None, named)), *sorted(n for n in there if n.startswith(RUN_BRANCHES))]


def _places(inside: Path, planned: Sequence[Planned]) -> list[str]:
    """Where plans of these runs would lie, from the repository's root."""
    places = {
        Place(plan.provenance.provider, plan.provenance.model, case.topic)
        for plan, _ in planned
        for case in plan.cases
    }
    return sorted((inside / place.folder / "fcbench" / "plans").as_posix() for place in places)


def _take(source: Path, results: Path, planned: Sequence[Planned]) -> None:
    runs = set()
    for plan, is_open in planned:
        found = recorded(plan, source)
        if found is not None and (is_open or found.provenance.run == plan.provenance.run):
            runs.add(found.provenance.run)
    if runs:
        open_tree(results)
        bring(source, results, runs)
