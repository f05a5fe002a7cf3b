"""What the pages show, read once from a results tree: cases, and trials without their texts.

A record can hold hundreds of kilobytes. What stays in memory of each is what tables need; the rest is
in the record file, which the site carries as a transcript for the viewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from fcbench_action.diagnostics import Diagnostic, errors
from fcbench_action.functions.base import Prompt
from fcbench_action.records.types import CaseRef, Record, ToolText
from fcbench_action.stats.trials import Trial, reduce

_TEXT = 300
_SEGMENTS = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial, and what a table shows of it: how many errors the first call had, the first of them, and
    the transcript's path under ``transcripts/``.
    """

    trial: Trial
    errors: int
    finding: Diagnostic | None
    transcript: str

    @property
    def tokens(self) -> int | None:
        """What all rounds cost; ``None`` where any round's tokens are unknown."""
        trial = self.trial
        if trial.prompt_tokens is None or trial.completion_tokens is None:
            return None
        return trial.prompt_tokens + trial.completion_tokens


@dataclass(frozen=True, slots=True, order=True)
class ModelKey:
    """Who was asked. Simulated and real answers of one name never meet."""

    simulated: bool
    provider: str
    model: str

    @property
    def name(self) -> str:
        """As the user wrote it."""
        return f"{self.provider}/{self.model}" if self.provider else self.model


@dataclass(slots=True)
class CaseData:
    """A case as it was sent, and the trials of every model at it."""

    ref: CaseRef
    prompt: Prompt
    tool: ToolText | None
    trials: dict[ModelKey, list[Shown]] = field(default_factory=dict)


@dataclass(slots=True)
class SuiteData:
    """All that was recorded on one suite version."""

    version: str
    cases: dict[str, CaseData] = field(default_factory=dict)
    models: set[ModelKey] = field(default_factory=set)

    def add(self, record: Record, tool: ToolText | None, transcript: str) -> None:
        """Take one record in."""
        key = ModelKey(record.provenance.simulated, record.provenance.provider, record.provenance.model)
        case = self.cases.get(record.case.id)
        if case is None:
            case = self.cases[record.case.id] = CaseData(record.case, record.prompt, tool)
        self.models.add(key)
        case.trials.setdefault(key, []).append(shown(record, transcript))

    def of(self, key: ModelKey) -> Iterator[tuple[CaseData, list[Shown]]]:
        """The cases that a model was asked, by id, with its trials."""
        for case_id in sorted(self.cases):
            if found := self.cases[case_id].trials.get(key):
                yield self.cases[case_id], found


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts versions: numbers as numbers, ``1.10`` after ``1.9``."""
    parts = re.split(r"([0-9]+)", version)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def shown(record: Record, transcript: str) -> Shown:
    """What tables need of a record."""
    first = record.rounds[0]
    found = errors(first.diagnostics)
    return Shown(reduce(record), len(found) + first.omitted, _short(found[0]) if found else None, transcript)


def _short(diagnostic: Diagnostic) -> Diagnostic:
    return msgspec.structs.replace(
        diagnostic,
        path=diagnostic.path[:_SEGMENTS],
        message=diagnostic.message[:_TEXT],
        expected="",
        actual="",
    )
