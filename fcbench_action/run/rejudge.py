"""Judging recorded replies again, to see that the records say what the judge says.

Nobody is asked anything and no key is needed: a record holds all that its judgement rests on, but for
the case itself, which the suite of the same version brings.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.endpoint.channels import as_sent
from fcbench_action.endpoint.classify import unparsed_detail
from fcbench_action.endpoint.dialects import is_dialect
from fcbench_action.functions.base import Grade
from fcbench_action.judge.types import MODEL_OUTCOMES, UNPARSED_CALL, Reply
from fcbench_action.records.contents import shown
from fcbench_action.records.files import read_record_file
from fcbench_action.records.lines import encode_line
from fcbench_action.records.plans import RunPlan, run_id
from fcbench_action.records.tree import Topic, read_tree
from fcbench_action.records.types import Record, RecordFile, Round, ToolText
from fcbench_action.run.plan import SIMULATED_PROVIDER, Target, case_ref
from fcbench_action.run.trial import HARNESS, faulty, is_finished, told
from fcbench_action.run.workers import Grader, WorkerFailed
from fcbench_action.sinks import one_line
from fcbench_action.suite.case import Case, Suite


@dataclass(frozen=True, slots=True)
class Difference:
    """What a record, a plan or a file says otherwise than it should. ``case`` and ``trial`` are a record's;
    ``place`` is a round's number, or empty for the trial's own fields; ``recorded`` and ``expected`` are
    short and hold no line feeds.
    """

    file: Path
    case: str | None
    trial: int | None
    place: str
    field: str
    recorded: str
    expected: str

    def __str__(self) -> str:
        if self.case is None:
            return f"{shown(self.file)}: {self.field} is {self.recorded}, should be {self.expected}"
        where = f"{one_line(self.case)}, trial {self.trial}" + (f", round {self.place}" if self.place else "")
        return f"{shown(self.file)}: {where}: {self.field} is {self.recorded}, should be {self.expected}"


@dataclass(frozen=True, slots=True)
class Partial:
    """A run that has records of only ``ran`` of its ``planned`` trials."""

    model: str
    run: str
    ran: int
    planned: int

    def __str__(self) -> str:
        return f"{one_line(self.model)}, run {self.run}: ran {self.ran} of {self.planned} planned trials"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of judging a tree again. ``others`` counts the records of each other suite version;
    ``partial`` are the runs that have not all their trials; ``kept`` counts the records in files that were
    judged before, which are in no other number.
    """

    records: int
    replies: int
    differences: tuple[Difference, ...]
    others: dict[str, int]
    partial: tuple[Partial, ...] = ()
    kept: int = 0


Judged = dict[int, tuple[Round, Grade | None]]
"""A record's rounds that have a reply, by number, as they should be."""


Suites = Callable[[int | None], Suite]
"""The suite, or its variant of a seed."""


async def rejudge(
    results: Path,
    suites: Suites,
    tools: dict[str, ToolText],
    judge: Grader,
    done: Callable[[], None] = lambda: None,
    before: Callable[[Path], bool] = lambda _: False,
) -> Checked:
    """Judge every reply of a results tree again, and hold plans and records against each other.

    The replies of a file are judged together, as many at once as ``judge`` takes on. ``done`` is called when
    a record is through. Plans and record files that were judged ``before`` are passed by; but that they fit
    together is always looked at.

    Raises ``BadInput`` where there is no results tree, and ``CorruptResults`` for what cannot be read.
    """
    topics = read_tree(results)
    again = _Again(suites, tools, judge, done)
    for path, plan in (item for topic in topics for item in topic.plans().items() if not before(item[0])):
        again.differences += _plan(path, plan, suites(None))
    for path, file in _files(topics):
        if before(path):
            again.pass_by(file)
        else:
            await again.judge_file(path, file)
    return again.checked(_partial(topics))


