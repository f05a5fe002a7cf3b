"""A run from beginning to end: open what was done before, ask what is left, turn it into records.

However a run ends - finished, budget, signal, full disk, refused key - what was answered is on the disk,
and the same command goes on from there.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from fcbench_action.endpoint.types import Ask, Endpoint, Exchange
from fcbench_action.errors import EnvironmentFailed
from fcbench_action.judge.types import Reply
from fcbench_action.records.disk import Disk
from fcbench_action.records.journal import Entry
from fcbench_action.records.plans import WANTED_FACTS
from fcbench_action.records.tree import open_tree
from fcbench_action.records.types import Round, ToolText, Usage
from fcbench_action.run.budget import Budget, Limits, Prices
from fcbench_action.run.clock import Clock
from fcbench_action.run.grading import Grading
from fcbench_action.run.lane import Lane, open_lane
from fcbench_action.run.plan import Plan, estimated_tokens
from fcbench_action.run.probing import probed, recorded
from fcbench_action.run.progress import Display
from fcbench_action.run.result import ModelResult, Result
from fcbench_action.run.schedule import one_by_one, schedule, together
from fcbench_action.run.trial import Judge, Standing, Surroundings, Trial, is_finished, run_trial
from fcbench_action.run.workers import Grader

_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

PATIENCE = 20.0
"""Seconds that one model's probe may hold up the next one's at the same server."""

Job = tuple[Lane, Trial, Standing]


@dataclass(frozen=True, slots=True)
class Server:
    """An endpoint and how it is treated. ``address`` is what messages call it: host and port, if given.

    ``probe`` says that its dialect is found out before its models are asked. ``describe`` asks it what it
    tells of itself and of a model on the wire; it raises nothing.
    """

    endpoint: Endpoint
    address: str = ""
    concurrency: int = 8
    prices: Prices | None = None
    probe: bool = False
    describe: Callable[[str], Awaitable[dict[str, str]]] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that a run needs. ``plans`` come with the server that answers for each.

    ``judge`` may leave valid replies without a grade; ``grader`` then judges them again.
    """

    plans: Sequence[tuple[Plan, Server]]
    tools: dict[str, ToolText]
    results: Path
    judge: Judge
    grader: Grader
    display: Display
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=Clock)
    disk: Disk = field(default_factory=Disk)


class _Control:
    """Decides before each call whether there is one."""

    def __init__(self, session: Session) -> None:
        self.budget = Budget(session.limits, session.clock.monotonic)
        self.grading = Grading(session.grader, self.count)
        self.display = session.display
        self.exceeded: str | None = None
        self.trouble: str | None = None
        self.signal: int | None = None
        self.under_way = 0
        self.dropped = 0
        self.ended = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.turn = asyncio.Lock()

    def permits(self, lane: Lane) -> bool:
        """Whether one more call may be made for this model."""
        self.trouble = self.trouble or lane.journal.trouble
        return not (self.trouble or lane.stopped) and self.goes_on()

    def goes_on(self) -> bool:
        """Whether anything more may be asked of anybody."""
        if self.signal is None:
            self.exceeded = self.exceeded or self.budget.exceeded()
        return self.signal is None and self.exceeded is None

    async def admits(self, lane: Lane) -> bool:
        """:meth:`permits`, once the calls under way leave room in the budget for one more."""
        while self.permits(lane):
            if not self.budget.full():
                return True
            self.ended.clear()
            await self.ended.wait()
        return False

    def count(self, lane: Lane, last: Round) -> None:
        """A trial has ended with this round."""
        lane.count(last)
        self.display.trial(lane.plan.name, last)

    def interrupt(self, number: int) -> None:
        """The first signal stops asking; the second also drops the replies under way."""
        if self.signal is None and (self.under_way or self.grading.under_way):
            replies = f"{self.under_way} replies under way"
            grades = f"the grades of {self.grading.under_way} others"
            waiting = (replies,) * bool(self.under_way) + (grades,) * bool(self.grading.under_way)
            self.display.say(f"stopping: waiting for {' and '.join(waiting)}; interrupt again to drop them")
        elif self.signal is not None and self.task is not None:
            self.dropped = self.dropped or self.under_way
            self.task.cancel()
        self.signal = self.signal or number


@dataclass(slots=True)
class _Calls:
    """The calls that were made for one model before its lane was open."""

    calls: int = 0


@dataclass(frozen=True, slots=True)
class _Metered:
    """An endpoint whose calls are counted."""

    server: Server
    counted: Lane | _Calls
    control: _Control

    async def ask(self, ask: Ask) -> Exchange:
        """Ask, and count calls and tokens."""
        self.counted.calls += 1
        self.control.under_way += 1
        budget = self.control.budget
        prices = self.server.prices
        reserved = budget.asked(lambda: prompt_tokens(ask), prices)
        try:
            exchange = await self.server.endpoint.ask(ask)
            if exchange.reply is not None:
                budget.answered(exchange.usage, _spent(ask, exchange.reply), prices)
        finally:
            self.control.under_way -= 1
            budget.ended(reserved)
            self.control.ended.set()
        return msgspec.structs.replace(exchange, usage=_priced(exchange.usage, prices))

    async def close(self) -> None:
        """Close the endpoint."""
        await self.server.endpoint.close()


