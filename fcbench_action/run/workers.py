"""Judging in processes of its own, for grading runs programs and would hold up everything else."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from types import TracebackType

from fcbench_action.judge.types import Reply, Verdict
from fcbench_action.records.lines import decode_line, encode_line
from fcbench_action.run.worker import LENGTH, Answer, Question, framed
from fcbench_action.suite.case import Case

Grader = Callable[[Case, Callable[[], Reply]], Awaitable[Verdict]]
"""Judges a reply, grading included, and fetches it when its turn comes. Raises :class:`WorkerFailed`."""

TRIES = 2
"""How many workers a reply may bring down before it counts as a fault: something else may have ended one."""

_INHERITED = ("PATH", "TMPDIR", "LANG")
_INHERITED_PREFIXES = ("PYTHON", "LD_", "DYLD_", "LC_")


class WorkerFailed(Exception):
    """A reply could not be judged, through no fault of the reply; the message is a few words."""


class Workers:
    """Processes that judge replies of the suite's cases: as many as there are cores, started when needed.

    Use it as an asynchronous context manager; what is under way when it ends is dropped.
    """

    def __init__(self, most: int | None = None) -> None:
        self._room = asyncio.Semaphore(most or cores())
        self._idle: list[Process] = []
        self.processes: list[Process] = []
        """All that were ever started."""

    async def judge(self, case: Case, reply: Callable[[], Reply]) -> Verdict:
        """The verdict of ``judge.judge`` without the argument. Raises :class:`WorkerFailed`."""
        async with self._room:
            answer = await self._answer(encode_line(Question(case.id, reply(), case.variant)))
        if answer.verdict is None:
            raise WorkerFailed(answer.error)
        return answer.verdict

    async def _answer(self, question: bytes) -> Answer:
        for _ in range(TRIES):
            process = self._idle.pop() if self._idle else await self._start()
            try:
                answer = await _exchange(process, question)
            except (asyncio.IncompleteReadError, ConnectionError):
                continue
            except BaseException:  # its answer would be taken for that of the next question
                _kill(process)
                raise
            self._idle.append(process)
            return decode_line(answer, Answer)
        raise WorkerFailed("a worker died")

    async def _start(self) -> Process:
        """A process in a session of its own, so that an interrupt reaches only the process that decides."""
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "fcbench_action.run.worker"),
                stdin=PIPE,
                stdout=PIPE,
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerFailed(f"no worker: {error.strerror or error}") from error
        self.processes.append(process)
        return process

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            _kill(process)
        for process in self.processes:
            await process.wait()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


async def _exchange(process: Process, question: bytes) -> bytes:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(framed(question))
    await process.stdin.drain()
    length = await process.stdout.readexactly(LENGTH)
    return await process.stdout.readexactly(int.from_bytes(length, "big"))


def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()


def _environment() -> dict[str, str]:
    """The same modules as here, and nothing that a key could be in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _INHERITED or name.startswith(_INHERITED_PREFIXES)
    }
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path)}
