"""Which operations are served: those that a model got right, or the suite's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from fcbench_action.diagnostics import errors
from fcbench_action.errors import BadInput
from fcbench_action.functions.programs import Programs
from fcbench_action.functions.realize import OPERATION
from fcbench_action.judge.types import Outcome
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.statements import OperationProgram
from fcbench_action.records.contents import shown
from fcbench_action.records.tree import MARKER, Topic, read_tree
from fcbench_action.records.types import Record
from fcbench_action.sinks import one_line
from fcbench_action.suite.files import package
from fcbench_action.suite.load import read
from fcbench_action.suite.version import digest, read_version


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be served: under which title, of which suite version, and who made the operations.

    ``own`` are those of the model, ``filled`` those of the reference in the place of such that it lacks.
    """

    title: str
    topic: str
    version: str
    programs: Programs
    operations: dict[OperationName, OperationProgram]
    own: int
    filled: int

    @property
    def document(self) -> Document:
        """The interface of the backend."""
        return self.programs.document


def reference(topic: str, folder: Traversable | None = None) -> Choice:
    """The suite's own backend of a topic. Raises BadInput, BrokenSuite."""
    root = folder or package()
    (found,) = read([topic], root)
    programs = found.programs
    return Choice(
        f"{found.file.title}: the reference",
        topic,
        read_version(root).version,
        programs,
        dict(programs.operations),
        0,
        len(programs.operations),
    )


def recorded(place: Path, *, fill: bool, folder: Traversable | None = None) -> Choice:
    """The backend that a model built, from the records of one topic of one model in a results tree.

    Database and interface are those of the suite, which were pinned when the model was asked. Raises
    BadInput where there are no such records, or only of another suite; CorruptResults, BrokenSuite.
    """
    root = folder or package()
    topic = _topic(place)
    latest = _latest(topic, digest(root), read_version(root).version)
    (found,) = read([topic.place.topic], root)
    programs = found.programs
    own = _valid(latest, programs)
    if not own and not fill:
        raise BadInput(f"{place} has no operation that compiles; add --fill to take the reference's for all")
    rest = {key: one for key, one in programs.operations.items() if key not in own} if fill else {}
    title = f"{found.file.title}: {topic.place.provider}/{topic.place.model}"
    version = read_version(root).version
    return Choice(one_line(title), found.name, version, programs, {**rest, **own}, len(own), len(rest))


def _topic(place: Path) -> Topic:
    folder = place.absolute()
    if folder.joinpath(MARKER).is_file():
        topics = sorted(topic.place.folder for topic in read_tree(place))
        such = f", such as {shown(place / topics[0])}" if topics else ""
        raise BadInput(f"{shown(place)} is a whole results tree: name one topic of one model{such}")
    results = next((one for one in folder.parents if one.joinpath(MARKER).is_file()), None)
    if results is None:
        raise BadInput(f"{place} is not within a results tree; name RESULTS/provider/model/topic")
    for topic in read_tree(results):
        if results / topic.place.folder == folder:
            return topic
    raise BadInput(f"{place} holds no records; name RESULTS/provider/model/topic")


def _latest(topic: Topic, suite: str, version: str) -> list[Record]:
    """The first trials of operations, each case once, of the run that began last."""
    found: dict[str, Record] = {}
    others: set[str] = set()
    for record in _realized(topic):
        provenance = record.provenance
        if provenance.suite_digest != suite:
            others.add(provenance.suite_version)
        elif record.case.id not in found or _age(found[record.case.id]) < _age(record):
            found[record.case.id] = record
    if others and not found:
        versions = ", ".join(sorted(map(one_line, others)))
        raise BadInput(
            f"the records are of suite {versions}, and this fcbench has suite {version}, which differs; "
            "install the fcbench that wrote them"
        )
    return list(found.values())


def _realized(topic: Topic) -> Iterator[Record]:
    return (r for r in topic.records() if r.case.function == OPERATION.name and r.trial == 0)


def _age(record: Record) -> tuple[str, str]:
    return record.rounds[0].started_at, record.provenance.run


def _valid(records: list[Record], programs: Programs) -> dict[OperationName, OperationProgram]:
    found: dict[OperationName, OperationProgram] = {}
    for record in records:
        last = record.rounds[-1]
        if last.outcome is not Outcome.VALID or last.reply is None:
            continue
        program = _decoded(last.reply.arguments or "")
        if program is not None and not errors(check_operation(program, programs.environment)):
            found[program.operation.method, program.operation.path] = program
    return found


def _decoded(text: str) -> OperationProgram | None:
    try:
        return msgspec.json.decode(text, type=OperationProgram)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