@dataclass(slots=True)
class _Again:
    """A tree that is judged again, as far as that has come."""

    suites: Suites
    tools: dict[str, ToolText]
    judge: Grader
    done: Callable[[], None]
    records: int = 0
    replies: int = 0
    kept: int = 0
    differences: list[Difference] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def pass_by(self, file: RecordFile) -> None:
        """Count the records of a file that was judged before."""
        self.kept += len(file.records)
        for _ in file.records:
            self.done()

    async def judge_file(self, path: Path, file: RecordFile) -> None:
        """Judge the replies of a file together, and compare record by record."""
        self.differences += _tools(path, file)
        judged = await asyncio.gather(
            *(
                _judged(record, self.suites(record.provenance.variant), self.judge, self.done)
                for record in file.records
            )
        )
        for record, expectations in zip(file.records, judged, strict=True):
            self._compare(path, file, record, expectations)

    def _compare(self, path: Path, file: RecordFile, record: Record, judged: Judged) -> None:
        provenance = record.provenance
        if provenance.suite_digest != self.suites(None).digest:
            self.others[f"{provenance.suite_version} ({provenance.suite_digest[:12]})"] += 1
            return
        self.records += 1
        self.replies += sum(r.reply is not None for r in record.rounds)
        found = _compare(record, file, self.suites(provenance.variant), self.tools, judged)
        self.differences += (
            Difference(path, record.case.id, record.trial, place, name, _short(recorded), _short(expected))
            for place, name, recorded, expected in found
        )

    def checked(self, partial: list[Partial]) -> Checked:
        """What came of it."""
        others = dict(sorted(self.others.items()))
        return Checked(self.records, self.replies, tuple(self.differences), others, tuple(partial), self.kept)


_Found = Iterator[tuple[str, str, Any, Any]]
"""Round, field, what is recorded, what should be."""


def _tools(path: Path, file: RecordFile) -> Iterator[Difference]:
    """A file that runs write holds records, and the tools of these only."""
    used = {record.case.function for record in file.records}
    strangers = sorted(file.tools.keys() - used)
    if strangers or not used:
        names = _short(", ".join(strangers) if used else "without records")
        yield Difference(path, None, None, "", "tools", names, "those of its records")


def _plan(path: Path, plan: RunPlan, suite: Suite) -> Iterator[Difference]:
    """What a plan says otherwise than its run's name and the suite do."""
    source = plan.provenance
    target = Target(source.provider, source.model, plan.model_on_the_wire)
    found = list(_differing("", "run", source.run, run_id(plan)))
    found += _differing("", "simulated", source.simulated, target.simulated)
    if source.suite_digest == suite.digest:
        found += _differing("", "suite_version", source.suite_version, suite.version)
        strangers = sorted(set(plan.cases) - suite.cases.keys())
        found += [("", "cases", ", ".join(strangers), "cases of the suite")] if strangers else []
    for _, name, recorded, expected in found:
        yield Difference(path, None, None, "", name, _short(recorded), _short(expected))


def _partial(topics: list[Topic]) -> list[Partial]:
    """The runs that lack planned trials. A run whose topics are all gone cannot be seen."""
    planned: dict[tuple[str, str], int] = {}
    ran: Counter[tuple[str, str]] = Counter()
    for topic in topics:
        name = f"{topic.place.provider}/{topic.place.model}"
        planned |= {(name, plan.provenance.run): plan.size for plan in topic.plans().values()}
        ran.update((name, record.provenance.run) for record in topic.records())
    return [Partial(*key, ran[key], count) for key, count in sorted(planned.items()) if ran[key] < count]


def _files(topics: list[Topic]) -> Iterator[tuple[Path, RecordFile]]:
    for topic in topics:
        for _ in topic.records():
            """Reading alone finds records in the wrong place or there twice."""
        for path in topic.files:
            yield path, read_record_file(path)


async def _judged(record: Record, suite: Suite, judge: Grader, done: Callable[[], None]) -> Judged:
    case = suite.cases.get(record.case.id)
    judged: Judged = {}
    if case is not None and record.provenance.suite_digest == suite.digest:
        for one in record.rounds:
            if one.reply is not None:
                judged[one.index] = await _judged_round(case, one, one.reply, judge)
    done()
    return judged


