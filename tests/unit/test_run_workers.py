"""Workers judge as this process does, none outlives its parent, and one that dies is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from fcbench_action.judge.judge import judge
from fcbench_action.judge.types import Reply, Verdict
from fcbench_action.records.lines import encode_line
from fcbench_action.run.worker import Question, framed
from fcbench_action.run.workers import WorkerFailed, Workers
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.load import load
from tests.run_world import make_suite

T = TypeVar("T")


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load(["todo"])


def one_of_each(suite: Suite) -> list[Case]:
    return list({case.function.name: case for case in suite.cases.values()}.values())


def right(case: Case) -> Reply:
    return Reply(case.function.tool_name, msgspec.json.encode(case.task.reference).decode())


def within(minutes: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(minutes, 120))


def test_verdicts_are_those_of_this_process(suite):
    replies = [
        (case, reply)
        for case in one_of_each(suite)
        for reply in (
            right(case),
            Reply(case.function.tool_name, '{"a": "\\ud800", "b": [1,}'),
            Reply(case.function.tool_name, "\ud800"),
            Reply(content="no"),
            Reply("other"),
        )
    ]

    async def go() -> list[Verdict]:
        async with Workers(2) as workers:
            return await asyncio.gather(*(workers.judge(case, lambda r=reply: r) for case, reply in replies))

    for (case, reply), found in zip(replies, within(go()), strict=True):
        here = judge(case.function, case.task, reply)
        assert found == msgspec.structs.replace(here, argument=None)


def test_as_many_work_as_are_needed_and_no_more_than_allowed(suite):
    case = one_of_each(suite)[0]

    async def go() -> None:
        async with Workers(2) as workers:
            for _ in range(3):
                await workers.judge(case, lambda: right(case))
            assert len(workers.processes) == 1
            await asyncio.gather(*(workers.judge(case, lambda: right(case)) for _ in range(6)))
            assert len(workers.processes) == 2
        assert all(process.returncode is not None for process in workers.processes)

    within(go())


def test_what_judging_raises_is_told_by_its_kind(suite):
    stranger = next(iter(make_suite(1).cases.values()))

    async def go() -> None:
        async with Workers(1) as workers:
            with pytest.raises(WorkerFailed, match="BadInput"):
                await workers.judge(stranger, Reply)
            case = one_of_each(suite)[0]
            assert (await workers.judge(case, lambda: right(case))).grade is not None

    within(go())


def test_a_worker_that_was_killed_is_replaced_and_one_reply_kills_no_more_than_two(suite):
    case = one_of_each(suite)[0]

    async def go() -> None:
        async with Workers(1) as workers:
            await workers.judge(case, lambda: right(case))
            workers.processes[0].kill()
            assert (await workers.judge(case, lambda: right(case))).grade is not None
            killer = asyncio.create_task(_kill_each(workers))
            with pytest.raises(WorkerFailed, match="a worker died"):
                await workers.judge(case, lambda: right(case))
            killer.cancel()
            assert (await workers.judge(case, lambda: right(case))).grade is not None

    async def _kill_each(workers: Workers) -> None:
        while True:
            for process in workers.processes:
                if process.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process.pid, signal.SIGKILL)
            await asyncio.sleep(0.001)

    within(go())


def test_a_cancelled_question_takes_its_worker_along_so_that_no_answer_goes_astray(suite):
    first, second = one_of_each(suite)[:2]

    async def go() -> None:
        async with Workers(1) as workers:
            asked = asyncio.create_task(workers.judge(first, lambda: right(first)))
            while not workers.processes:
                await asyncio.sleep(0)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
            verdict = await workers.judge(second, lambda: right(second))
            assert verdict == msgspec.structs.replace(
                judge(second.function, second.task, right(second)), argument=None
            )

    within(go())


_PARENT = """
import asyncio, os, sys
from fcbench_action.judge.types import Reply
from fcbench_action.run.workers import Workers
from fcbench_action.suite.load import load

async def main():
    case = next(iter(load(["todo"]).cases.values()))
    async with Workers(1) as workers:
        await workers.judge(case, Reply)
        print(workers.processes[0].pid, flush=True)
        await asyncio.sleep(100)

asyncio.run(main())
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_a_worker_ends_with_its_parent_however_that_ends_and_knows_no_key():
    environment = {**os.environ, "OPENAI_API_KEY": "sk-secret", "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, env=environment)
    try:
        assert parent.stdout is not None
        worker = json.loads(parent.stdout.readline())
        assert b"sk-secret" not in Path(f"/proc/{worker}/environ").read_bytes()
        ended = os.pidfd_open(worker)
    finally:
        parent.kill()
        parent.wait()
    try:
        asyncio.run(asyncio.wait_for(_readable(ended), 30))
    finally:
        os.close(ended)


async def _readable(descriptor: int) -> None:
    """Return when the process of a descriptor has ended."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(descriptor, ended.set)
    await ended.wait()


def test_a_worker_whose_parent_was_killed_ends_without_a_word(suite):
    case = one_of_each(suite)[0]
    command = [sys.executable, "-P", "-m", "fcbench_action.run.worker"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as worker:
        assert worker.stdin and worker.stdout and worker.stderr
        worker.stdout.close()
        worker.stdin.write(framed(encode_line(Question(case.id, right(case)))))
        worker.stdin.close()
        assert worker.stderr.read() == b""
        assert worker.wait(60) == 0
