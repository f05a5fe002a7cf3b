"""The runner against the bare client: time per call, makespan, start, memory; and what grading takes.

The embedded endpoint answers from a process of its own, always validly, so that both sides ask the same
questions once each, of all functions alike. CPU times are of the asking process, with all its threads.
Grading runs in processes beside it and is a figure of its own; the runs that are held against the bare
client get a grade from nowhere and write it down like any other.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import openai

from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.simulated.server import Settings, serve
from fcbench_action.functions.base import Grade, Part
from fcbench_action.judge.judge import judge
from fcbench_action.judge.types import Outcome, Reading, Reply, Verdict
from fcbench_action.run.options import Options, make_plans, make_tools
from fcbench_action.run.plan import Plan
from fcbench_action.run.progress import Quiet
from fcbench_action.run.session import Server, Session, run
from fcbench_action.run.trial import Judge, assess_reply
from fcbench_action.run.workers import Workers, cores
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.load import load
from tests.bench.memory import watched

MODEL = "simulated/flawless"


@dataclass(frozen=True)
class Spent:
    """Seconds of this process, on the wall, and of its workers, for a number of calls."""

    calls: int
    cpu: float
    wall: float
    beside: float = 0.0

    @property
    def cpu_per_call(self) -> float:
        """Milliseconds."""
        return 1000 * self.cpu / self.calls


def rows() -> Iterator[tuple[str, str]]:
    """What was measured, and the figure with its target, each as soon as it is known."""
    suite = load()
    with server() as url:
        measure(suite, url, 16, 64)
        for concurrency in (1, 16, 64):
            ours, bare = compared(suite, url, concurrency, 256)
            each = f"{ours.cpu_per_call:.2f} / {bare.cpu_per_call:.2f} ms"
            what = f"CPU per call at concurrency {concurrency}, run without grading / bare client"
            yield what, f"{each} = {ours.cpu_per_call / bare.cpu_per_call:.2f} (target 1.25)"
        yield "of it the judge, up to the compiler's verdict", _by_function(judging(suite, assess_reply))
        yield from graded(suite, url)
        peak = f"{peak_of_a_run(url):.0f} MB (target 120)"
        yield "peak memory at concurrency 256, of the largest process", peak
    yield "process start to first request", f"{start_seconds():.2f} s (target 2)"
    with server(0.2) as url:
        ours, bare = compared(suite, url, 64, 512, turns=2)
        name = "makespan of 512 calls at 200 ms, concurrency 64, run without grading / bare client"
        yield name, f"{_ratio(ours.wall, bare.wall)} (target 1.25)"
    with server(2.0) as url:
        ours = measure(suite, url, 64, 256)
        bare = asyncio.run(bare_client(suite, url, 64, 256))
        name = "makespan of 256 calls at 2 s, concurrency 64, run without grading / latency x calls / 64"
        yield name, f"{_ratio(ours.wall, 2.0 * ours.calls / 64)} (target 1.05)"
        yield "the same, bare client", _ratio(bare.wall, 2.0 * bare.calls / 64)


def graded(suite: Suite, url: str) -> list[tuple[str, str]]:
    """What grading takes, by running programs most of all, and a run with it."""

    def whole(case: Case, reply: Reply) -> Verdict:
        return judge(case.function, case.task, reply)

    with_grades, without = judging(suite, whole, turns=1), judging(suite, assess_reply, turns=1)
    grades = {name: with_grades[name] - without[name] for name in without}
    run = measure(suite, url, 64, 64, workers=True)
    return [
        ("grading a reply, in a worker", _by_function(grades)),
        (
            f"a run of 64 calls with grading, {cores()} workers",
            f"{run.wall:.1f} s; {run.cpu_per_call:.2f} ms of CPU a call here, {run.beside:.1f} s in workers",
        ),
    ]


def compared(suite: Suite, url: str, concurrency: int, calls: int, turns: int = 3) -> tuple[Spent, Spent]:
    """The better of some turns of each, taken in turn, so that other load on the machine hits both."""
    pairs = [
        (measure(suite, url, concurrency, calls), asyncio.run(bare_client(suite, url, concurrency, calls)))
        for _ in range(turns)
    ]
    return min((ours for ours, _ in pairs), key=_cost), min((bare for _, bare in pairs), key=_cost)


def measure(suite: Suite, url: str, concurrency: int, calls: int, *, workers: bool = False) -> Spent:
    """A run, journal, judge, records and all; with grading where it has ``workers``."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_run(suite, url, concurrency, calls, Path(folder), workers))


async def _grade_from_nowhere(case: Case, reply: Callable[[], Reply]) -> Verdict:
    reply()
    return Verdict(Outcome.VALID, Reading(Outcome.VALID), grade=Grade(1.0, (Part("all", 1.0, 1.0),)))


async def _run(suite: Suite, url: str, concurrency: int, calls: int, results: Path, workers: bool) -> Spent:
    endpoint = OpenAIEndpoint(url)
    plan = _plan(suite, url, calls)
    cpu, wall, beside = time.process_time(), time.perf_counter(), _seconds_of_children()
    async with Workers() as pool:
        session = Session(
            plans=[(plan, Server(endpoint, concurrency=concurrency))],
            tools=make_tools(plan.cases),
            results=results,
            judge=assess_reply,
            grader=pool.judge if workers else _grade_from_nowhere,
            display=Quiet(io.StringIO()),
        )
        result = await run(session)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    spent = Spent(result.calls, cpu, wall, _seconds_of_children() - beside)
    await endpoint.close()
    if not result.complete or result.calls != calls:
        raise RuntimeError("some first reply was not valid, so the figures would compare nothing")
    return spent


