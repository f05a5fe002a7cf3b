"""Bringing the records of one results tree into another that may know the same runs.

A run's name says what it asks, so two machines that were told the same make files of the same name. What a
tree holds is never changed: a trial that it has stays as it is, and of another file with the same name only
the trials come along that it lacks, in a file of their own.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Container, Iterable
from pathlib import Path

from fcbench_action.records.contents import refuse_links
from fcbench_action.records.files import iter_records, read_tools, write_sorted_records
from fcbench_action.records.tree import Topic, read_tree, record_path, run_of, source_files
from fcbench_action.records.types import Record

_PART = re.compile(r"[a-z0-9]+-(?P<shard>.+?)(?:\.(?P<part>\d+))?\.ndjson\.gz")

Key = tuple[str, int]
"""Case and trial."""


def bring(source: Path, target: Path, runs: Container[str] | None = None) -> int:
    """Add to ``target`` the records of ``source`` that it lacks, of all runs or of these.

    Returns how many trials ``target`` held already with other content, which stays. Raises what reading and
    writing the trees raises, and ``OSError``.
    """
    if target.is_symlink() or target.exists():
        refuse_links(target)  # nothing is written through one
    kept = 0
    records = {path for topic in read_tree(source) for path in topic.files}
    for path in source_files(source):
        if path not in records and (runs is None or path.parent == source or run_of(path) in runs):
            _copy(path, target / path.relative_to(source))
    for topic in read_tree(source):
        for run, files in _by_run(topic.files).items():
            if runs is None or run in runs:
                kept += _bring_run(topic, run, files, target)
    return kept


def _bring_run(topic: Topic, run: str, files: list[Path], target: Path) -> int:
    folder = record_path(target, topic.place, run, "all").parent
    theirs = sorted(folder.glob(f"{run}-*.gz")) if folder.is_dir() else []
    names = {path.name: path for path in files}
    if all(path.name in names and _same(path, names[path.name]) for path in theirs):
        for path in files:
            _copy(path, folder / path.name)
        return 0
    there = {_key(record): record for path in theirs for record in iter_records(path)}
    kept = 0
    for path in files:
        if not ((folder / path.name).exists() and _same(path, folder / path.name)):
            kept += _bring_file(path, there, folder)
    return kept


def _bring_file(path: Path, there: dict[Key, Record], folder: Path) -> int:
    """Write the trials of a file that are not ``there`` as the next part of its shard."""
    own = list(iter_records(path))
    new = [record for record in own if _key(record) not in there]
    if new:
        write_sorted_records(_next_part(folder, path), read_tools(path), new)
    there |= {_key(record): record for record in new}
    return sum(there[_key(record)] != record for record in own)


def _next_part(folder: Path, path: Path) -> Path:
    run = run_of(path)
    found = _PART.fullmatch(path.name)
    shard = found["shard"] if found else "all"
    parts = [_PART.fullmatch(other.name) for other in folder.glob(f"{run}-{shard}*.gz")]
    last = max((int(part["part"] or 0) for part in parts if part), default=0)
    return folder / f"{run}-{shard}.{last + 1}.ndjson.gz"


def _by_run(files: Iterable[Path]) -> dict[str, list[Path]]:
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in files:
        found[run_of(path)].append(path)
    return found


def _copy(source: Path, target: Path) -> None:
    """Names of plans and environments are digests of their content, so that what is there is the same."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def _key(record: Record) -> Key:
    return record.case.id, record.trial
