"""Record files: gzipped lines of JSON, the same bytes for the same records, never half written.

The first line says the format and holds the tools; then comes a record a line, by (case id, trial).
Reading is bounded, so that a small file cannot unfold to fill the memory.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from fcbench_action.errors import CorruptResults, EnvironmentFailed
from fcbench_action.judge.types import MODEL_OUTCOMES, Outcome
from fcbench_action.records.disk import Disk, write_atomically
from fcbench_action.records.lines import decode_line, encode_line
from fcbench_action.records.migrate import migrate
from fcbench_action.records.types import FORMAT, Record, RecordFile, ToolText

MAX_LINE = 128 << 20
"""The longest line that is read, in bytes."""

MAX_FILE = 1 << 30
"""The most bytes that one file may unfold to."""

_LEVEL = 6
_HEAD = b"\x1f\x8b\x08" + bytes(5)  # gzip, deflate, and neither flags nor time
_FIX = "put the file back from a copy or from git, or delete it and run its cases again"


class _Version(msgspec.Struct, frozen=True):
    format: int


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    tools: dict[str, ToolText]


@dataclass(slots=True)
class _Lines:
    """The lines of a gzip file, counted, and bounded in length and in all."""

    path: Path
    stream: gzip.GzipFile
    number: int = 0
    total: int = 0

    def read(self) -> bytes | None:
        """The next line without its line feed; ``None`` at the end of a whole file."""
        self.number += 1
        limit = min(MAX_LINE, MAX_FILE - self.total)
        try:
            line = self.stream.readline(limit + 1)
        except gzip.BadGzipFile:  # its own words would show what the file begins with
            self.fail("it is no gzip file, or a damaged one")
        except (OSError, EOFError, zlib.error) as error:
            self.fail(f"the compressed data are damaged or cut short ({error})")
        self.total += len(line)
        if len(line) > limit:
            self.fail(f"it unfolds to more than {limit} bytes, which no run writes")
        if not line:
            self._end()
            return None
        if not line.endswith(b"\n"):
            self.fail("the last line is cut short")
        return line[:-1]

    def _end(self) -> None:
        """See that nothing stands behind what was read: the file ends with the size of that."""
        if not self.total:
            return
        with self.path.open("rb") as file:
            file.seek(-4, io.SEEK_END)
            if int.from_bytes(file.read(4), "little") != self.total % (1 << 32):
                self.fail("something stands behind its end, which no run writes")

    def fail(self, cause: str) -> NoReturn:
        """Raise ``CorruptResults`` naming the file and the line."""
        raise CorruptResults(f"{self.path}, line {self.number}: {cause}; {_FIX}")


def write_record_file(path: Path, file: RecordFile, disk: Disk | None = None) -> None:
    """:func:`write_sorted_records` for a file that is in memory, its records in any order."""
    write_sorted_records(path, file.tools, sorted(file.records, key=record_order), disk)


def write_sorted_records(
    path: Path, tools: dict[str, ToolText], records: Iterable[Record], disk: Disk | None = None
) -> None:
    """Write a record file at ``path``, whole or not at all; ``records`` come in :func:`record_order`, and
    one of them is in memory at a time.

    Record files are immutable: the same content again is fine, other content in an existing file
    raises ``CorruptResults``. Raises ``EnvironmentFailed`` where the disk refuses.
    """
    data = _packed(tools, records)
    try:
        if path.exists():
            if path.read_bytes() != data:
                raise CorruptResults(
                    f"{path} exists with other content, and record files are never rewritten: move it away"
                )
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data, disk)
    except OSError as error:
        raise EnvironmentFailed(
            f"cannot write {path}: {error.strerror or error}; mend that and run the same command again"
        ) from error


def read_record_file(path: Path) -> RecordFile:
    """The whole file. Raises ``CorruptResults``, which names file and line, for any damage."""
    with _open(path) as stream:
        lines = _Lines(path, stream)
        header = _header(lines)
        return RecordFile(FORMAT, header.tools, tuple(_records(lines, header.format)))


def read_tools(path: Path) -> dict[str, ToolText]:
    """The tools of a file by function name, without its records. Raises ``CorruptResults`` for damage."""
    with _open(path) as stream:
        return _header(_Lines(path, stream)).tools


def iter_records(path: Path) -> Iterator[Record]:
    """The records of a file, one in memory at a time. Raises ``CorruptResults`` when it gets to damage."""
    with _open(path) as stream:
        lines = _Lines(path, stream)
        yield from _records(lines, _header(lines).format)


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record line, published beside this module as ``record.schema.json``."""
    return msgspec.json.schema(Record)


