"""The files of a results tree that ``fcbench verify`` has something to say about, whatever is in the records.

A tree holds the files that runs write, what derives from them, and nothing else: what is not checked is not
there. What a maintainer has to say stands in the root's README.md around the leaderboard, or beside the tree.
Where the tree is the root of a repository there is no beside: there, what lies in no provider's folder is the
repository's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from fcbench_action.pages.report import BEGIN, END, NEW_README, derived_files
from fcbench_action.records.base import Base
from fcbench_action.records.contents import WORKING, shown, tree_contents
from fcbench_action.records.lines import decode_line, encode_pretty
from fcbench_action.records.tree import ENVIRONMENTS, MARKER, PLANS, run_of, source_files
from fcbench_action.run.rejudge import Difference

FILE = "file"
DERIVED = "as fcbench writes it"


def file_differences(results: Path, base: Base | None) -> list[Difference]:
    """Derived files that are not as they should be, and files that nothing of fcbench writes.

    What the base has with the same bytes was accepted before and is left alone. Raises what reading raises.
    """
    known = set(_sources(results))
    found = []
    for path, data in chain([_marker(results)], derived_files(results)):
        known.add(path)
        if not path.is_file():
            found.append(_difference(path, "missing", DERIVED))
        elif path.read_bytes() != data:
            found.append(_difference(path, "changed", DERIVED))
    found += [
        _difference(path, _kind(results, path), "absent")
        for path in _foreign(results, known, base)
        if base is None or path.is_dir() or not base.has(path)
    ]
    return found


def lost_files(base: Base) -> list[Difference]:
    """Records, plans and environments of the base that the tree lacks or has otherwise."""
    return [_difference(path, how, "as it is in the base") for path, how in base.lost()]


def notes(base: Base) -> list[str]:
    """What is no fault and yet wants a look: anybody may write around the leaderboard, tables too."""
    name = "README.md"
    if base.is_empty or _own_text(base.results / name) == _own_text(base.folder / name):
        return []
    return [f"{shown(base.results / name)} has other text around the leaderboard than the base: read it"]


def _own_text(readme: Path) -> list[str]:
    """The words around the leaderboard, which a new README has just its heading of."""
    text = readme.read_text("utf-8", "replace") if readme.is_file() else NEW_README
    before, _, rest = text.partition(BEGIN)
    return before.split() + rest.partition(END)[2].split()


def _sources(results: Path) -> Iterator[Path]:
    """What runs write; an environment is there because of a plan."""
    sources = source_files(results)
    planned = {(path.parent.parent, run_of(path)) for path in sources if path.parent.name == PLANS}
    for path in sources:
        if path.parent.name != ENVIRONMENTS or (path.parent.parent, run_of(path)) in planned:
            yield path


def _marker(results: Path) -> tuple[Path, bytes]:
    """The tree's marker as it is written for the format that it names."""
    path = results / MARKER
    named = decode_line(path.read_bytes(), dict[str, Any])
    return path, encode_pretty({"format": named["format"]})


def _foreign(results: Path, known: set[Path], base: Base | None) -> Iterator[Path]:
    """Working files are at home in a tree that runs are made in, but not in one that is proposed."""
    for path in tree_contents(results):
        if path not in known and not (base is None and _is_working(results, path)):
            yield path


def _is_working(results: Path, path: Path) -> bool:
    return path.relative_to(results).parts[0] == WORKING


def _kind(results: Path, path: Path) -> str:
    if _is_working(results, path):
        return "a working file of a run"
    return "an empty folder" if path.is_dir() else "none of fcbench's"


def _difference(path: Path, recorded: str, expected: str) -> Difference:
    return Difference(path, None, None, "", FILE, recorded, expected)
