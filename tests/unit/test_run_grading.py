"""Grading beside the questions: it delays none of them, and what it did not come to is taken up again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fcbench_action.endpoint.types import Ask
from fcbench_action.errors import CorruptResults
from fcbench_action.functions.base import Grade
from fcbench_action.judge.types import Outcome, Reply, Verdict
from fcbench_action.records.journal import Entry
from fcbench_action.records.types import Record
from fcbench_action.run.result import Result
from fcbench_action.run.session import run
from fcbench_action.run.trial import fold
from fcbench_action.run.workers import WorkerFailed
from fcbench_action.suite.case import Case
from tests.run_world import Scripted, assess, judge, judge_again, plan, question, records, session


def finish(results: Path, endpoint: Scripted, **changes: Any) -> Result:
    return asyncio.run(run(session(results, endpoint, plan(), **{"judge": assess, **changes})))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """The records of the same answers, graded at once."""
    folder = tmp_path_factory.mktemp("whole")
    asyncio.run(run(session(folder, Scripted(), plan())))
    return records(folder)


@pytest.mark.parametrize("concurrency", [1, 5, 12])
def test_records_are_the_same_whenever_grades_come(tmp_path, expected, concurrency):
    waiting: list[asyncio.Event] = []

    async def in_reverse(case: Case, reply: Callable[[], Reply]) -> Verdict:
        """Every second grade waits for the next one."""
        if waiting:
            waiting.pop().set()
        elif not idle.is_set():
            waiting.append(asyncio.Event())
            await asyncio.wait([asyncio.ensure_future(one.wait()) for one in (waiting[0], idle)], **first)
        return judge(case, reply())

    first: Any = {"return_when": asyncio.FIRST_COMPLETED}
    idle = asyncio.Event()
    valid = sum(record.grade is not None for record in expected)
    assert valid > 2
    if valid % 2:
        idle.set()
    result = finish(tmp_path, Scripted(), grader=in_reverse, concurrency=concurrency)
    assert result.complete and records(tmp_path) == expected


def test_no_question_waits_for_a_grade(tmp_path, expected):
    endpoint = Scripted()
    asked_at_first_grade: list[int] = []
    everything = sum(len(record.rounds) for record in expected)

    async def after_all_questions(case: Case, reply: Callable[[], Reply]) -> Verdict:
        while len(endpoint.asked) < everything:
            await asyncio.sleep(0)
        asked_at_first_grade.append(len(endpoint.asked))
        return judge(case, reply())

    result = finish(tmp_path, endpoint, grader=after_all_questions, concurrency=2)
    assert result.complete and records(tmp_path) == expected
    assert set(asked_at_first_grade) == {everything}


def test_a_valid_reply_is_on_the_disk_before_it_is_graded(tmp_path, expected):
    async def look(case: Case, reply: Callable[[], Reply]) -> Verdict:
        (journal,) = tmp_path.glob(".fcbench/journal/*.ndjson")
        assert reply().arguments == "good" and f'"case":"{case.id}"'.encode() in journal.read_bytes()
        return judge(case, reply())

    assert finish(tmp_path, Scripted(), grader=look).complete
    assert records(tmp_path) == expected


def test_what_was_not_graded_when_a_run_broke_off_is_graded_by_the_next_which_asks_nothing_again(
    tmp_path, expected
):
    async def breaks(case: Case, reply: Callable[[], Reply]) -> Verdict:
        raise ZeroDivisionError

    endpoint = Scripted()
    with pytest.raises(ZeroDivisionError):
        finish(tmp_path, endpoint, grader=breaks)
    asked = len(endpoint.asked)
    result = finish(tmp_path, endpoint)
    assert result.complete and result.calls == 0 and len(endpoint.asked) == asked
    assert max(Counter(map(question, endpoint.asked)).values()) == 1
    assert records(tmp_path) == expected


def test_a_second_interrupt_leaves_grades_to_the_next_run(tmp_path, expected):
    async def never(case: Case, reply: Callable[[], Reply]) -> Verdict:
        while True:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(0)

    endpoint = Scripted()
    result = finish(tmp_path, endpoint, grader=never, concurrency=1)
    assert result.signal == signal.SIGINT and not result.complete
    assert finish(tmp_path, endpoint).complete
    assert max(Counter(map(question, endpoint.asked)).values()) == 1
    assert records(tmp_path) == expected


def test_a_first_interrupt_waits_for_grades_under_way(tmp_path):
    graded: list[str] = []

    async def interrupted(case: Case, reply: Callable[[], Reply]) -> Verdict:
        if not graded:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(0)
        graded.append(case.id)
        return judge(case, reply())

    result = finish(tmp_path, Scripted(), grader=interrupted, concurrency=1)
    assert result.signal == signal.SIGINT and result.models[0].records >= len(graded) >= 1


async def _fails(case: Case, reply: Callable[[], Reply]) -> Verdict:
    raise WorkerFailed("a worker died")


async def _judges_otherwise(case: Case, reply: Callable[[], Reply]) -> Verdict:
    return assess(case, reply())


@pytest.mark.parametrize("grader", [_fails, _judges_otherwise])
def test_a_reply_that_cannot_be_graded_is_a_fault_of_ours_and_no_score(tmp_path, expected, grader):
    endpoint = Scripted()
    result = finish(tmp_path, endpoint, grader=grader)
    valid = sum(record.grade is not None for record in expected)
    assert result.complete and result.models[0].faults == valid
    for before, found in zip(expected, records(tmp_path), strict=True):
        if before.grade is None:
            assert found == before
        else:
            assert found.grade is None and found.rounds[:-1] == before.rounds[:-1]
            last = found.rounds[-1]
            assert last.outcome is Outcome.FAULT and last.detail.startswith("harness: ") and not last.reply


def test_a_budget_that_stops_the_questions_stops_no_grade(tmp_path):
    endpoint = Scripted()
    with pytest.raises(ZeroDivisionError):
        finish(tmp_path, endpoint, grader=_breaks_after(2))
    again = finish(tmp_path, Scripted(before=_never_asked))
    assert again.complete


def _breaks_after(count: int) -> Any:
    left = [count]

    async def grader(case: Case, reply: Callable[[], Reply]) -> Verdict:
        left[0] -= 1
        if left[0] < 0:
            raise ZeroDivisionError
        return await judge_again(case, reply)

    return grader


def _never_asked(ask: Ask) -> None:
    raise AssertionError


def test_a_grade_without_its_round_is_damage():
    with pytest.raises(CorruptResults, match="a grade of a, trial 0, but no round 0"):
        fold([Entry("a", 0, grade=Grade(1.0, ()))])
