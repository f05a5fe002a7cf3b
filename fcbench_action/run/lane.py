"""One model's side of a run: what is left to ask, what is answered, and the records it comes to."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fcbench_action.endpoint.channels import as_sent
from fcbench_action.endpoint.types import Endpoint
from fcbench_action.judge.types import Outcome
from fcbench_action.records.disk import Disk
from fcbench_action.records.files import write_sorted_records
from fcbench_action.records.journal import Journal, Key, open_journal
from fcbench_action.records.plans import told_facts
from fcbench_action.records.tree import Place, Topic, record_path, write_run_facts
from fcbench_action.records.types import Round, ToolText
from fcbench_action.run.budget import Prices
from fcbench_action.run.plan import Plan
from fcbench_action.run.trial import Standing, Trial, fold, is_finished, make_record

UNREACHABLE_AFTER = 3
"""Trials in a row that could not even connect, after which a model's endpoint counts as gone."""


@dataclass(slots=True)
class Lane:
    """A model in a run. Everything that it has come to is in its journal and its record files."""

    plan: Plan
    endpoint: Endpoint
    tools: dict[str, ToolText]
    results: Path
    disk: Disk
    journal: Journal
    recorded: frozenset[Key]
    """Trials whose records are in the results tree already."""
    prices: Prices | None = None
    address: str = ""
    """What messages call the endpoint."""
    served: dict[str, str] = field(default_factory=dict)
    """What the server tells of itself."""
    stopped: str | None = None
    """Why nothing more is asked of this model, though of others; one line for the user."""
    calls: int = 0
    finished: int = 0
    faults: int = 0
    last_fault: str | None = None
    _unreachable: int = 0

    @property
    def size(self) -> int:
        """How many trials are planned."""
        return len(self.plan.cases) * self.plan.trials

    def left(self) -> Iterator[tuple[Trial, Standing]]:
        """What is left to do in its order, each trial with what need not be asked again."""
        for case, number in self.plan.work():
            if (case.id, number) not in self.recorded:
                standing = self.standing((case.id, number)).answered
                if not self._is_done(standing):
                    yield Trial(self.plan, case, number, self.tools[case.function.name]), standing

    def standing(self, key: Key) -> Standing:
        """How far a trial has come, by the journal."""
        return fold(self.journal.entries(key))

    def count(self, last: Round) -> None:
        """A trial has ended with this round. Where nobody answers the door, the model is stopped."""
        self.finished += 1
        if last.outcome is not Outcome.FAULT:
            self._unreachable = 0
            return
        self.faults += 1
        self.last_fault = last.detail
        unconnected = last.attempts and last.attempts[-1].error == "connect"
        self._unreachable = self._unreachable + 1 if unconnected else 0
        if self._unreachable >= min(UNREACHABLE_AFTER, self.size - len(self.recorded)):
            self.stopped = f"cannot reach {self.address}: {last.detail}; look whether it is running"

    def settle(self) -> int:
        """Turn finished trials into records, forget their journal, and say how many new records there are.

        A trial that ended in a fault waits in the journal, to be asked again, until the run gets through;
        with the last trial finished it becomes a record like the others.
        Raises ``EnvironmentFailed``; then nothing is lost, and the next run settles again.
        """
        done = self._done()
        for topic in dict.fromkeys(case.topic for case in self.plan.cases):
            cases = [case for case in self.plan.cases if case.topic == topic]
            work = [(case, number) for case in cases for number in range(self.plan.trials)]
            trials = [
                Trial(self.plan, case, number, self.tools[case.function.name])
                for case, number in work
                if (case.id, number) in done
            ]
            if trials:
                self._write(topic, trials)
        self.journal.retire(done | self.recorded)
        return len(done)

    def _done(self) -> set[Key]:
        planned = {(case.id, number) for case, number in self.plan.work()} - self.recorded
        ended, answered = set(), set()
        for key in planned:
            standing = self.standing(key)
            if self._is_done(standing):
                ended.add(key)
            if self._is_done(standing.answered):
                answered.add(key)
        return ended if ended == planned and self.stopped is None else answered

    def _is_done(self, standing: Standing) -> bool:
        """Whether nothing is left to ask, nor to grade."""
        return standing.is_graded and is_finished(standing.rounds, self.plan.provenance.max_rounds)

    def _write(self, topic: str, trials: list[Trial]) -> None:
        place, run = place_of(self.plan, topic), self.plan.provenance.run
        around = environment() | priced(self.prices) | told_facts(self.served)
        write_run_facts(self.results, place, run, self.plan.written(), around, self.disk)
        part = len(_files(self.results, self.plan, topic)) + 1
        path = record_path(self.results, place, run, f"{self.plan.shard}.{part}")
        channel, dialect = self.plan.provenance.channel, self.plan.provenance.dialect
        tools = {trial.case.function.name: as_sent(trial.tool, channel, dialect) for trial in trials}
        in_order = sorted(trials, key=lambda trial: (trial.case.id, trial.number))
        records = (make_record(trial, self.standing((trial.case.id, trial.number))) for trial in in_order)
        write_sorted_records(path, tools, records, self.disk)


def open_lane(plan: Plan, endpoint: Endpoint, tools: dict[str, ToolText], results: Path, disk: Disk) -> Lane:
    """Lock the run and find out what is done. Raises ``EnvironmentFailed`` and ``CorruptResults``."""
    journal = open_journal(results, plan.provenance.run, plan.shard, disk)
    try:
        return Lane(plan, endpoint, tools, results, disk, journal, recorded_keys(results, plan))
    except BaseException:
        journal.close()
        raise


def recorded_keys(results: Path, plan: Plan) -> frozenset[Key]:
    """The trials of this run that the results tree holds, whatever shard they are in."""
    return frozenset(
        (record.case.id, record.trial)
        for topic in dict.fromkeys(case.topic for case in plan.cases)
        for record in Topic(place_of(plan, topic), _files(results, plan, topic, shard="")).records()
    )


def place_of(plan: Plan, topic: str) -> Place:
    """The folder of one topic of the plan's model."""
    return Place(plan.provenance.provider, plan.provenance.model, topic)


def environment() -> dict[str, str]:
    """What the harness ran on; nothing that says whose machine it was."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "machine": platform.machine(),
    }


def priced(prices: Prices | None) -> dict[str, str]:
    """By what prices costs were counted that the endpoint did not tell; they decide nothing that is asked."""
    if prices is None:
        return {}
    given = {"price-input": f"{prices.input:g}", "price-output": f"{prices.output:g}"}
    return {**given, "price-date": prices.as_of} if prices.as_of else given


def _files(results: Path, plan: Plan, topic: str, shard: str | None = None) -> tuple[Path, ...]:
    prefix = f"{plan.provenance.run}-{plan.shard if shard is None else shard}"
    folder = record_path(results, place_of(plan, topic), plan.provenance.run, plan.shard).parent
    return tuple(sorted(folder.glob(f"{prefix}*.gz"))) if folder.is_dir() else ()
