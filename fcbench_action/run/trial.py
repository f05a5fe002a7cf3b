"""One trial: ask, judge, write down, and ask again with feedback until the reply is valid.

The rounds answered by an earlier invocation are given, and never asked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from fcbench_action.endpoint.types import Ask, Endpoint
from fcbench_action.errors import CorruptResults
from fcbench_action.functions.base import Grade, Prompt
from fcbench_action.judge.judge import assess
from fcbench_action.judge.types import Outcome, Reply, Verdict
from fcbench_action.records.journal import Entry
from fcbench_action.records.types import Record, Round, Sampling, ToolText
from fcbench_action.run.clock import Clock
from fcbench_action.run.plan import Plan, case_ref, trial_sampling
from fcbench_action.suite.case import Case

Judge = Callable[[Case, Reply], Verdict]
"""Says all that decides about the next round, and the grade of a valid reply or not yet."""

Permit = Callable[[], Awaitable[bool]]
"""Asked before each call, and may take its time; no more calls are made once it says no."""

ENDING = frozenset({Outcome.VALID, Outcome.UNSUPPORTED, Outcome.FAULT, Outcome.UNATTRIBUTABLE})
"""Outcomes after which feedback has no sense."""

HARNESS = "harness:"
"""What the detail of a round begins with that was answered, and then could not be judged."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one trial needs: who and what to ask, the tool's text, and how often to try again."""

    plan: Plan
    case: Case
    number: int
    tool: ToolText

    @property
    def sampling(self) -> Sampling:
        """Its own sampling, with its own seed."""
        return trial_sampling(self.plan.provenance.sampling, self.number)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a trial works with: whom to ask, who judges, where entries are kept, what time it is.

    Judging takes turns, and each turn lets the event loop go round once. Otherwise replies that arrive
    together would all be judged before the first of the next questions is sent, and the endpoint would
    idle that long in every round.
    """

    endpoint: Endpoint
    judge: Judge
    turn: asyncio.Lock
    keep: Callable[[Entry], Awaitable[None]]
    permit: Permit
    clock: Clock


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a trial has come: its rounds, and the grade of the last one where that is known."""

    rounds: tuple[Round, ...] = ()
    grade: Grade | None = None

    @property
    def is_graded(self) -> bool:
        """Whether nothing is left to grade."""
        return not self.rounds or self.rounds[-1].outcome is not Outcome.VALID or self.grade is not None

    @property
    def answered(self) -> Standing:
        """What stays when a run goes on: a last round that no answer came to is asked again.

        A fault of our own, after an answer had come, stays: asking again would judge it no better.
        """
        last = self.rounds[-1] if self.rounds else None
        if last is None or last.outcome is not Outcome.FAULT:
            return self
        unanswered = not last.attempts or last.attempts[-1].error is not None
        return Standing(self.rounds[:-1]) if unanswered else self

    def after(self, entry: Entry) -> Standing:
        """With one more entry of the journal, which replaces what came before at its round's index."""
        if entry.round is None:
            return Standing(self.rounds, entry.grade)
        return Standing((*self.rounds[: entry.round.index], entry.round), entry.grade)


def assess_reply(case: Case, reply: Reply) -> Verdict:
    """The judge of a run: ``judge.assess`` over a case."""
    return assess(case.function, case.task, reply)


def is_finished(rounds: tuple[Round, ...], max_rounds: int) -> bool:
    """Whether a trial with these rounds asks nothing more."""
    return bool(rounds) and (rounds[-1].outcome in ENDING or len(rounds) > max_rounds)


def fold(entries: list[Entry]) -> Standing:
    """What journalled entries come to. Raises ``CorruptResults`` where a round is missing in between."""
    standing = Standing()
    for entry in entries:
        found = len(standing.rounds)
        if (entry.round is None and not found) or (entry.round is not None and entry.round.index > found):
            what = "a grade" if entry.round is None else f"round {entry.round.index}"
            raise CorruptResults(
                f"the journal has {what} of {entry.case}, trial {entry.trial}, but no round {found}: "
                "put the journal back from a copy or delete it"
            )
        standing = standing.after(entry)
    return standing


async def run_trial(trial: Trial, standing: Standing, around: Surroundings) -> Standing:
    """Ask until the trial is finished or no more calls are permitted; returns what it has come to.

    Each round is kept before the next is asked. Raises ``EnvironmentFailed`` for what stops the model.
    """
    prompt = trial.case.prompt
    while not is_finished(standing.rounds, trial.plan.provenance.max_rounds) and await around.permit():
        entry = await _round(trial, prompt, standing.rounds, around)
        await around.keep(entry)
        standing = standing.after(entry)
    return standing


def make_record(trial: Trial, standing: Standing) -> Record:
    """The record of a finished trial."""
    return Record(
        provenance=trial.plan.provenance,
        case=case_ref(trial.case),
        trial=trial.number,
        prompt=trial.case.prompt,
        rounds=standing.rounds,
        grade=standing.grade,
    )


async def _round(trial: Trial, prompt: Prompt, rounds: tuple[Round, ...], around: Surroundings) -> Entry:
    ask = Ask(
        model=trial.plan.wire,
        prompt=prompt,
        tool=trial.tool,
        sampling=trial.sampling,
        last=rounds[-1].reply if rounds else None,
        feedback=rounds[-1].feedback if rounds else "",
        dialect=trial.plan.provenance.dialect,
        channel=trial.plan.provenance.channel,
    )
    started_at, started = around.clock.stamp(), around.clock.monotonic()
    exchange = await around.endpoint.ask(ask)
    seconds = round(around.clock.monotonic() - started, 6)
    bare = Round(
        index=len(rounds),
        outcome=exchange.outcome or Outcome.FAULT,
        attempts=exchange.attempts,
        usage=exchange.usage,
        started_at=started_at,
        seconds=seconds,
        detail=exchange.detail,
        served_model=exchange.served_model,
    )
    if exchange.reply is None:
        return Entry(trial.case.id, trial.number, bare)
    async with around.turn:
        await asyncio.sleep(0)
        judged, grade = _judged(trial.case, bare, exchange.reply, around.judge)
    return Entry(trial.case.id, trial.number, judged, grade)


def _judged(case: Case, bare: Round, reply: Reply, judge: Judge) -> tuple[Round, Grade | None]:
    try:
        verdict = judge(case, reply)
    except Exception as error:  # noqa: BLE001 - whatever breaks in the judge must not end a paid run
        return faulty(bare, type(error).__name__), None
    return told(bare, reply, verdict), verdict.grade


def told(bare: Round, reply: Reply, verdict: Verdict) -> Round:
    """The round with what the judge says about its reply."""
    return msgspec.structs.replace(
        bare,
        outcome=verdict.outcome,
        reply=reply,
        lenient=verdict.lenient,
        diagnostics=verdict.diagnostics,
        omitted=verdict.omitted,
        feedback=verdict.feedback,
    )


def faulty(round_: Round, what: str) -> Round:
    """The round where judging failed, which is our fault, never the model's."""
    return msgspec.structs.replace(
        round_,
        outcome=Outcome.FAULT,
        reply=None,
        lenient=None,
        diagnostics=(),
        omitted=0,
        feedback="",
        detail=f"{HARNESS} {what}",
    )
