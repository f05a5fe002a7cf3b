"""Writing everything in a results tree that derives from its records.

Derived files are rewritten only where their bytes change, and ``fcbench-derived.json`` of each model lists
them with digests. A file is deleted only if it is listed there, still has that digest, and nothing derives
it any more; so nobody else's file ever is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

import msgspec

from fcbench_action.errors import BadInput, CorruptResults, EnvironmentFailed
from fcbench_action.pages import markdown
from fcbench_action.pages.artifacts import Answers
from fcbench_action.records.disk import write_atomically
from fcbench_action.records.lines import decode_line, encode_line, encode_pretty
from fcbench_action.records.tree import Topic, read_tree
from fcbench_action.sinks import json_text
from fcbench_action.stats.leaderboard import (
    Collector,
    Leaderboard,
    Row,
    in_order,
    leaderboards,
    read_entries,
)
from fcbench_action.stats.scorecard import FORMAT, Entry, ScorecardFile

BEGIN = "<!-- fcbench:leaderboard:begin -->"
END = "<!-- fcbench:leaderboard:end -->"
MANIFEST = "fcbench-derived.json"
NEW_README = f"# Results\n\n{BEGIN}\n{END}\n"


class _Manifest(msgspec.Struct, frozen=True):
    """The derived files of one model's folder: path below it to SHA-256."""

    format: int
    files: dict[str, str]


@dataclass(slots=True)
class Report:
    """What writing a report did; ``boards`` are what the root's README shows."""

    boards: list[Leaderboard]
    models: int = 0
    written: int = 0
    deleted: int = 0


def write_report(results: Path) -> Report:
    """Make every derived file of the tree what its records say.

    Raises ``BadInput`` where ``results`` is no results tree or its README's markers are damaged,
    ``CorruptResults`` for damaged records, ``EnvironmentFailed`` where the disk refuses.
    """
    topics = read_tree(results)
    readme = _read_readme(results / "README.md")
    report = Report([])
    entries: list[Entry] = []
    folders = set()
    try:
        for folder, group in groupby(topics, key=lambda topic: topic.place.model_folder):
            files, found = _model_files(list(group))
            _sync(results / folder, files, report)
            entries += found
            folders.add(results / folder)
        for manifest in list(_manifests(results)):
            if manifest.parent not in folders:
                _sync(manifest.parent, {}, report)
        report.models = len(folders)
        report.boards = leaderboards(entries)
        _put(results / "README.md", _with_leaderboard(readme, markdown.leaderboards(report.boards)), report)
    except OSError as error:
        raise EnvironmentFailed(
            f"cannot write {error.filename or results}: {error.strerror or error}"
        ) from error
    return report