async def _judged_round(
    case: Case, recorded: Round, reply: Reply, judge: Grader
) -> tuple[Round, Grade | None]:
    told_by = unparsed_detail(recorded.attempts[-1].status) if recorded.attempts else ""
    detail = told_by if UNPARSED_CALL in reply.notes and recorded.detail == told_by else ""
    bare = msgspec.structs.replace(recorded, detail=detail)
    try:
        verdict = await judge(case, lambda: reply)
    except WorkerFailed as error:
        return faulty(bare, str(error)), None
    return told(bare, reply, verdict), verdict.grade


def _compare(
    record: Record, file: RecordFile, suite: Suite, tools: dict[str, ToolText], judged: Judged
) -> _Found:
    case = suite.cases.get(record.case.id)
    if case is None:
        yield "", "case", record.case.id, "a case of the suite"
        return
    name = case.function.name
    played = any((r.served_model or "").startswith(f"{SIMULATED_PROVIDER}/") for r in record.rounds)
    if played and not record.provenance.simulated:
        yield "", "simulated", False, True
    yield from _differing("", "case", record.case, case_ref(case))
    yield from _differing("", "prompt", record.prompt, case.prompt)
    channels = {r.reply.channel for r in record.rounds if r.reply is not None}
    yield from _differing("", "channel", channels or {record.provenance.channel}, {record.provenance.channel})
    if is_dialect(record.provenance.dialect):
        recorded_tool = file.tools.get(name)
        sent = as_sent(tools[name], record.provenance.channel, record.provenance.dialect)
        if recorded_tool and not recorded_tool.note:  # written by an earlier version
            sent = msgspec.structs.replace(sent, note="")
        yield from _differing("", "tool", recorded_tool, sent)
    else:
        yield "", "dialect", record.provenance.dialect, "a dialect of this version"
    yield from _sequence(record)
    for recorded in record.rounds:
        yield from _round(recorded, judged)
    grades = (grade for _, grade in judged.values() if grade is not None)
    yield from _differing("", "grade", record.grade, next(grades, None))


def _sequence(record: Record) -> _Found:
    """A trial goes on exactly until it is valid, cannot go on, or has no rounds left."""
    limit = record.provenance.max_rounds
    for count in range(1, len(record.rounds) + 1):
        last = count == len(record.rounds)
        if is_finished(record.rounds[:count], limit) != last:
            yield str(count - 1), "the trial's end", "here" if last else "later", "later" if last else "here"


def _round(recorded: Round, judged: Judged) -> _Found:
    place = str(recorded.index)
    yield from _attempts(recorded)
    if recorded.reply is None and recorded.outcome in MODEL_OUTCOMES:
        yield place, "reply", None, f"there, for it was judged {recorded.outcome}"
        return
    expected = _unanswered(recorded) if recorded.reply is None else judged[recorded.index][0]
    for name in recorded.__struct_fields__:
        yield from _differing(place, name, getattr(recorded, name), getattr(expected, name))


def _unanswered(recorded: Round) -> Round:
    """The round as it has to be without a reply: nothing was judged."""
    return msgspec.structs.replace(recorded, lenient=None, diagnostics=(), omitted=0, feedback="")


def _attempts(recorded: Round) -> _Found:
    """Of an attempt that failed came another one, or the end of the trial; any other brought a reply, which
    may be in an error's text. Where the reply could not be judged, it is not kept, and the detail says so.
    """
    answered = recorded.reply is not None or recorded.detail.startswith(HARNESS)
    quoted = recorded.reply is None or UNPARSED_CALL in recorded.reply.notes
    for number, attempt in enumerate(recorded.attempts, 1):
        well = attempt.error is None and 200 <= (attempt.status or 0) < 300
        if answered and number == len(recorded.attempts):
            fits = well or (quoted and attempt.error == f"http-{attempt.status}")
        else:
            fits = attempt.error is not None
        if not fits:
            wanted = "one that a reply came of" if answered else "one that no reply came of"
            yield str(recorded.index), f"attempt {number}", attempt, wanted


def _differing(place: str, field: str, recorded: Any, expected: Any) -> _Found:
    if recorded != expected:
        yield place, field, recorded, expected


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else encode_line(value).decode("utf-8", "replace")
    return one_line(text, 100) or "empty"
