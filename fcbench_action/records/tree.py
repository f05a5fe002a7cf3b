"""The layout of a results tree, and the ways in and out of it.

    fcbench.json                                       the tree's format
    <provider>/<model>/<topic>/fcbench/records/<run>-<shard>.ndjson.gz
    <provider>/<model>/<topic>/fcbench/plans/<run>-<digest>.json
    <provider>/<model>/<topic>/fcbench/environments/<run>-<digest>.json

Folders are made from names by :mod:`fcbench_action.records.names`. One immutable file per model, topic,
run and shard: two writers never touch the same file with different content. Everything else in a tree
derives from these files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from fcbench_action.errors import BadInput, CorruptResults, EnvironmentFailed
from fcbench_action.records.contents import refuse_links
from fcbench_action.records.disk import Disk, write_atomically
from fcbench_action.records.files import iter_records, write_record_file
from fcbench_action.records.lines import encode_pretty
from fcbench_action.records.names import decode, encode
from fcbench_action.records.plans import RunPlan, check_facts, facts_name, read_plans, read_told_facts
from fcbench_action.records.types import FORMAT, Provenance, Record, RecordFile

MARKER = "fcbench.json"
PLANS = "plans"
ENVIRONMENTS = "environments"
_SUFFIX = ".ndjson.gz"
_FILE_NAME = re.compile(r"[a-z0-9]+-[a-z0-9.-]+\.ndjson\.gz")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The folder of one topic of one model. Sorts by provider, model, topic."""

    provider: str
    model: str
    topic: str

    @property
    def model_folder(self) -> str:
        """Relative to the tree, with ``/``."""
        return f"{encode(self.provider)}/{encode(self.model)}"

    @property
    def folder(self) -> str:
        """Relative to the tree, with ``/``."""
        return f"{self.model_folder}/{encode(self.topic)}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a model as found in a tree: its place and its record files, sorted by name."""

    place: Place
    files: tuple[Path, ...]

    def plans(self) -> dict[Path, RunPlan]:
        """The plans beside the records; raises what ``records.plans.read_plans`` raises."""
        return read_plans(self.files[0].parent.parent) if self.files else {}

    def told_facts(self) -> dict[str, dict[str, str]]:
        """What servers told of themselves, by run; raises what ``records.plans.read_plans`` raises."""
        return read_told_facts(self.files[0].parent.parent) if self.files else {}

    def records(self) -> Iterator[Record]:
        """Every record, file by file, one in memory at a time; raises what :meth:`located` raises."""
        for _, record in self.located():
            yield record

    def located(self) -> Iterator[tuple[Path, Record]]:
        """Every record with the file that holds it.

        Raises ``CorruptResults`` for damage, for a record that lies in the wrong folder or file, that its
        run did not plan or planned otherwise, for a trial of a run that is there twice, and for a run
        without its plan or environment.
        """
        if not self.files:
            return
        check_facts(self.files[0].parent.parent, sorted({run_of(path) for path in self.files}))
        seen = _Seen(self.place, {plan.provenance.run: _Planned.of(plan) for plan in self.plans().values()})
        for path in self.files:
            for record in iter_records(path):
                seen.check(record, path)
                yield path, record


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a plan says about each record of its run."""

    provenance: Provenance
    cases: frozenset[str]
    trials: int

    @classmethod
    def of(cls, plan: RunPlan) -> _Planned:
        """The same, ready to be asked often."""
        return cls(plan.provenance, frozenset(plan.cases), plan.trials)

    def problem(self, record: Record) -> str | None:
        """What of a record is not as planned."""
        for name in record.provenance.__struct_fields__:
            if getattr(record.provenance, name) != getattr(self.provenance, name):
                return f"has another {name} than the plan of its run"
        if record.case.id not in self.cases or record.trial >= self.trials:
            return "is none that its run planned"
        return None


@dataclass(slots=True)
class _Seen:
    """The trials met so far in one topic's folder, whose runs have these plans."""

    place: Place
    plans: dict[str, _Planned]
    paths: dict[tuple[str, str, int], Path] = field(default_factory=dict)

    def check(self, record: Record, path: Path) -> None:
        provenance = record.provenance
        claimed = Place(provenance.provider, provenance.model, record.case.topic)
        if claimed != self.place or run_of(path) != provenance.run:
            raise CorruptResults(
                f"{path} holds trial {record.trial} of {record.case.id} of run {provenance.run} and model "
                f"{claimed.provider}/{claimed.model}: move the file where it belongs"
            )
        key = (provenance.run, record.case.id, record.trial)
        if key in self.paths:
            raise CorruptResults(
                f"{path} repeats trial {record.trial} of {record.case.id}, which is in "
                f"{self.paths[key].name}: delete one of the two files"
            )
        self.paths[key] = path
        if problem := self.plans[provenance.run].problem(record):
            raise CorruptResults(
                f"{path}: trial {record.trial} of {record.case.id} {problem}: put the file and the plan back "
                "from git"
            )


def record_path(results: Path, place: Place, run: str, shard: str) -> Path:
    """Where the record file of a run and shard lies. ``run`` is of lower case letters and digits; ``shard``
    may hold dots and hyphens too.
    """
    name = f"{run}-{shard}{_SUFFIX}"
    if not _FILE_NAME.fullmatch(name):
        raise ValueError(f"no run and shard: {run!r}, {shard!r}")
    return results / place.folder / "fcbench" / "records" / name