def _priced(usage: Usage, prices: Prices | None) -> Usage:
    """The usage with its cost where that is known; rough counts of tokens have none."""
    prompt, completion = usage.prompt_tokens, usage.completion_tokens
    if usage.cost is not None or prices is None or prompt is None or completion is None:
        return usage
    return msgspec.structs.replace(usage, cost=round(prices.of(prompt, completion), 9))


def _spent(ask: Ask, reply: Reply) -> Callable[[], tuple[int, int]]:
    """A rough count of prompt and completion tokens, made only where it is needed."""

    def count() -> tuple[int, int]:
        return prompt_tokens(ask), estimated_tokens(reply.arguments, reply.content)

    return count


def prompt_tokens(ask: Ask) -> int:
    """A rough count of the tokens of a question."""
    tool = msgspec.json.encode(ask.tool).decode()
    last = ask.last.arguments or ask.last.content if ask.last else None
    return estimated_tokens(ask.prompt.system, ask.prompt.user, tool, last, ask.feedback)


async def run(session: Session) -> Result:
    """Run what is left of the plans. The endpoints stay open.

    Raises ``EnvironmentFailed`` or ``CorruptResults`` for what keeps a run from beginning or its records
    from being written; what stops single models or asks no more is in the result.
    """
    open_tree(session.results, session.disk)
    control = _Control(session)
    with contextlib.ExitStack() as open_lanes:
        lanes = _Lanes(session, control, open_lanes)
        lanes.open_known()
        try:
            with _signals(control):
                await _ask_all(session, lanes, control)
            lanes.open_rest()
        finally:
            session.display.end()
        new = [lane.settle() for lane in lanes.in_order]
    return _result(lanes.in_order, [lanes.before[number] for number in sorted(lanes.before)], new, control)


@dataclass(slots=True)
class _Lanes:
    """The lanes of a run by the number of their plan, each open as soon as its dialect is known.

    ``before`` counts the trials that were finished when a lane was opened.
    """

    session: Session
    control: _Control
    stack: contextlib.ExitStack
    found: dict[int, Lane] = field(default_factory=dict)
    before: dict[int, int] = field(default_factory=dict)

    @property
    def in_order(self) -> list[Lane]:
        """Those that are open, in the order of their plans."""
        return [self.found[number] for number in sorted(self.found)]

    def open_known(self) -> None:
        """Open those that need no probe: what keeps a run from beginning is told before anything is asked."""
        for number, (plan, server) in enumerate(self.session.plans):
            known = recorded(plan, self.session.results) if server.probe else plan
            if known is not None:
                self._open(number, _Settled(known))

    async def settle(self, number: int) -> Lane:
        """Open a lane, after its probe where it needs one."""
        if number not in self.found:
            plan, server = self.session.plans[number]
            self._open(number, await _settle(self.session, plan, server, self.control))
        return self.found[number]

    def open_rest(self) -> None:
        """Open those that nothing more was asked for, so that they are accounted for too."""
        for number, (plan, _) in enumerate(self.session.plans):
            if number not in self.found:
                self._open(number, _Settled(plan))

    def _open(self, number: int, settled: _Settled) -> None:
        server = self.session.plans[number][1]
        lane = _open(self.session, settled.plan, server, self.stack)
        lane.calls, lane.stopped = settled.calls, settled.stopped
        self.before[number] = _begin(lane, self.session.display)
        self.found[number] = lane


@dataclass(frozen=True, slots=True)
class _Settled:
    """A plan in its dialect. ``stopped`` says why its model cannot be asked."""

    plan: Plan
    calls: int = 0
    stopped: str | None = None


class _NoMore(Exception):
    """The budget or a signal ended the run while a probe went on."""


async def _settle(session: Session, plan: Plan, server: Server, control: _Control) -> _Settled:
    """The plan in the richest dialect that its endpoint takes.

    Where nothing more may be asked before that is known, it stays as it is, for nothing is asked with it.
    """
    counted = _Calls()
    metered = _Metered(server, counted, control)

    async def ask(question: Ask) -> Exchange:
        if not control.goes_on():
            raise _NoMore
        return await metered.ask(question)

    try:
        named, found = await probed(plan, ask, session.tools, session.results, session.disk)
    except _NoMore:
        return _Settled(plan, counted.calls)
    except EnvironmentFailed as error:
        return _Settled(plan, counted.calls, str(error))
    for line in found.warnings(plan.name):
        session.display.say(line)
    return _Settled(named, counted.calls)


def _open(session: Session, plan: Plan, server: Server, stack: contextlib.ExitStack) -> Lane:
    try:
        lane = open_lane(plan, server.endpoint, session.tools, session.results, session.disk)
    except EnvironmentFailed as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in _REFUSED:
            raise EnvironmentFailed(
                f"may not write in the results folder {session.results}: {error.__cause__.strerror}; "
                "make it writable or choose another folder with --results"
            ) from error
        raise
    lane.address = server.address or plan.provenance.host
    lane.prices = server.prices
    stack.callback(lane.journal.close)
    return lane


