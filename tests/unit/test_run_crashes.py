"""Crashes: a run that is killed, or whose disk fails, at any point goes on where it stopped."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fcbench_action.endpoint.types import Ask, Exchange
from fcbench_action.errors import FcbenchError
from fcbench_action.records.disk import Disk
from fcbench_action.run.session import run
from tests.run_world import Scripted, plan, question, records, session


class Failing(Disk):
    """Fails the Nth of its operations of one kind, with part of the data written where it writes."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind = kind
        self.left = number

    def _count(self, kind: str) -> bool:
        self.left -= kind == self.kind
        return kind == self.kind and self.left == 0

    def write(self, descriptor: int, data: memoryview) -> int:
        if self._count("write"):
            super().write(descriptor, data[: len(data) // 3])
            raise OSError(28, "No space left on device")
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        if self._count("sync"):
            raise OSError(5, "Input/output error")
        super().sync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        if self._count("replace"):
            raise OSError(30, "Read-only file system")
        super().replace(source, target)


def finish(results: Path, endpoint: Scripted, **changes: Any):
    return asyncio.run(run(session(results, endpoint, plan(3), **changes)))


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> list:
    folder = tmp_path_factory.mktemp("whole")
    finish(folder, Scripted())
    return records(folder)


@pytest.mark.parametrize("kind", ["write", "sync", "replace"])
def test_whichever_disk_operation_fails_nothing_answered_is_lost(tmp_path, kind, expected):
    for number in range(1, 200):
        folder, endpoint = tmp_path / str(number), Scripted()
        disk = Failing(kind, number)
        failed = False
        try:
            failed = finish(folder, endpoint, disk=disk, concurrency=3).trouble is not None
        except FcbenchError as error:
            failed = True
            assert "\n" not in str(error)
        assert failed == (disk.left <= 0)
        assert finish(folder, endpoint).complete
        assert max(Counter(map(question, endpoint.asked)).values()) == 1
        assert records(folder) == expected
        if not failed:
            assert number > 3
            return
    pytest.fail("the run has more disk operations than that")


def _run_and_log(results: Path, log: Path, kill_at: int, where: str) -> None:
    """In a process of its own: every question is logged; the process kills itself at one of its steps."""
    steps = 0

    def step(kind: str) -> None:
        nonlocal steps
        steps += kind == where
        if kind == where and steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def logged(ask: Ask) -> None:
        with log.open("a") as stream:
            stream.write(repr(question(ask)) + "\n")
        step("ask")

    class Stepping(Disk):
        def write(self, descriptor: int, data: memoryview) -> int:
            step("write")
            return super().write(descriptor, data)

        def sync(self, descriptor: int) -> None:
            super().sync(descriptor)
            step("sync")

        def replace(self, source: Path, target: Path) -> None:
            step("before rename")
            super().replace(source, target)
            step("after rename")

    finish(results, Scripted(before=logged), disk=Stepping(), concurrency=1)


@pytest.mark.parametrize("where", ["ask", "write", "sync", "before rename", "after rename"])
def test_a_run_killed_at_any_point_asks_nothing_twice_that_was_kept(tmp_path, where, expected):
    context = multiprocessing.get_context("fork")
    for kill_at in (*range(1, 8), *range(8, 60, 9)):
        folder, log = tmp_path / f"{kill_at}", tmp_path / f"{kill_at}.log"
        killed = context.Process(target=_run_and_log, args=(folder, log, kill_at, where))
        killed.start()
        killed.join(60)
        endpoint = Scripted()
        assert finish(folder, endpoint).complete
        assert records(folder) == expected
        asked = Counter(log.read_text().splitlines() if log.exists() else ())
        asked.update(repr(question(ask)) for ask in endpoint.asked)
        again = [text for text, count in asked.items() if count > 1]
        assert len(again) <= 1, "only the question under way may be asked again"
        if killed.exitcode == 0:
            assert not again and endpoint.asked == []
            return
    assert where in ("ask", "write", "sync")


def _interrupting(endpoint: Scripted, signals: int) -> Callable[[Ask], Any]:
    async def before(ask: Ask) -> None:
        if len(endpoint.asked) == 5:
            for _ in range(signals):
                os.kill(os.getpid(), signal.SIGINT)
                await asyncio.sleep(0.01)
        elif len(endpoint.asked) > 5:
            await asyncio.sleep(0.02)

    return before


def test_an_interrupt_waits_for_replies_under_way_and_a_second_one_does_not(tmp_path, expected):
    for signals in (1, 2):
        folder, endpoint = tmp_path / str(signals), Scripted()

        endpoint.before = _interrupting(endpoint, signals)
        result = finish(folder, endpoint, concurrency=3)
        assert result.signal == signal.SIGINT and not result.complete
        assert bool(result.dropped) == (signals == 2)
        first = len(endpoint.asked)
        endpoint.before = None
        assert finish(folder, endpoint).complete
        assert records(folder) == expected
        repeated = len(endpoint.asked) - len(set(map(question, endpoint.asked)))
        assert first <= 7 and (repeated == 0) == (signals == 1)


def test_a_server_that_dies_and_comes_back_loses_and_repeats_nothing(tmp_path, expected):
    answered: list[Any] = []

    class Dying(Scripted):
        async def ask(self, ask: Ask) -> Exchange:
            from_ask = await super().ask(ask)
            answered.append(question(ask))
            return from_ask

    def dead(ask: Ask) -> None:
        if len(answered) >= 6:
            raise ConnectionError

    endpoint = Dying(before=dead)
    with pytest.raises(ConnectionError):
        finish(tmp_path, endpoint, concurrency=2)
    endpoint.before = None
    assert finish(tmp_path, endpoint).complete
    assert records(tmp_path) == expected
    assert len(answered) == len(set(answered))
