"""One trial: ask, judge, write down, and ask again with feedback until the reply is valid.

The rounds answered by an earlier invocation are given, and never asked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from fcbench_action.endpoint.types import Ask, Endpoint, Exchange
from fcbench_action.errors import CorruptResults
from fcbench_action.functions.base import Grade, Prompt
from fcbench_action.judge.judge import judge
from fcbench_action.judge.types import Outcome, Reply, Verdict
from fcbench_action.records.journal import Entry
from fcbench_action.records.types import Record, Round, Sampling, ToolText
from fcbench_action.run.clock import Clock
from fcbench_action.run.plan import Plan, case_ref, trial_sampling
from fcbench_action.suite.case import Case

Judge = Callable[[Case, Reply], Verdict]
Permit = Callable[[], Awaitable[bool]]
"""Asked before each call, and may take its time; no more calls are made once it says no."""

ENDING = frozenset({Outcome.VALID, Outcome.UNSUPPORTED, Outcome.FAULT, Outcome.UNATTRIBUTABLE})
"""Outcomes after which feedback has no sense."""


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
    """What a trial works with: whom to ask, who judges, where rounds are kept, what time it is.

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


def judge_reply(case: Case, reply: Reply) -> Verdict:
    """The judge of a run: ``judge.judge`` over a case."""
    return judge(case.function, case.task, reply)


def is_finished(rounds: tuple[Round, ...], max_rounds: int) -> bool:
    """Whether a trial with these rounds asks nothing more."""
    return bool(rounds) and (rounds[-1].outcome in ENDING or len(rounds) > max_rounds)


def answered(rounds: tuple[Round, ...]) -> tuple[Round, ...]:
    """The rounds that stay when a run goes on: a last one that no answer came to is asked again.

    A fault of our own, after an answer had come, stays: asking again would judge it no better.
    """
    if rounds and rounds[-1].outcome is Outcome.FAULT:
        attempts = rounds[-1].attempts
        if not attempts or attempts[-1].error is not None:
            return rounds[:-1]
    return rounds


def fold(entries: list[Entry]) -> tuple[tuple[Round, ...], Grade | None]:
    """The rounds that journalled entries come to: an entry replaces what came before at its index.

    Raises ``CorruptResults`` where a round is missing in between.
    """
    rounds: tuple[Round, ...] = ()
    grade: Grade | None = None
    for entry in entries:
        if entry.round.index > len(rounds):
            raise CorruptResults(
                f"the journal has round {entry.round.index} of {entry.case}, trial {entry.trial}, "
                f"but no round {len(rounds)}: put the journal back from a copy or delete it"
            )
        rounds = (*rounds[: entry.round.index], entry.round)
        grade = entry.grade
    return rounds, grade


async def run_trial(trial: Trial, rounds: tuple[Round, ...], around: Surroundings) -> tuple[Round, ...]:
    """Ask until the trial is finished or no more calls are permitted; returns all its rounds.

    Each round is kept before the next is asked. Raises ``EnvironmentFailed`` for what stops the model.
    """
    prompt = trial.case.prompt
    while not is_finished(rounds, trial.plan.provenance.max_rounds) and await around.permit():
        entry = await _round(trial, prompt, rounds, around)
        await around.keep(entry)
        rounds = (*rounds, entry.round)
    return rounds


def make_record(trial: Trial, rounds: tuple[Round, ...], grade: Grade | None) -> Record:
    """The record of a finished trial."""
    return Record(
        provenance=trial.plan.provenance,
        case=case_ref(trial.case),
        trial=trial.number,
        prompt=trial.case.prompt,
        rounds=rounds,
        grade=grade,
    )


async def _round(trial: Trial, prompt: Prompt, rounds: tuple[Round, ...], around: Surroundings) -> Entry:
    ask = Ask(
        model=trial.plan.wire,
        prompt=prompt,
        tool=trial.tool,
        sampling=trial.sampling,
        last=rounds[-1].reply if rounds else None,
        feedback=rounds[-1].feedback if rounds else "",
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
    async with around.turn:
        await asyncio.sleep(0)
        judged, grade = judge_round(trial.case, bare, exchange, around.judge)
    return Entry(trial.case.id, trial.number, judged, grade)


def judge_round(case: Case, bare: Round, exchange: Exchange, judge: Judge) -> tuple[Round, Grade | None]:
    """Fill in what the judge says. A judge that fails is our fault, never the model's."""
    if exchange.reply is None:
        return bare, None
    try:
        verdict = judge(case, exchange.reply)
    except Exception as error:  # noqa: BLE001 - whatever breaks in the judge must not end a paid run
        detail = f"harness: {type(error).__name__}"
        return msgspec.structs.replace(bare, outcome=Outcome.FAULT, detail=detail), None
    judged = msgspec.structs.replace(
        bare,
        outcome=verdict.outcome,
        reply=exchange.reply,
        lenient=verdict.lenient,
        diagnostics=verdict.diagnostics,
        omitted=verdict.omitted,
        feedback=verdict.feedback,
    )
    return judged, verdict.grade