def _begin(lane: Lane, display: Display) -> int:
    trials = lane.size
    before = trials - sum(1 for _ in lane.left())
    display.begin(lane.plan.name, trials, before)
    return before


async def _ask_all(session: Session, lanes: _Lanes, control: _Control) -> None:
    async def everything() -> None:
        try:
            await together(_serve(session, lanes, control, *of) for of in _by_server(session))
            await control.grading.finish()
        finally:
            await control.grading.drop()

    control.task = asyncio.create_task(everything())
    try:
        await control.task
    except asyncio.CancelledError:
        if control.signal is None:
            raise
    finally:
        for lane in lanes.in_order:
            await lane.journal.settle()


async def _serve(
    session: Session, lanes: _Lanes, control: _Control, server: Server, numbers: list[int]
) -> None:
    """Ask one server for the models of these plans, one after the other, for it may hold one at a time.

    While one is asked, the next are probed; whichever is ready first is asked first.
    """
    ready: asyncio.Queue[Lane | None] = asyncio.Queue()

    async def work(job: Job) -> None:
        await _one(session, control, server, *job)

    async def settle(number: int) -> None:
        lane = await lanes.settle(number)
        ready.put_nowait(lane)
        await _describe(session, lane, server)

    async def settle_all() -> None:
        await one_by_one((settle(number) for number in numbers), PATIENCE)
        ready.put_nowait(None)

    await together([settle_all(), schedule(_jobs(ready), server.concurrency, work)])


async def _jobs(ready: asyncio.Queue[Lane | None]) -> AsyncIterator[Job]:
    while (lane := await ready.get()) is not None:
        for trial, standing in lane.left():
            yield lane, trial, standing


async def _describe(session: Session, lane: Lane, server: Server) -> None:
    """Beside the calls, for records that are still to come, learn what the server tells of itself."""
    source = lane.plan.provenance
    if server.describe is None or source.simulated or lane.stopped or next(lane.left(), None) is None:
        return
    lane.served = await server.describe(lane.plan.wire)
    if untold := [name for name in WANTED_FACTS if name not in {**lane.served, **source.facts}]:
        what = f"the server of {lane.plan.name} does not tell {', '.join(untold)}"
        session.display.say(f"{what}: give such facts with --fact {untold[0]}=..., for they are published")


def _by_server(session: Session) -> list[tuple[Server, list[int]]]:
    """The numbers of each server's plans: one server's queue does not wait for another's."""
    found: dict[int, tuple[Server, list[int]]] = {}
    for number, (_, server) in enumerate(session.plans):
        found.setdefault(id(server), (server, []))[1].append(number)
    return list(found.values())


async def _one(
    session: Session, control: _Control, server: Server, lane: Lane, trial: Trial, standing: Standing
) -> None:
    async def keep(entry: Entry) -> None:
        await lane.journal.append(entry)
        session.display.round(lane.plan.name)

    around = Surroundings(
        endpoint=_Metered(server, lane, control),
        judge=session.judge,
        turn=control.turn,
        keep=keep,
        permit=lambda: control.admits(lane),
        clock=session.clock,
    )
    try:
        standing = await run_trial(trial, standing, around)
    except EnvironmentFailed as error:
        if lane.stopped is None:
            lane.stopped = str(error)
            if len(session.plans) > 1:
                session.display.say(f"{lane.plan.name} is stopped, the other models go on: {lane.stopped}")
        return
    if not standing.is_graded:
        control.grading.begin(lane, trial)
    elif is_finished(standing.rounds, lane.plan.provenance.max_rounds):
        control.count(lane, standing.rounds[-1])


@contextlib.contextmanager
def _signals(control: _Control) -> Iterator[None]:
    """Signals become decisions of the run, in place of exceptions anywhere in it."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, control.interrupt, number)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _result(lanes: list[Lane], before: list[int], new: list[int], control: _Control) -> Result:
    models = tuple(
        ModelResult(
            name=lane.plan.name,
            run=lane.plan.provenance.run,
            simulated=lane.plan.provenance.simulated,
            trials=lane.size,
            finished_before=earlier,
            finished=lane.finished,
            faults=lane.faults,
            calls=lane.calls,
            records=records,
            stopped=lane.stopped,
        )
        for lane, earlier, records in zip(lanes, before, new, strict=True)
    )
    budget = control.budget
    troubles = (lane.journal.trouble for lane in lanes)
    return Result(
        models=models,
        calls=budget.calls,
        tokens=budget.tokens,
        tokens_estimated=budget.estimated,
        cost=budget.cost,
        seconds=budget.seconds,
        budget=control.exceeded,
        trouble=control.trouble or next((trouble for trouble in troubles if trouble), None),
        signal=control.signal,
        dropped=control.dropped,
        last_fault=next((lane.last_fault for lane in reversed(lanes) if lane.last_fault), None),
    )