def _packed(tools: dict[str, ToolText], records: Iterable[Record]) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=buffer, mtime=0) as stream:
        stream.write(encode_line(_Header(FORMAT, dict(sorted(tools.items())))) + b"\n")
        for record in records:
            stream.write(encode_line(record) + b"\n")
    return buffer.getvalue()


def _open(path: Path) -> gzip.GzipFile:
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
        if not _HEAD.startswith(head) and head[:2] == _HEAD[:2]:
            raise CorruptResults(f"{path} is packed with a name, a comment or a time, as no run does; {_FIX}")
        return gzip.GzipFile(path, "rb")
    except OSError as error:
        raise EnvironmentFailed(f"cannot read {path}: {error.strerror or error}") from error


def _header(lines: _Lines) -> _Header:
    line = lines.read()
    if line is None:
        lines.fail("the file is empty")
    try:
        version = decode_line(line, _Version).format
        if version > FORMAT:
            raise CorruptResults(
                f"{lines.path} has format {version}, but this fcbench reads up to {FORMAT}: update fcbench"
            )
        header = decode_line(line, _Header)
    except msgspec.DecodeError as error:
        lines.fail(f"not the header of a record file ({error})")
    if version < 1:
        lines.fail(f"there never was a format {version}")
    return header


def _records(lines: _Lines, written_as: int) -> Iterator[Record]:
    last: tuple[str, int] | None = None
    while (line := lines.read()) is not None:
        try:
            record = _record(line, written_as)
        except msgspec.DecodeError as error:
            lines.fail(f"not a record ({error})")
        problem = inconsistency(record)
        if last is not None and record_order(record) <= last:
            problem = f"trial {record.trial} of {record.case.id} is out of order or there twice"
        if problem:
            lines.fail(problem)
        last = record_order(record)
        yield record


def _record(line: bytes, written_as: int) -> Record:
    if written_as == FORMAT:
        return decode_line(line, Record)
    return msgspec.convert(migrate(decode_line(line, dict[str, Any]), written_as), Record)


def inconsistency(record: Record) -> str | None:
    """What no run can have written: rounds that do not follow each other, or a grade without its answer."""
    valid = [r.index for r in record.rounds if r.outcome is Outcome.VALID]
    ended = [r.index for r in record.rounds if r.outcome not in MODEL_OUTCOMES - {Outcome.VALID}]
    count = len(record.rounds)
    if not count or [r.index for r in record.rounds] != list(range(count)):
        return f"the rounds of {record.case.id} are not numbered from 0"
    if count > record.provenance.max_rounds + 1:
        return f"{record.case.id} has more rounds than its run allowed"
    if ended and ended[0] != count - 1:
        return f"{record.case.id} goes on after round {ended[0]}, which ended its trial"
    if bool(valid) != (record.grade is not None):
        return f"{record.case.id} has a grade without a valid round, or the reverse"
    if record.grade is not None and not 0 <= record.grade.score <= 1:
        return f"{record.case.id} has a grade outside 0 to 1"
    if any(not r.attempts and r.outcome is not Outcome.FAULT for r in record.rounds):
        return f"{record.case.id} has a round that came of no attempt"
    if not all(_is_time(r.started_at) for r in record.rounds):
        return f"{record.case.id} has a round that began at no moment in time"
    return None


def _is_time(text: str) -> bool:
    """Whether a text of the form of a time is one."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def record_order(record: Record) -> tuple[str, int]:
    """What the records of a file are sorted by."""
    return record.case.id, record.trial
