"""The grading of a run's valid replies, beside its questions.

A grade decides nothing about the next round, so no question waits for one. The valid round is on the disk
before its grading begins; the next run takes up what this one did not come to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fcbench_action.errors import EnvironmentFailed
from fcbench_action.judge.types import Reply
from fcbench_action.records.journal import Entry
from fcbench_action.records.types import Round
from fcbench_action.run.lane import Lane
from fcbench_action.run.trial import Trial, faulty
from fcbench_action.run.workers import Grader, WorkerFailed


class Grading:
    """What is being graded. ``ended`` is told the last round of each trial when its grade is on the disk."""

    def __init__(self, grader: Grader, ended: Callable[[Lane, Round], None]) -> None:
        self._grader = grader
        self._ended = ended
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> int:
        """How many replies wait for their grade."""
        return sum(not task.done() for task in self._tasks)

    def begin(self, lane: Lane, trial: Trial) -> None:
        """Grade the last reply of a trial, which is valid and journalled."""
        self._tasks.add(asyncio.create_task(self._grade(lane, trial)))

    async def finish(self) -> None:
        """Return when all is graded. Raises what grading raised."""
        await asyncio.gather(*self._tasks)

    async def drop(self) -> None:
        """Leave what is not graded yet to the next run."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _grade(self, lane: Lane, trial: Trial) -> None:
        key = (trial.case.id, trial.number)

        def last() -> Round:
            return lane.standing(key).rounds[-1]

        def reply() -> Reply:
            return last().reply or Reply()

        try:
            verdict = await self._grader(trial.case, reply)
            graded = Entry(*key, grade=verdict.grade)
            if verdict.grade is None:
                graded = Entry(*key, round=faulty(last(), "a worker judged otherwise"))
        except WorkerFailed as error:
            graded = Entry(*key, round=faulty(last(), str(error)))
        try:
            await lane.journal.append(graded)
        except EnvironmentFailed as error:
            lane.stopped = lane.stopped or str(error)
            return
        self._ended(lane, lane.standing(key).rounds[-1])
