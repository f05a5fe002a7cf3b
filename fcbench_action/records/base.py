"""A results tree held against an earlier state of it, such as the branch that a pull request goes into.

Records, plans and environments are only ever added. So what is there unchanged need not be looked at again,
and what is gone or changed is worth a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fcbench_action.errors import BadInput
from fcbench_action.records.contents import refuse_links
from fcbench_action.records.tree import MARKER, source_files

GONE = "missing"
CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Base:
    """The earlier state ``folder`` of the tree ``results``."""

    results: Path
    folder: Path

    @property
    def is_empty(self) -> bool:
        """Whether it stands for a tree that is yet to begin."""
        return not any(self.folder.iterdir())

    def has(self, path: Path) -> bool:
        """Whether the file at ``path`` of the tree was there before, with the same bytes."""
        before = self.folder / path.relative_to(self.results)
        return before.is_file() and before.read_bytes() == path.read_bytes()

    def lost(self) -> Iterator[tuple[Path, str]]:
        """Where in the tree a source file of before is no more, and whether it is gone or changed."""
        if self.is_empty:
            return
        for before in source_files(self.folder):
            path = self.results / before.relative_to(self.folder)
            if before.name != MARKER and not (path.is_file() and self.has(path)):
                yield path, CHANGED if path.is_file() else GONE


def open_base(results: Path, folder: Path) -> Base:
    """``folder`` as the base of ``results``; one that is empty stands for a tree that is yet to begin.

    Raises ``BadInput`` where it is no folder, ``CorruptResults`` where it holds links.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder: name the results tree to compare with, or an empty folder")
    refuse_links(folder)
    return Base(results, folder)