def derived_files(results: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file that :func:`write_report` makes of the tree, with its bytes, one model at a time.

    Nothing is written. Raises what reading does there.
    """
    topics = read_tree(results)
    readme = _read_readme(results / "README.md")
    entries: list[Entry] = []
    for folder, group in groupby(topics, key=lambda topic: topic.place.model_folder):
        files, found = _model_files(list(group))
        yield from ((results / folder / path, data) for path, data in files.items())
        if files:
            yield results / folder / MANIFEST, _manifest(files)
        entries += found
    board = markdown.leaderboards(leaderboards(entries))
    yield results / "README.md", _with_leaderboard(readme, board)


def read_boards(results: Path) -> list[Leaderboard]:
    """The leaderboards of a tree. Raises what reading its records raises."""
    return leaderboards(read_entries(results))


def summary(results: Path, models: Container[str] | None = None) -> str:
    """The leaderboards of a tree as Markdown, for step summaries and pull requests.

    Where ``models`` are given, by their full names, only boards that have one of them.
    """
    boards = read_boards(results)
    chosen = [board for board in boards if models is None or any(_is_of(row, models) for row in board.rows)]
    return markdown.leaderboards(chosen, links=False)


def scorecards_json(results: Path, models: Container[str] | None = None) -> str:
    """One line of JSON for scripts: a list with the ranks and the overall measures of every model, or of
    these, by their full names.
    """
    return boards_json(read_boards(results), models)


def _is_of(row: Row, models: Container[str]) -> bool:
    return f"{row.scorecard.provider}/{row.scorecard.model}" in models


def boards_json(boards: Iterable[Leaderboard], models: Container[str] | None = None) -> str:
    """The leaderboards as one line of JSON: a list of rows without their break-downs, in their order."""
    rows = [
        {
            "provider": row.scorecard.provider,
            "model": row.scorecard.model,
            "setting": row.scorecard.setting,
            "ranks": row.ranks,
            "group": row.group,
            "not_ranked": row.not_ranked,
            "overall": row.scorecard.overall,
        }
        for board in boards
        for row in board.rows
        if models is None or _is_of(row, models)
    ]
    return json_text(encode_line(rows).decode("utf-8"))


def _model_files(topics: list[Topic]) -> tuple[dict[str, bytes], list[Entry]]:
    """The derived files of one model, by path below its folder, and its entries."""
    collector = Collector()
    answers = {topic.place.topic: Answers() for topic in topics}
    for topic in topics:
        collector.expect(topic)
        for record in topic.records():
            collector.add(record)
            answers[topic.place.topic].add(record)
    entries = in_order(collector.entries())
    if not entries:
        return {}, []
    model_folder = PurePosixPath(topics[0].place.model_folder)
    below = {topic.place.topic: _below(topic, model_folder) for topic in topics}
    cards = tuple(entry.scorecard for entry in entries)
    files = {
        "README.md": markdown.model(entries, below, up=len(model_folder.parts)).encode("utf-8"),
        "scorecard.json": encode_pretty(ScorecardFile(FORMAT, cards)),
    }
    for name, folder in below.items():
        files |= _topic_files(name, folder, entries, answers[name])
    return files, entries


def _topic_files(name: str, folder: str, entries: list[Entry], answers: Answers) -> dict[str, bytes]:
    own = [entry for entry in entries if name in entry.scorecard.by_topic]
    if not own:
        return {}
    artifacts = answers.artifacts(own[0].scorecard.setting)
    readme = markdown.topic(name, own, artifacts, up=len(folder.split("/")))
    emitted = {f"{folder}/{path}": text for path, text in artifacts.files.items()}
    return {
        path: text.encode("utf-8", "backslashreplace")
        for path, text in {f"{folder}/README.md": readme, **emitted}.items()
    }


def _below(topic: Topic, model_folder: PurePosixPath) -> str:
    return str(PurePosixPath(topic.place.folder).relative_to(model_folder))


def _sync(folder: Path, files: dict[str, bytes], report: Report) -> None:
    """Write ``files`` below ``folder``, and delete what its manifest lists beyond them."""
    manifest = folder / MANIFEST
    for path, digest in _listed(manifest).items():
        if path not in files:
            _delete(folder, path, digest, report)
    for path, data in files.items():
        if not (folder / path).parent.resolve().is_relative_to(folder.resolve()):
            raise BadInput(f"{folder / path} lies behind a symbolic link: remove the link")
        _put(folder / path, data, report)
    if files:
        _put(manifest, _manifest(files), report)
    else:
        manifest.unlink(missing_ok=True)
        report.deleted += 1
        _remove_empty(folder)


def _manifest(files: dict[str, bytes]) -> bytes:
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    return encode_pretty(_Manifest(FORMAT, digests))


def _listed(manifest: Path) -> dict[str, str]:
    try:
        found = decode_line(manifest.read_bytes(), _Manifest)
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError as error:
        raise CorruptResults(
            f"{manifest} is damaged ({error}): delete it, and the files beside it that are no longer wanted"
        ) from error
    if any(path.startswith("/") or {"..", "fcbench"} & set(path.split("/")) for path in found.files):
        raise CorruptResults(f"{manifest} lists files that nothing derives: delete it")
    return found.files


def _delete(folder: Path, path: str, digest: str, report: Report) -> None:
    target = folder / path
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
        target.unlink()
        report.deleted += 1
        _remove_empty(target.parent)


def _remove_empty(folder: Path) -> None:
    """Remove ``folder`` and the folders around it as far as they are empty."""
    while folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _put(path: Path, data: bytes, report: Report) -> None:
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)
    report.written += 1


def _manifests(results: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(results):
        below[:] = sorted(name for name in below if not name.startswith(".") and name != "fcbench")
        if MANIFEST in names:
            yield Path(folder, MANIFEST)


def _read_readme(path: Path) -> str:
    """The root's README with its markers. Raises ``BadInput`` where they are damaged."""
    if path.is_symlink():
        raise BadInput(f"{path} is a symbolic link: put a file in its place")
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return NEW_README
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8: save it as UTF-8") from error
    except IsADirectoryError as error:
        raise BadInput(f"{path} is a folder: put a file in its place, or move it away") from error
    except OSError as error:
        raise EnvironmentFailed(f"cannot read {path}: {error.strerror or error}") from error
    counts = text.count(BEGIN), text.count(END)
    if counts == (0, 0):
        return f"{text.rstrip()}\n\n{BEGIN}\n{END}\n"
    if counts != (1, 1) or text.index(BEGIN) > text.index(END):
        raise BadInput(
            f"{path}: the leaderboard goes between one {BEGIN} and one {END} after it; "
            "mend these markers, or delete both to have them put at the end"
        )
    return text


def _with_leaderboard(readme: str, table: str) -> bytes:
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    newline = "\r\n" if "\r\n" in readme else "\n"
    block = f"{BEGIN}\n\n{table.strip()}\n\n{END}".replace("\n", newline)
    return f"{before}{block}{after}".encode()
