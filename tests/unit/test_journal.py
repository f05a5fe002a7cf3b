"""The journal: what is on disk after a crash, and what is refused."""

from __future__ import annotations

import asyncio
import multiprocessing
from pathlib import Path

import pytest

from fcbench_action.errors import CorruptResults, EnvironmentFailed
from fcbench_action.judge.types import Outcome
from fcbench_action.records.disk import Disk
from fcbench_action.records.journal import Entry, Journal, open_journal, seal, unseal
from fcbench_action.records.types import Round, Usage


def entry(index: int = 0, case: str = "a/b/c/d", trial: int = 0) -> Entry:
    return Entry(case, trial, Round(index, Outcome.NO_CALL, (), Usage(), "2026-01-01T00:00:00Z", 0.5))


def write(folder: Path, *entries: Entry, disk: Disk | None = None) -> None:
    async def go() -> None:
        await asyncio.gather(*(journal.append(e) for e in entries))

    journal = open_journal(folder, "run1", "all", disk)
    try:
        asyncio.run(go())
    finally:
        journal.close()


def read(folder: Path) -> list[Entry]:
    journal = open_journal(folder, "run1", "all")
    try:
        return [e for key in sorted(journal.keys()) for e in journal.entries(key)]
    finally:
        journal.close()


def path_in(folder: Path) -> Path:
    return folder / ".fcbench" / "journal" / "run1-all.ndjson"


def test_what_is_appended_is_there_when_it_is_opened_again(tmp_path):
    write(tmp_path, entry(0), entry(1))
    write(tmp_path, entry(2))
    assert read(tmp_path) == [entry(0), entry(1), entry(2)]


def test_an_entry_can_be_read_back_while_the_journal_is_open(tmp_path):
    async def go() -> None:
        await journal.append(entry(0))
        assert journal.entries(("a/b/c/d", 0)) == [entry(0)]
        await journal.append(entry(1))
        assert journal.entries(("a/b/c/d", 0)) == [entry(0), entry(1)]

    journal = open_journal(tmp_path, "run1", "all")
    asyncio.run(go())
    journal.close()


def test_concurrent_rounds_share_their_syncs(tmp_path):
    class Counting(Disk):
        syncs = 0

        def sync(self, descriptor: int) -> None:
            self.syncs += 1
            super().sync(descriptor)

    disk = Counting()
    write(tmp_path, *(entry(0, trial=n) for n in range(64)), disk=disk)
    assert disk.syncs <= 2 + 3
    assert len(read(tmp_path)) == 64


def test_a_journal_cut_at_any_byte_loses_only_the_torn_line(tmp_path, monkeypatch):
    monkeypatch.setattr("fcbench_action.records.journal.RESERVE_BYTES", 1)
    write(tmp_path, entry(0), entry(1))
    whole = path_in(tmp_path).read_bytes()
    ends = [i for i, byte in enumerate(whole, 1) if byte == 10]
    for cut in range(len(whole) + 1):
        path_in(tmp_path).write_bytes(whole[:cut])
        kept = max(sum(end <= cut for end in ends) - 1, 0)
        assert read(tmp_path) == [entry(0), entry(1)][:kept]
        write(tmp_path, entry(kept))
        assert read(tmp_path)[-1] == entry(kept)


def test_any_other_damage_is_named_with_file_and_line(tmp_path):
    write(tmp_path, entry(0), entry(1))
    whole = path_in(tmp_path).read_bytes()
    for at in range(0, len(whole) - 1, 7):
        if whole[at] == 10:
            continue
        damaged = bytearray(whole)
        damaged[at] ^= 1
        if damaged.count(b"\n") != 3:
            continue
        path_in(tmp_path).write_bytes(damaged)
        with pytest.raises(CorruptResults, match=rf"run1-all.ndjson, line {whole[:at].count(10) + 1}:"):
            read(tmp_path)


def test_a_line_holds_its_own_check():
    assert unseal(seal(b'{"a":1}')[:-1]) == b'{"a":1}'
    assert unseal(seal(b'{"a":1}')[:-1].replace(b"1", b"2")) is None
    assert unseal(b"") is None


def test_a_journal_of_a_newer_version_asks_for_an_update(tmp_path):
    path_in(tmp_path).parent.mkdir(parents=True)
    path_in(tmp_path).write_bytes(seal(b'{"journal":99,"run":"run1","shard":"all"}'))
    with pytest.raises(CorruptResults, match="update fcbench"):
        read(tmp_path)


def test_the_journal_of_another_run_is_refused(tmp_path):
    write(tmp_path, entry(0))
    path_in(tmp_path).rename(path_in(tmp_path).with_name("run2-all.ndjson"))
    with pytest.raises(CorruptResults, match="line 1"):
        open_journal(tmp_path, "run2", "all")


def test_two_processes_cannot_write_the_same_journal(tmp_path):
    journal = open_journal(tmp_path, "run1", "all")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert "another fcbench" in pool.apply(_failure, (tmp_path,))
    other = open_journal(tmp_path, "run2", "all")
    other.close()
    journal.close()
    open_journal(tmp_path, "run1", "all").close()


def _failure(folder: Path) -> str:
    try:
        open_journal(folder, "run1", "all")
    except EnvironmentFailed as error:
        return str(error)
    return ""


def test_retiring_finished_trials_keeps_the_others(tmp_path):
    write(tmp_path, entry(0, trial=0), entry(0, trial=1), entry(1, trial=0))
    journal = open_journal(tmp_path, "run1", "all")
    journal.retire({("a/b/c/d", 0)})
    journal.close()
    assert read(tmp_path) == [entry(0, trial=1)]
    journal = open_journal(tmp_path, "run1", "all")
    journal.retire({("a/b/c/d", 1)})
    journal.close()
    assert not path_in(tmp_path).exists()


def test_git_never_sees_the_journal(tmp_path):
    write(tmp_path, entry(0))
    assert (tmp_path / ".fcbench" / ".gitignore").read_text() == "*\n"


class FullOnce(Disk):
    """A disk whose second write after the opening is cut short by ENOSPC, once."""

    def __init__(self) -> None:
        self.writes = 0

    def write(self, descriptor: int, data: memoryview) -> int:
        self.writes += 1
        if self.writes == 4:
            super().write(descriptor, data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        return super().write(descriptor, data)


def test_a_disk_that_fills_up_loses_no_reply_and_says_stop(tmp_path):
    async def go(journal: Journal) -> None:
        await journal.append(entry(0))
        assert journal.trouble is None and journal.reserve.exists()
        await journal.append(entry(1))
        assert "No space left" in journal.trouble and not journal.reserve.exists()
        await journal.append(entry(2))

    journal = open_journal(tmp_path, "run1", "all", FullOnce())
    asyncio.run(go(journal))
    journal.close()
    assert read(tmp_path) == [entry(0), entry(1), entry(2)]


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_asked(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFailed, match=r"cannot write in the results folder .*--results"):
        open_journal(tmp_path / "file", "run1", "all")