def open_tree(results: Path, disk: Disk | None = None) -> None:
    """Make ``results`` a results tree, or see that it is one that this version may write.

    Raises ``CorruptResults`` for a newer or damaged tree and for links, ``BadInput`` where a file is in the
    way, ``EnvironmentFailed`` where the disk refuses.
    """
    marker = results / MARKER
    _refuse_file(results)
    try:
        if results.is_symlink():
            refuse_links(results)
        if marker.exists():
            check_tree(results)
            return
        results.mkdir(parents=True, exist_ok=True)
        write_atomically(marker, encode_pretty({"format": FORMAT}), disk)
    except OSError as error:
        raise EnvironmentFailed(
            f"cannot write {marker}: {error.strerror or error}; choose another folder with --results"
        ) from error


def _refuse_file(results: Path) -> None:
    """See that no file is where ``results`` or a folder around it should be."""
    there = next((folder for folder in (results, *results.parents) if folder.exists()), None)
    if there is not None and not there.is_dir():
        raise BadInput(f"{there} is a file, not a folder: choose another folder with --results")


def check_tree(results: Path) -> None:
    """See that ``results`` is a results tree that this version reads.

    Raises ``BadInput`` where there is none, ``CorruptResults`` where it is newer or damaged, or where it or
    anything in it is a symbolic link.
    """
    marker = results / MARKER
    if results.is_symlink() or marker.is_symlink():
        refuse_links(results)
    try:
        text = marker.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{results} is no results tree ({MARKER}: {error.strerror or error}): "
            "name the folder that `fcbench run --results` wrote"
        ) from error
    try:
        found = msgspec.json.decode(text, type=dict[str, Any]).get("format")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise CorruptResults(f'{marker} is damaged: put it back from git; it holds {{"format": {FORMAT}}}')
    if found > FORMAT:
        raise CorruptResults(
            f"{results} has format {found}, but this fcbench reads up to {FORMAT}: update fcbench"
        )
    refuse_links(results)


def write_records(
    results: Path, place: Place, run: str, shard: str, file: RecordFile, disk: Disk | None = None
) -> Path:
    """Add one record file to a tree that :func:`open_tree` opened; see ``write_record_file`` for errors."""
    path = record_path(results, place, run, shard)
    write_record_file(path, file, disk)
    return path


def write_run_facts(
    results: Path,
    place: Place,
    run: str,
    plan: RunPlan,
    environment: dict[str, str],
    disk: Disk | None = None,
) -> None:
    """Write the plan of a run and the environment it ran in beside its records, as readable JSON.

    Files are named by run and content, so that they never change. A run has one plan; one that goes on
    elsewhere adds an environment.
    """
    for kind, content in ((PLANS, plan), (ENVIRONMENTS, environment)):
        data = encode_pretty(content)
        path = results / place.folder / "fcbench" / kind / facts_name(run, data)
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, data, disk)
        except OSError as error:
            raise EnvironmentFailed(f"cannot write {path}: {error.strerror or error}") from error


def read_tree(results: Path) -> list[Topic]:
    """Every topic of every model that has records, sorted by place; the records are read later.

    Raises ``BadInput`` where ``results`` is no results tree, ``CorruptResults`` for a newer one and for
    files and folders that no run writes.
    """
    check_tree(results)
    topics = [_topic(results, folder) for folder in _record_folders(results)]
    return sorted((topic for topic in topics if topic.files), key=lambda topic: topic.place)


def source_files(results: Path) -> list[Path]:
    """Every file that nothing else can bring back: the marker, records, plans and environments; sorted.

    Raises what :func:`read_tree` raises.
    """
    topics = read_tree(results)
    facts = [
        path
        for topic in topics
        for kind in (PLANS, ENVIRONMENTS)
        for path in (results / topic.place.folder / "fcbench" / kind).glob("[!.]*.json")
    ]
    return sorted([results / MARKER, *(path for topic in topics for path in topic.files), *facts])


def count_records(results: Path) -> int:
    """How many trials the tree holds. Raises what :func:`read_tree` and the records raise."""
    return sum(1 for topic in read_tree(results) for _ in topic.records())


def run_of(path: Path) -> str:
    """The run that the name of a record file, a plan or an environment names."""
    return path.name.partition("-")[0]


def _record_folders(results: Path) -> Iterator[Path]:
    for folder, below, _ in os.walk(results):
        if Path(folder).name == "records" and Path(folder).parent.name == "fcbench":
            yield Path(folder)
            below.clear()
        else:
            below[:] = sorted(name for name in below if not name.startswith("."))


def _topic(results: Path, records: Path) -> Topic:
    folders = records.relative_to(results).parts[:-2]
    names = _chains(folders)
    if len(names) != 3:
        raise CorruptResults(f"{records} lies where no provider/model/topic is: move it away")
    files = sorted(path for path in records.iterdir() if not path.name.startswith("."))
    for path in files:
        if not _FILE_NAME.fullmatch(path.name):
            raise CorruptResults(f"{path} is no record file of a run: move it away")
    return Topic(Place(*map(decode, names)), tuple(files))


def _chains(folders: tuple[str, ...]) -> list[str]:
    """Folders of a path, those that continue one name joined again."""
    names: list[str] = []
    for folder in folders:
        if names and names[-1].endswith("+"):
            names[-1] += f"/{folder}"
        else:
            names.append(folder)
    return names