async def bare_client(suite: Suite, url: str, concurrency: int, calls: int) -> Spent:
    """The same questions asked by nothing but the client, its answers thrown away."""
    client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
    plan = _plan(suite, url, calls)
    tools = make_tools(plan.cases)
    work = iter(list(plan.work()))
    asked = 0

    async def worker() -> None:
        nonlocal asked
        for case, trial in work:
            prompt, tool = case.function.prompt(case.task), tools[case.function.name]
            await client.chat.completions.create(
                model=plan.wire,
                messages=[
                    {"role": "system", "content": prompt.system},
                    {"role": "user", "content": prompt.user},
                ],
                tools=[
                    {
                        "type": "function",
                        "function": {
                            "name": tool.name,
                            "description": tool.description,
                            "parameters": tool.parameters,
                        },
                    }
                ],
                tool_choice={"type": "function", "function": {"name": tool.name}},
                seed=trial,
            )
            asked += 1

    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(concurrency)))
    spent = Spent(asked, time.process_time() - cpu, time.perf_counter() - wall)
    await client.close()
    return spent


def judging(suite: Suite, judge: Judge, turns: int = 3) -> dict[str, float]:
    """Milliseconds of CPU that ``judge`` takes for a right reply, the mean of each function."""
    found = {}
    for name in dict.fromkeys(case.function.name for case in suite.cases.values()):
        replies = [
            (case, Reply(case.function.tool_name, msgspec.json.encode(case.task.reference).decode()))
            for case in _spread(suite, 64)
            if case.function.name == name
        ]
        best = float("inf")
        for _ in range(turns):
            begun = time.process_time()
            for case, reply in replies:
                judge(case, reply)
            best = min(best, time.process_time() - begun)
        found[name] = 1000 * best / len(replies)
    return found


def start_seconds() -> float:
    """From starting the command to the first request at the server, the best of three."""
    return min(_first_request() for _ in range(3))


def _first_request() -> float:
    with tempfile.TemporaryDirectory() as folder, server(log=Path(folder, "log")) as logged:
        begun = time.perf_counter()
        pid = _spawn(logged, folder, "--max-calls", "1")
        log = Path(folder, "log")
        while not log.exists() or not log.stat().st_size:
            time.sleep(0.002)
        seconds = time.perf_counter() - begun
        os.waitpid(pid, 0)
    return seconds


def peak_of_a_run(url: str) -> float:
    """Megabytes of a run at concurrency 256, at their highest, or those of a worker of it."""
    with tempfile.TemporaryDirectory() as folder:
        pid = _spawn(url, folder, "--concurrency", "256", "--tier", "standard", "--trials", "1")
        status, peak = watched(pid)
    if status:
        raise RuntimeError("the run did not go through")
    return peak


def _spawn(url: str, folder: str, *more: str) -> int:
    command = [sys.executable, "-m", "fcbench_action", "run", "--model", MODEL, "--base-url", url, "--quiet"]
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0o600) for fd in (1, 2)]
    arguments = [*command, "--results", f"{folder}/results", *more]
    return os.posix_spawn(sys.executable, arguments, os.environ, file_actions=quiet)


@contextmanager
def server(latency: float = 0.0, log: Path | None = None) -> Iterator[str]:
    """The embedded endpoint in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, latency, log), daemon=True)
    process.start()
    there.close()  # so that a server that fails ends the wait below
    try:
        yield here.recv()
    finally:
        here.close()
        process.join()


def _serve(pipe: Connection, latency: float, log: Path | None) -> None:
    with serve(load(), Settings(latency=latency, log=log)) as url, contextlib.suppress(EOFError):
        pipe.send(url)
        pipe.recv()


def _plan(suite: Suite, url: str, calls: int) -> Plan:
    """A plan of ``calls`` first calls, over 32 cases."""
    plan = make_plans(Options(model=[MODEL], base_url=url), suite)[0]
    return replace(plan, cases=_spread(suite, 32), trials=calls // 32)


def _spread(suite: Suite, count: int) -> tuple[Case, ...]:
    """The first cases of each function in turn."""
    rows: dict[str, list[Case]] = {}
    for case in suite.cases.values():
        rows.setdefault(case.function.name, []).append(case)
    turns = (case for turn in zip_longest(*rows.values()) for case in turn if case is not None)
    return tuple(islice(turns, count))


def _by_function(milliseconds: dict[str, float]) -> str:
    mean = sum(milliseconds.values()) / len(milliseconds)
    return f"{mean:.2f} ms: " + ", ".join(f"{name} {ms:.2f}" for name, ms in milliseconds.items())


def _seconds_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _ratio(ours: float, other: float) -> str:
    return f"{ours:.2f} / {other:.2f} s = {ours / other:.2f}"


def _cost(spent: Spent) -> float:
    return spent.cpu


if __name__ == "__main__":
    for name, figure in rows():
        print(f"{name}: {figure}", flush=True)
