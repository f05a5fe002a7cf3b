"""The declared bounds of running programs. Reaching one is a diagnostic that names it and the node.

Nothing here is a time: the same program does the same on any machine. Steps are nodes evaluated, each
counted before a block or an arrow runs; heavier nodes count more, so that steps bound memory too. The
database's work is counted before it begins, as if each condition were tried on all that was ever written to
it: no query does more, and what SQLite really does differs from version to version.

Every bound is part of what a record means: changing one changes grades, and so needs a new version of the
suite.
"""

from __future__ import annotations

from dataclasses import dataclass

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import LIMIT_REACHED
from fcbench_action.language.program.interpreter.faults import Fault

DEEPEST = 150
"""Longest path of a node in its program. Replies nest less; Python's own stack holds several times that."""

LONGEST_TEXT = 1_000_000
"""Characters of one text."""

MOST_ELEMENTS = 100_000
"""Elements of one array."""

MOST_CONDITIONS = 500
"""Nodes of one where-tree."""

MOST_CHOICES = 5_000
"""Elements of the array of one `in`."""

MOST_REQUESTS = 1_000
"""Requests of one test."""

MOST_EXCERPT = 300
"""Characters of a value that a diagnostic shows."""

_SCANNED = 6  # 2**6 characters compared or searched are one step


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use. ``characters`` are those of texts made, read or written; ``tries`` are of
    conditions on rows.
    """

    steps: int
    rows_read: int
    rows_written: int
    characters: int
    tries: int


REQUEST = Limits(steps=1_000_000, rows_read=20_000, rows_written=5_000, characters=10**7, tries=2 * 10**7)
"""Of one request to an operation."""

TEST = Limits(steps=3_000_000, rows_read=60_000, rows_written=15_000, characters=3 * 10**7, tries=6 * 10**7)
"""Of a test, what its requests use included. A request that begins within it may go on to its own limit."""


class Meter:
    """Counts what one run uses. Raises :class:`Fault` at the node where a limit is passed."""

    __slots__ = ("characters", "limits", "rows_read", "rows_written", "steps", "tries")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = self.rows_read = self.rows_written = self.characters = self.tries = 0

    @property
    def share(self) -> float:
        """The largest share of any of the limits that was used; 1.0 or more where one was reached."""
        most = self.limits
        return max(
            self.steps / most.steps,
            self.rows_read / most.rows_read,
            self.rows_written / most.rows_written,
            self.characters / most.characters,
            self.tries / most.tries,
        )

    def step(self, count: int, path: Path) -> None:
        """Counts steps."""
        self.steps += count
        if self.steps > self.limits.steps:
            raise exceeded("steps", self.limits.steps, path)

    def scan(self, length: int, path: Path) -> None:
        """Counts the steps of looking through a text."""
        if scanned(length):
            self.step(scanned(length), path)

    def text(self, length: int, path: Path) -> None:
        """Counts a text, before it is made."""
        if length > LONGEST_TEXT:
            raise exceeded("characters of one text", LONGEST_TEXT, path)
        self.characters += length
        if self.characters > self.limits.characters:
            raise exceeded("characters in all", self.limits.characters, path)

    def array(self, length: int, path: Path) -> None:
        """Counts an array, before it is made."""
        if length > MOST_ELEMENTS:
            raise exceeded("elements of one array", MOST_ELEMENTS, path)
        self.step(length, path)

    def read(self, rows: int, path: Path) -> None:
        """Counts rows that the database gave."""
        self.rows_read += rows
        if self.rows_read > self.limits.rows_read:
            raise exceeded("rows read", self.limits.rows_read, path)

    def write(self, rows: int, path: Path) -> None:
        """Counts rows, before they are written."""
        self.rows_written += rows
        if self.rows_written > self.limits.rows_written:
            raise exceeded("rows written", self.limits.rows_written, path)

    def search(self, tries: int, path: Path) -> None:
        """Counts what the database has to look at, before it does."""
        self.tries += tries
        if self.tries > self.limits.tries:
            raise exceeded("conditions tried on rows", self.limits.tries, path)

    def add(self, other: Meter, path: Path) -> None:
        """Counts all that another run has used, on behalf of this one."""
        self.characters += other.characters
        self.step(other.steps, path)
        self.text(0, path)
        self.read(other.rows_read, path)
        self.write(other.rows_written, path)
        self.search(other.tries, path)


def scanned(length: int) -> int:
    """How many steps it is to look through so many characters."""
    return length >> _SCANNED


def exceeded(what: str, most: int, path: Path) -> Fault:
    """The fault of passing a limit."""
    return Fault(
        LIMIT_REACHED.at(path, f"This takes more than {most:,} {what}.", expected=f"at most {most:,} {what}")
    )
