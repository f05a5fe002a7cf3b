"""The journal: every answered round on disk before the next one of its trial is asked for.

One file per run and shard, ``<results>/.fcbench/journal/<run>-<shard>.ndjson``: a header line, then a
line for each round, each with the CRC-32 of what it holds. After a crash at any point the file is a
whole number of good lines and perhaps a torn last one, which was never acknowledged and is dropped.
Any other damage is named and stops the command.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import os
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from fcbench_action.errors import CorruptResults, EnvironmentFailed
from fcbench_action.functions.base import Grade
from fcbench_action.records.disk import Disk, sync_folder, write_all, write_atomically
from fcbench_action.records.lines import decode_line, encode_line
from fcbench_action.records.types import FORMAT, Round

Key = tuple[str, int]
"""A trial of a run: case id and trial number."""

RESERVE_BYTES = 4 << 20
"""Kept aside while a run goes on, so that a full disk still takes the replies that are under way."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answered round of one trial, or without a round, the grade of its last one.

    A grade takes time and comes after its valid round, which is on the disk by then.
    """

    case: str
    trial: int
    round: Round | None = None
    grade: Grade | None = None


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line: whose journal this is, in which version of the format."""

    journal: int
    run: str
    shard: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file the JSON of an entry lies, in bytes."""

    offset: int
    length: int


_PREFIX = len(b'{"crc":"00000000","entry":')


def seal(payload: bytes) -> bytes:
    """The journal line that holds ``payload``, which is JSON without line feeds."""
    return b'{"crc":"%08x","entry":%b}\n' % (zlib.crc32(payload), payload)


def unseal(line: bytes) -> bytes | None:
    """The payload of a line without its line feed; ``None`` where the line is damaged."""
    payload = line[_PREFIX:-1]
    return payload if seal(payload) == line + b"\n" else None


class Journal:
    """The journal of one run, open for one process. Open it with :func:`open_journal`.

    It holds no entries in memory, only where in the file they are.
    """

    def __init__(self, path: Path, descriptor: int, lock: int, disk: Disk) -> None:
        self.path = path
        self.trouble: str | None = None
        """Why nothing more should be asked: the disk failed once, and the next failure loses a reply."""
        self._descriptor = descriptor
        self._lock = lock
        self._disk = disk
        self._places: dict[Key, list[_Place]] = {}
        self._header = b""
        self._end = 0
        self._pending: list[tuple[Key, bytes, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    @property
    def reserve(self) -> Path:
        """The file whose space is given back when the disk is full."""
        return self.path.with_suffix(".reserve")

    def __contains__(self, key: Key) -> bool:
        return key in self._places

    def keys(self) -> set[Key]:
        """The trials that have rounds here."""
        return set(self._places)

    def entries(self, key: Key) -> list[Entry]:
        """What was journalled of a trial, oldest first. Raises ``CorruptResults``."""
        return [self._read(place) for place in self._places.get(key, [])]

    async def append(self, entry: Entry) -> None:
        """Return when ``entry`` is on the disk. Raises ``EnvironmentFailed`` if it cannot be put there.

        Entries of concurrent trials are written and synced together, off the event loop.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pending.append(((entry.case, entry.trial), encode_line(entry), done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        await done

    async def settle(self) -> None:
        """Return when nothing is waiting to be written, whoever asked for it."""
        if self._writer is not None:
            await asyncio.wait({self._writer})

    def retire(self, finished: Collection[Key]) -> None:
        """Forget trials whose records are safe elsewhere; without any others the journal goes away.

        Nothing can be appended afterwards. Raises ``EnvironmentFailed``; the journal on disk is then the
        old one or the new one, whole.
        """
        left = [key for key in self._places if key not in finished]
        try:
            if not left:
                self.path.unlink(missing_ok=True)
            elif len(left) < len(self._places):
                lines = [seal(self._payload(place)) for key in left for place in self._places[key]]
                write_atomically(self.path, self._header + b"".join(lines), self._disk)
        except OSError as error:
            raise EnvironmentFailed(f"cannot write {self.path}: {error.strerror or error}") from error

    def close(self) -> None:
        """Let go of the file and its lock; call :meth:`settle` first."""
        with contextlib.suppress(OSError):
            self.reserve.unlink(missing_ok=True)
        os.close(self._descriptor)
        os.close(self._lock)

    def load(self, run: str, shard: str) -> None:
        """Index the file, begin it where it is new, and cut off a torn last line."""
        self._header = seal(encode_line(_Header(FORMAT, run, shard)))
        size = os.fstat(self._descriptor).st_size
        for number, offset, line in _lines(self._descriptor, size):
            if number == 1:
                self._check_header(line, run, shard)
            else:
                self._index(number, offset, line)
            self._end = offset + len(line) + 1
        if self._end < size:
            os.ftruncate(self._descriptor, self._end)
        if self._end == 0:
            write_all(self._disk, self._descriptor, self._header)
            self._disk.sync(self._descriptor)
            sync_folder(self.path.parent, self._disk)
            self._end = len(self._header)

    def _check_header(self, line: bytes, run: str, shard: str) -> None:
        payload = unseal(line)
        try:
            found = None if payload is None else msgspec.json.decode(payload, type=dict[str, object])
        except msgspec.MsgspecError:
            found = None
        version = found.get("journal") if found else None
        if isinstance(version, int) and version > FORMAT:
            raise CorruptResults(
                f"{self.path} has journal format {version}, but this fcbench reads up to {FORMAT}: "
                "update fcbench to go on with this run"
            )
        if found != {"journal": FORMAT, "run": run, "shard": shard}:
            raise self._damaged(1)

    def _index(self, number: int, offset: int, line: bytes) -> None:
        payload = unseal(line)
        if payload is None:
            raise self._damaged(number)
        try:
            entry = decode_line(payload, Entry)
        except msgspec.MsgspecError as error:
            raise self._damaged(number) from error
        place = _Place(offset + _PREFIX, len(payload))
        self._places.setdefault((entry.case, entry.trial), []).append(place)

    def _damaged(self, number: int) -> CorruptResults:
        return CorruptResults(
            f"{self.path}, line {number}: the journal is damaged; put the file back from a copy, or delete "
            "that line to have its round asked again"
        )

    def _payload(self, place: _Place) -> bytes:
        return os.pread(self._descriptor, place.length, place.offset)

    def _read(self, place: _Place) -> Entry:
        try:
            return decode_line(self._payload(place), Entry)
        except msgspec.MsgspecError as error:
            raise CorruptResults(
                f"{self.path} changed while it was in use, at byte {place.offset}"
            ) from error

    async def _drain(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, []
            lines = [seal(payload) for _, payload, _ in batch]
            try:
                await asyncio.to_thread(self._store, b"".join(lines))
            except OSError as error:
                failure = EnvironmentFailed(f"cannot write {self.path}: {error.strerror or error}")
                for _, _, done in batch:
                    if not done.cancelled():
                        done.set_exception(failure)
                continue
            self._acknowledge(batch, lines)

    def _acknowledge(self, batch: list[tuple[Key, bytes, asyncio.Future[None]]], lines: list[bytes]) -> None:
        for (key, payload, done), line in zip(batch, lines, strict=True):
            self._places.setdefault(key, []).append(_Place(self._end + _PREFIX, len(payload)))
            self._end += len(line)
            if not done.cancelled():
                done.set_result(None)

    def _store(self, data: bytes) -> None:
        """Append and sync; on a failure free the reserve and try again, for these replies are paid for."""
        try:
            self._append_synced(data)
        except OSError as error:
            self.trouble = self.trouble or f"cannot write {self.path}: {error.strerror or error}"
            self.reserve.unlink(missing_ok=True)
            self._append_synced(data)

    def _append_synced(self, data: bytes) -> None:
        try:
            write_all(self._disk, self._descriptor, data)
            self._disk.sync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, self._end)
            raise


def open_journal(results: Path, run: str, shard: str, disk: Disk | None = None) -> Journal:
    """Open or begin the journal of a run in the results folder, and lock it.

    Raises ``EnvironmentFailed`` where the folder cannot be written, has too little room, or another
    process runs the same run; ``CorruptResults`` where the journal is damaged.
    """
    disk = disk or Disk()
    path = results / ".fcbench" / "journal" / f"{run}-{shard}.ndjson"
    with contextlib.ExitStack() as undo:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            ignore_by_git(results / ".fcbench")
            lock = _locked(path.with_suffix(".lock"))
            undo.callback(os.close, lock)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            undo.callback(os.close, descriptor)
            journal = Journal(path, descriptor, lock, disk)
            _set_aside(journal.reserve, disk)
            journal.load(run, shard)
        except OSError as error:
            raise EnvironmentFailed(
                f"cannot write in the results folder {results}: {error.strerror or error}; "
                "free some space or choose another folder with --results"
            ) from error
        undo.pop_all()
        return journal


def _locked(path: Path) -> int:
    """An exclusive lock that ends with the process, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise EnvironmentFailed(
                f"another fcbench is working on the same run ({path}): wait for it or stop it first"
            ) from error
        raise
    return descriptor


def ignore_by_git(folder: Path) -> None:
    """What lies in ``.fcbench`` is of this machine only and must not be committed."""
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", "utf-8")


def _set_aside(path: Path, disk: Disk) -> None:
    """Write the reserve; random bytes, because some file systems store zeros, and what repeats within a
    megabyte, in less space or none.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        write_all(disk, descriptor, os.urandom(RESERVE_BYTES // 4) * 4)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _lines(descriptor: int, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Number from 1, offset and bytes without line feed of each whole line of the first ``size`` bytes."""
    number, offset = 1, 0
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        stream.seek(0)
        for line in stream:
            if not line.endswith(b"\n") or offset + len(line) > size:
                return
            yield number, offset, line[:-1]
            number, offset = number + 1, offset + len(line)
