"""The runner against the bare client: time per call, makespan, start, memory.

The embedded endpoint answers from a process of its own, always validly, so that both sides ask the same
questions once each. CPU times are of the asking process, with all its threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import openai

from fcbench_action.endpoint.client import OpenAIEndpoint
from fcbench_action.endpoint.simulated.server import Settings, serve
from fcbench_action.judge.types import Reply
from fcbench_action.run.options import Options, make_plans, make_tools
from fcbench_action.run.plan import Plan
from fcbench_action.run.progress import Quiet
from fcbench_action.run.session import Session, run
from fcbench_action.run.trial import judge_reply
from fcbench_action.suite.case import Suite
from fcbench_action.suite.load import load

MODEL = "simulated/flawless"


@dataclass(frozen=True)
class Spent:
    """Seconds of this process, and on the wall, for a number of calls."""

    calls: int
    cpu: float
    wall: float

    @property
    def cpu_per_call(self) -> float:
        """Milliseconds."""
        return 1000 * self.cpu / self.calls


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure with its target."""
    suite, found = load(), []
    with server() as url:
        measure(suite, url, 16, 64)
        for concurrency in (1, 16, 64):
            ours, bare = compared(suite, url, concurrency, 256)
            each = f"{ours.cpu_per_call:.2f} / {bare.cpu_per_call:.2f} ms"
            figure = f"{each} = {ours.cpu_per_call / bare.cpu_per_call:.2f} (target 1.25)"
            found.append((f"CPU per call at concurrency {concurrency}, run / bare client", figure))
        found.append(("of it the judge, CPU per call", f"{judge_milliseconds(suite):.2f} ms"))
        found.append(("peak memory at concurrency 256", f"{peak_megabytes(url):.0f} MB (target 120)"))
    found.append(("process start to first request", f"{start_seconds():.2f} s (target 2)"))
    with server(0.2) as url:
        ours, bare = compared(suite, url, 64, 512)
        name = "makespan of 512 calls at 200 ms, concurrency 64, run / bare client"
        found.append((name, f"{_ratio(ours.wall, bare.wall)} (target 1.25)"))
    with server(2.0) as url:
        ours = measure(suite, url, 64, 256)
        bare = asyncio.run(bare_client(suite, url, 64, 256))
        name = "makespan of 256 calls at 2 s, concurrency 64, run / latency x calls / 64"
        found.append((name, f"{_ratio(ours.wall, 2.0 * ours.calls / 64)} (target 1.05)"))
        found.append(("the same, bare client", _ratio(bare.wall, 2.0 * bare.calls / 64)))
    return found


def compared(suite: Suite, url: str, concurrency: int, calls: int) -> tuple[Spent, Spent]:
    """The better of three turns of each, taken in turn, so that other load on the machine hits both."""
    turns = [
        (measure(suite, url, concurrency, calls), asyncio.run(bare_client(suite, url, concurrency, calls)))
        for _ in range(3)
    ]
    return min((ours for ours, _ in turns), key=_cost), min((bare for _, bare in turns), key=_cost)


def measure(suite: Suite, url: str, concurrency: int, calls: int) -> Spent:
    """A run, journal, judge, records and all."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_run(suite, url, concurrency, calls, Path(folder)))


async def _run(suite: Suite, url: str, concurrency: int, calls: int, results: Path) -> Spent:
    endpoint = OpenAIEndpoint(url)
    plan = _plan(suite, url, calls)
    session = Session(
        plans=[(plan, endpoint)],
        tools=make_tools(plan.cases),
        results=results,
        judge=judge_reply,
        display=Quiet(io.StringIO()),
        concurrency=concurrency,
    )
    cpu, wall = time.process_time(), time.perf_counter()
    result = await run(session)
    spent = Spent(result.calls, time.process_time() - cpu, time.perf_counter() - wall)
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


def judge_milliseconds(suite: Suite) -> float:
    """CPU time of judging one right reply, decoding, compiling and grading, over all cases."""
    replies = [
        (case, Reply(case.function.tool_name, msgspec.json.encode(case.task.reference).decode()))
        for case in suite.cases.values()
    ]
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for case, reply in replies:
            judge_reply(case, reply)
        best = min(best, time.process_time() - begun)
    return 1000 * best / len(replies)


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


def peak_megabytes(url: str) -> float:
    """The resident memory of a run at concurrency 256, at its highest."""
    with tempfile.TemporaryDirectory() as folder:
        pid = _spawn(url, folder, "--concurrency", "256", "--trials", "20")
        _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError("the run did not go through")
    return usage.ru_maxrss / 1024


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
    """A plan of ``calls`` first calls, over the suite's first 32 cases."""
    plan = make_plans(Options(model=[MODEL], base_url=url, topics=["todo"]), suite)[0]
    return replace(plan, cases=plan.cases[:32], trials=calls // 32)


def _ratio(ours: float, other: float) -> str:
    return f"{ours:.2f} / {other:.2f} s = {ours / other:.2f}"


def _cost(spent: Spent) -> float:
    return spent.cpu


if __name__ == "__main__":
    for name, figure in rows():
        print(f"{name}: {figure}")
