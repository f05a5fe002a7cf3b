"""A small world for tests of the runner: a suite of made-up cases and an endpoint that follows a script.

The endpoint answers ``good`` or ``bad N``; the judge takes ``good`` for valid and anything else for invalid
JSON. How many bad answers come before the good one is drawn from the case, so every run gets the same.
"""

from __future__ import annotations

import asyncio
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic, Stage
from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.functions.base import Function, Grade, Part, Prompt
from fcbench_action.judge.types import Outcome, Reading, Reply, Verdict
from fcbench_action.language.node import Node
from fcbench_action.records.tree import read_tree
from fcbench_action.records.types import TIMING_FIELDS, Attempt, Record, Sampling, ToolText, Usage
from fcbench_action.run.clock import Clock
from fcbench_action.run.plan import Plan, Settings, Target, make_plan
from fcbench_action.run.progress import Quiet
from fcbench_action.run.session import Server, Session
from fcbench_action.suite.case import Case, Suite


class Answer(Node, frozen=True):
    """An answer."""

    text: str


@dataclass(frozen=True)
class Task:
    """A task that knows its reference."""

    name: str
    reference: Answer = field(default_factory=lambda: Answer(text="good"))


FUNCTION = Function(
    name="toy.answer",
    phase="toy",
    title="Toy",
    description="Answers.",
    argument=Answer,
    prompt=lambda task: Prompt("system", f"case {task.name}"),
    compile=lambda task, answer: [],
    grade=lambda task, answer: Grade(1.0, (Part("all", 1.0, 1.0),)),
    emit=lambda answers: {},
)
TOOLS = {FUNCTION.name: ToolText("toy_answer", "Answers.", {"type": "object"})}


def make_suite(count: int = 6) -> Suite:
    """A suite of ``count`` cases in two modules of one topic."""
    cases = [
        Case(
            f"toy/m{n % 2}/toy.answer/{n}",
            "toy",
            f"m{n % 2}",
            FUNCTION,
            str(n),
            f"Case {n}",
            (),
            Task(str(n)),
        )
        for n in range(count)
    ]
    return Suite("1", "digest", {case.id: case for case in cases})


def plan(count: int = 6, trials: int = 2, name: str = "acme/model", **settings: Any) -> Plan:
    """A plan over all cases of a suite."""
    provider, model = name.split("/")
    suite = make_suite(count)
    sampling = Sampling(seed=7)
    return make_plan(
        suite,
        Target(provider, model, name),
        tuple(suite.cases.values()),
        Settings(trials=trials, sampling=sampling, **settings),
        "localhost",
    )


def judge(case: Case, reply: Reply) -> Verdict:
    """``good`` is valid."""
    if reply.arguments == "good":
        return Verdict(Outcome.VALID, Reading(Outcome.VALID), grade=Grade(0.5, (Part("p", 1.0, 2.0),)))
    found = Diagnostic("toy", Stage.PARSE, (), f"{case.id} is not good")
    return Verdict(
        Outcome.INVALID_JSON, Reading(Outcome.INVALID_JSON), (found,), feedback=f"not good: {reply.arguments}"
    )


def assess(case: Case, reply: Reply) -> Verdict:
    """:func:`judge` without the grade."""
    return msgspec.structs.replace(judge(case, reply), grade=None)


async def judge_again(case: Case, reply: Callable[[], Reply]) -> Verdict:
    """:func:`judge` as a grader."""
    return judge(case, reply())


def question(ask: Ask) -> tuple[str, int | None, str]:
    """What identifies a question: the case, the trial's seed and the round's feedback."""
    return ask.prompt.user, ask.sampling.seed, ask.feedback


def scripted(ask: Ask) -> Exchange:
    """The answer to a question, which depends on nothing else."""
    name = f"{ask.prompt.user} {ask.sampling.seed}"
    wanted = zlib.crc32(name.encode()) % 7
    so_far = 0 if ask.last is None else int((ask.last.arguments or "bad 0").split()[1]) + 1
    text = "good" if so_far >= wanted else f"bad {so_far}"
    return Exchange(
        (Attempt(200, None, 0.25),),
        Usage(100, 10),
        Reply(FUNCTION.tool_name, text, call_id="c"),
        served_model="m",
    )


@dataclass
class Scripted:
    """Answers by ``answer`` and remembers every question; ``before`` may fail or wait."""

    answer: Callable[[Ask], Exchange] = scripted
    before: Callable[[Ask], Any] | None = None
    asked: list[Ask] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def ask(self, ask: Ask) -> Exchange:
        self.asked.append(ask)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.before is not None:
                waiting = self.before(ask)
                if asyncio.iscoroutine(waiting):
                    await waiting
            await asyncio.sleep(0)
            return self.answer(ask)
        finally:
            self.at_once -= 1

    async def close(self) -> None:
        """Nothing to close."""


@dataclass
class Ticking:
    """A clock that moves a second each time it is read."""

    seconds: float = 0.0

    def read(self) -> float:
        self.seconds += 1.0
        return self.seconds

    def clock(self) -> Clock:
        return Clock(lambda: datetime.fromtimestamp(self.read(), UTC), self.read)


def session(results: Path, endpoint: Any, *plans: Plan, **changes: Any) -> Session:
    """A session over ``plans`` that says nothing."""
    defaults: dict[str, Any] = {
        "judge": judge,
        "grader": judge_again,
        "display": Quiet(io.StringIO()),
        "clock": Ticking().clock(),
    }
    of_server = ("address", "concurrency", "prices", "probe", "describe")
    terms = {name: changes.pop(name) for name in of_server if name in changes}
    server = Server(endpoint, **terms)
    return Session(
        plans=[(p, server) for p in plans], tools=TOOLS, results=results, **{**defaults, **changes}
    )


def records(results: Path) -> list[Record]:
    """Every record of a tree in one order, without what timing may change."""
    found = [record for topic in read_tree(results) for record in topic.records()]
    return [
        timeless(record) for record in sorted(found, key=lambda r: (r.provenance.model, r.case.id, r.trial))
    ]


def timeless(record: Record) -> Record:
    """The record with its timing fields blanked."""

    def blank(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: None if k in TIMING_FIELDS else blank(v) for k, v in value.items()}
        return [blank(v) for v in value] if isinstance(value, (list, tuple)) else value

    built = blank(msgspec.to_builtins(record))
    for rounds in built["rounds"]:
        rounds["started_at"], rounds["seconds"] = "1970-01-01T00:00:00Z", 0.0
        for attempt in rounds["attempts"]:
            attempt["seconds"] = 0.0
    return msgspec.convert(built, Record)
