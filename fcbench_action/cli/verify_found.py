"""What ``fcbench verify`` found, as it is printed and as it ends the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fcbench_action.errors import BadInput, GateFailed
from fcbench_action.records.contents import shown
from fcbench_action.run.rejudge import Checked, Difference
from fcbench_action.sinks import one_line

SHOWN = 50
"""Lines of a kind printed, at most; ``--format json`` has them all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with records, with files, and what of the base is ``lost``."""

    checked: Checked
    files: list[Difference]
    lost: list[Difference]
    notes: list[str]

    def lines(self) -> Iterator[str]:
        """For people."""
        checked = self.checked
        yield from map(str, checked.differences[:SHOWN])
        yield from map(str, self.files[:SHOWN])
        yield from (f"removed: {one}" for one in self.lost[:SHOWN])
        yield from (f"partial: {one}" for one in checked.partial[:SHOWN])
        yield from (f"note: {one}" for one in self.notes)
        yield f"judged {checked.replies} replies of {checked.records} records again"
        if checked.kept:
            yield f"left out {checked.kept} records in files that the base has too"
        if not checked.records and not checked.others and not checked.kept:
            yield "the tree holds no records, so nothing was verified"

    def plain(self) -> dict[str, object]:
        """For scripts."""
        checked = self.checked
        return {
            "records": checked.records,
            "replies": checked.replies,
            "unchanged": checked.kept,
            "not_verifiable": checked.others,
            "partial": [
                {"model": p.model, "run": p.run, "ran": p.ran, "planned": p.planned} for p in checked.partial
            ],
            "notes": self.notes,
            "removed": [_plain(one) for one in self.lost],
            "differences": [_plain(one) for one in (*checked.differences, *self.files)],
        }

    def conclude(self, version: str, *, allow_removal: bool, allow_partial: bool) -> None:
        """End the command as it should: returns where all is well. Raises ``GateFailed`` and ``BadInput``."""
        checked = self.checked
        if checked.differences:
            raise GateFailed(
                f"{len(checked.differences)} differences between records and judge: these were not written "
                "by this version of fcbench, or were changed afterwards"
            )
        if self.lost and not allow_removal:
            raise GateFailed(
                f"{len(self.lost)} files of the base are gone or changed, and records are only ever added: "
                "put them back from git, or pass --allow-removal where that is meant"
            )
        if checked.others:
            found = ", ".join(f"{count} of {one_line(name)}" for name, count in checked.others.items())
            raise BadInput(
                f"records of another version of the suite cannot be judged with version {version}: {found}; "
                "install the fcbench that wrote them"
            )
        if self.files:
            raise GateFailed(
                f"{len(self.files)} files are not what fcbench writes: run `fcbench report`, and move away "
                "what is none of fcbench's; own text goes into README.md around the leaderboard"
            )
        if checked.partial and not allow_partial:
            raise GateFailed(
                f"{len(checked.partial)} runs lack planned trials, the first is {checked.partial[0]}: run "
                "the same command again to finish it, or pass --allow-partial where a budget stopped it"
            )


def _plain(difference: Difference) -> dict[str, object]:
    return {
        "file": shown(difference.file),
        "case": difference.case,
        "trial": difference.trial,
        "round": int(difference.place) if difference.place else None,
        "field": difference.field,
        "recorded": difference.recorded,
        "expected": difference.expected,
    }
