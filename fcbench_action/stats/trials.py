"""What statistics need of a record: one small value a trial, so that any number of records fits in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from fcbench_action.judge.types import Outcome
from fcbench_action.records.types import CaseRef, Record, Round

N = TypeVar("N", int, float)

EXCLUDED = frozenset({Outcome.FAULT, Outcome.UNSUPPORTED})
"""A trial that ends so says nothing about the model: excluded from every score, and counted."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial. Tokens and cost, in US dollars, are summed over its rounds, ``None`` where any round's are
    unknown.
    """

    case: CaseRef
    run: str
    number: int
    max_rounds: int
    outcomes: tuple[Outcome, ...]
    lenient_first: bool | None
    grade: float | None
    prompt_tokens: int | None
    completion_tokens: int | None
    cost: float | None
    seconds: float

    @property
    def end(self) -> Outcome:
        """The outcome of the last round."""
        return self.outcomes[-1]

    @property
    def excluded(self) -> bool:
        """Whether the trial is no part of any score."""
        return self.end in EXCLUDED

    @property
    def valid_round(self) -> int | None:
        """The round that was valid, if one was."""
        return len(self.outcomes) - 1 if self.end is Outcome.VALID else None

    def outcome_by(self, index: int) -> Outcome:
        """Where the trial stands after round ``index``: valid stays valid, and a fault stays a fault."""
        return self.outcomes[min(index, len(self.outcomes) - 1)]


def reduce(record: Record) -> Trial:
    """The trial of a record."""
    rounds = record.rounds
    lenient = rounds[0].lenient
    return Trial(
        case=record.case,
        run=record.provenance.run,
        number=record.trial,
        max_rounds=record.provenance.max_rounds,
        outcomes=tuple(r.outcome for r in rounds),
        lenient_first=None if lenient is None else lenient.outcome is Outcome.VALID,
        grade=None if record.grade is None else record.grade.score,
        prompt_tokens=_total(r.usage.prompt_tokens for r in rounds),
        completion_tokens=_total(r.usage.completion_tokens for r in rounds),
        cost=_total(r.usage.cost for r in rounds),
        seconds=sum(r.seconds for r in rounds),
    )


def first_started(rounds: Iterable[Round]) -> str:
    """When the first of the rounds began, as recorded; empty where none says."""
    return min((r.started_at for r in rounds), default="")


def _total(counts: Iterable[N | None]) -> N | None:
    found = list(counts)
    known = [count for count in found if count is not None]
    return sum(known[1:], start=known[0]) if known and len(known) == len(found) else None
