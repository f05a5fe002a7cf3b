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
from fcbench_action.stats.scorecard import Setting, setting_of
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
class Asked:
    """A model under one setting: what one scorecard is about, and what trials may be counted together."""

    setting: Setting
    provider: str
    model: str

    @property
    def name(self) -> str:
        """The model's, as the user wrote it."""
        return f"{self.provider}/{self.model}" if self.provider else self.model


@dataclass(frozen=True, slots=True)
class Wording:
    """A case as it was sent. ``variant`` is empty for the suite's own words."""

    variant: str
    digest: str
    ref: CaseRef
    prompt: Prompt
    tool: ToolText | None


@dataclass(slots=True)
class CaseData:
    """A case, and the trials of every model at it. ``wordings`` are by variant and digest of the suite."""

    wordings: dict[tuple[str, str], Wording] = field(default_factory=dict)
    trials: dict[Asked, list[Shown]] = field(default_factory=dict)

    @property
    def tellings(self) -> list[Wording]:
        """Each text that models got, the suite's own words first."""
        found: dict[tuple[str, str, str], Wording] = {}
        for _, told in sorted(self.wordings.items()):
            found.setdefault((told.ref.title, told.prompt.system, told.prompt.user), told)
        return [*found.values()]

    @property
    def ref(self) -> CaseRef:
        """What and where it is, in the suite's own words where any model got these."""
        return self.wordings[min(self.wordings)].ref

    @property
    def tool(self) -> ToolText | None:
        """The tool that was sent with it, if the record file has it."""
        return self.wordings[min(self.wordings)].tool

    def counted(self, asked: Asked) -> list[Trial]:
        """The trials of a model that say something about it."""
        return [item.trial for item in self.trials.get(asked, ()) if not item.trial.excluded]


@dataclass(slots=True)
class SuiteData:
    """All that was recorded on one suite version."""

    version: str
    cases: dict[str, CaseData] = field(default_factory=dict)
    asked: dict[Asked, Asked] = field(default_factory=dict)

    def add(self, record: Record, tool: ToolText | None, transcript: str) -> None:
        """Take one record in."""
        source = record.provenance
        setting = setting_of(source)
        asked = Asked(setting, source.provider, source.model)
        asked = self.asked.setdefault(asked, asked)
        case = self.cases.setdefault(record.case.id, CaseData())
        words = (setting.variant, setting.suite_digest)
        if words not in case.wordings:
            case.wordings[words] = Wording(*words, record.case, record.prompt, tool)
        case.trials.setdefault(asked, []).append(shown(record, transcript))

    def of(self, asked: Asked) -> Iterator[tuple[CaseData, list[Shown]]]:
        """The cases that a model was asked under a setting, by id, with its trials."""
        for case_id in sorted(self.cases):
            if found := self.cases[case_id].trials.get(asked):
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
