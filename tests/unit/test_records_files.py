"""Record files: the same bytes for the same records, whole or not at all, and every damage named."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import msgspec
import pytest

from fcbench_action.errors import CorruptResults, EnvironmentFailed
from fcbench_action.records import files, migrate
from fcbench_action.records.disk import Disk
from fcbench_action.records.files import (
    iter_records,
    read_record_file,
    record_schema,
    write_record_file,
)
from fcbench_action.records.types import FORMAT, RecordFile
from tests.golden_files import check_golden
from tests.record_builder import HOSTILE, TOOLS, case_ref, provenance, record

SCHEMA = Path(files.__file__).with_name("record.schema.json")


def sample() -> RecordFile:
    hostile = "".join(HOSTILE)
    records = (
        record("valid", case=case_ref(target="b")),
        record("no_call", "invalid_json", "valid", trial=1),
        record("schema_violation", "fault", trial=0, text=hostile, tokens=(None, None)),
    )
    return RecordFile(FORMAT, TOOLS, records)


def lines_of(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def write_lines(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(gzip.compress(b"".join(lines), mtime=0))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "deep" / "run-all.ndjson.gz"
    write_record_file(target, sample())
    return target


def test_what_is_written_is_read_again_sorted_by_case_and_trial(path: Path) -> None:
    found = read_record_file(path)
    assert [(r.case.target, r.trial) for r in found.records] == [("b", 0), ("items", 0), ("items", 1)]
    assert all(item in found.records for item in sample().records) and found.tools == TOOLS
    assert tuple(iter_records(path)) == found.records


def test_the_same_records_in_any_order_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    backwards = RecordFile(FORMAT, dict(reversed(TOOLS.items())), tuple(reversed(sample().records)))
    write_record_file(tmp_path / "again.gz", backwards)
    assert (tmp_path / "again.gz").read_bytes() == path.read_bytes()


def test_a_record_file_may_be_written_again_but_never_changed(path: Path) -> None:
    write_record_file(path, sample())
    other = RecordFile(FORMAT, TOOLS, sample().records[:1])
    with pytest.raises(CorruptResults, match="never rewritten"):
        write_record_file(path, other)
    assert len(read_record_file(path).records) == 3


def test_a_file_cut_short_anywhere_is_refused(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    cut = tmp_path / "cut.gz"
    for length in range(0, len(whole), 7):
        cut.write_bytes(whole[:length])
        with pytest.raises(CorruptResults, match=r"cut\.gz, line \d+: .*put the file back"):
            read_record_file(cut)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:3] + b"\x10" + data[4:10] + b"BUY https://evil.example\0" + data[10:],
        lambda data: data[:4] + b"\x01\x02\x03\x04" + data[8:],
        lambda data: data + bytes(100_000),
        lambda data: data + gzip.compress(b"", mtime=0),
    ],
    ids=["comment", "time", "padding", "member"],
)
def test_nothing_hides_in_a_file_beside_its_records(
    path: Path, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    other = tmp_path / "other.gz"
    other.write_bytes(change(path.read_bytes()))
    with pytest.raises(CorruptResults, match=r"other\.gz.*(as no run does|no run writes)"):
        list(iter_records(other))


def test_a_changed_byte_never_gives_other_records(path: Path, tmp_path: Path) -> None:
    whole, expected = path.read_bytes(), read_record_file(path)
    for position in range(0, len(whole), 5):
        changed = bytearray(whole)
        changed[position] ^= 0x41
        broken = tmp_path / "broken.gz"
        broken.write_bytes(changed)
        try:
            assert read_record_file(broken) == expected
        except CorruptResults as error:
            assert "broken.gz" in str(error)


@pytest.mark.parametrize(
    ("number", "line", "cause"),
    [
        (0, b"", "not the header"),
        (0, b"[]", "not the header"),
        (0, b'{"format":0,"tools":{}}', "never was a format 0"),
        (0, b'{"format":"1","tools":{}}', "not the header"),
        (1, b"not json", "not a record"),
        (1, b"\xff\xfe", "not a record"),
        (1, b'{"trial":0}', "not a record"),
        (2, b"[" * 100_000, "not a record"),
        (2, b'{"a":"\\ud800"}', "not a record"),
    ],
)
def test_a_line_of_something_else_is_named_by_file_and_line(
    path: Path, tmp_path: Path, number: int, line: bytes, cause: str
) -> None:
    lines = lines_of(path)
    lines[number] = line + b"\n"
    broken = write_lines(tmp_path / "odd.gz", lines)
    with pytest.raises(CorruptResults, match=rf"odd\.gz, line {number + 1}: .*{cause}"):
        read_record_file(broken)


def test_a_newer_format_says_to_update(path: Path, tmp_path: Path) -> None:
    newer = write_lines(tmp_path / "new.gz", [b'{"format":%d,"stuff":[]}\n' % (FORMAT + 1)])
    with pytest.raises(CorruptResults, match=f"format {FORMAT + 1}.*up to {FORMAT}: update fcbench"):
        read_record_file(newer)


def test_an_older_format_is_read_through_its_migration(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read_record_file(path).records
    lines = [line.replace(b'"trial":', b'"repetition":') for line in lines_of(path)]
    older = write_lines(tmp_path / "old.gz", lines)
    monkeypatch.setattr(files, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(migrate, "FORMAT", FORMAT + 1)
    monkeypatch.setitem(migrate.STEPS, FORMAT, lambda raw: {"trial": raw.pop("repetition"), **raw})
    found = read_record_file(older)
    assert found.format == FORMAT + 1 and found.records == expected


@pytest.mark.parametrize("order", [(0, 2, 1, 3), (0, 1, 1, 2)])
def test_records_out_of_order_or_twice_are_refused(
    path: Path, tmp_path: Path, order: tuple[int, ...]
) -> None:
    lines = lines_of(path)
    with pytest.raises(CorruptResults, match="out of order or there twice"):
        read_record_file(write_lines(tmp_path / "x.gz", [lines[i] for i in order]))


@pytest.mark.parametrize(
    ("outcomes", "change", "cause"),
    [
        (("valid", "no_call"), {}, "goes on after round 0"),
        (("fault", "valid"), {}, "goes on after round 0"),
        (("no_call",) * 6, {}, "more rounds"),
        (("valid",), {"grade": None}, "grade"),
        (("valid",), {"rounds": ()}, "numbered"),
        (("valid",), {"trial": -1}, "Expected `int` >= 0 - at `\\$.trial`"),
    ],
)
def test_a_record_that_no_run_can_have_written_is_refused(
    tmp_path: Path, outcomes: tuple[str, ...], change: dict[str, object], cause: str
) -> None:
    odd = msgspec.structs.replace(record(*outcomes), **change)
    write_record_file(tmp_path / "x.gz", RecordFile(FORMAT, TOOLS, (odd,)))
    with pytest.raises(CorruptResults, match=cause):
        read_record_file(tmp_path / "x.gz")


def test_a_file_that_unfolds_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 1 << 20)
    monkeypatch.setattr(files, "MAX_FILE", 3 << 20)
    header = b'{"format":1,"tools":{}}\n'
    one_line = write_lines(tmp_path / "line.gz", [header, b" " * (2 << 20)])
    with pytest.raises(CorruptResults, match="unfolds to more than"):
        read_record_file(one_line)
    padded = [msgspec.json.encode(record("valid", trial=n)) + b" " * 900_000 + b"\n" for n in range(5)]
    many = [header, *padded]
    with pytest.raises(CorruptResults, match=r"line 5: it unfolds to more than"):
        read_record_file(write_lines(tmp_path / "many.gz", many))


def test_a_failing_disk_leaves_no_file_and_says_so(tmp_path: Path) -> None:
    calls = {"write": 0, "sync": 0, "replace": 0}

    class Failing(Disk):
        def __init__(self, what: str) -> None:
            self.what = what

        def write(self, descriptor: int, data: memoryview) -> int:
            self.maybe("write")
            return super().write(descriptor, data)

        def sync(self, descriptor: int) -> None:
            self.maybe("sync")
            super().sync(descriptor)

        def replace(self, source: Path, target: Path) -> None:
            self.maybe("replace")
            super().replace(source, target)

        def maybe(self, what: str) -> None:
            calls[what] += 1
            if what == self.what:
                raise OSError(28, "No space left on device")

    for what in calls:
        target = tmp_path / f"{what}.gz"
        with pytest.raises(EnvironmentFailed, match=r"\.gz: No space left on device"):
            write_record_file(target, sample(), Failing(what))
        assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_an_environment_failure(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match=r"none\.gz"):
        read_record_file(tmp_path / "none.gz")


def test_lone_surrogates_survive(tmp_path: Path) -> None:
    odd = record("no_call", text="\ud800 \udfff \ude00\ud83d", source=provenance(model="m\udc80"))
    write_record_file(tmp_path / "x.gz", RecordFile(FORMAT, TOOLS, (odd,)))
    assert read_record_file(tmp_path / "x.gz").records == (odd,)


def test_the_published_schema_is_the_one_of_the_records() -> None:
    check_golden(SCHEMA, json.dumps(record_schema(), indent=2) + "\n")


def test_every_record_line_matches_the_published_schema(path: Path) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in lines_of(path)[1:]:
        validator.validate(json.loads(line))
    assert not validator.is_valid({"trial": 0})


def test_the_gzip_header_names_no_file_and_no_time(path: Path) -> None:
    with gzip.GzipFile(fileobj=io.BytesIO(path.read_bytes())) as stream:
        stream.read(1)
        assert stream.mtime == 0
    assert path.read_bytes()[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
