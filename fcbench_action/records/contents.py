"""What lies in a results tree, whoever put it there.

A tree may come from a stranger's pull request. So nothing in it is followed: a link could show one file to
whoever checks and another to whoever looks, or hand out a file of this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from fcbench_action.errors import CorruptResults, EnvironmentFailed
from fcbench_action.sinks import terminal

GIT = ".git"
"""At the root of a tree that is a repository of its own; git takes no file of that name into a commit."""

OWN_FILES = ("README.md", "fcbench.json")
"""What a tree has at its root."""

RECORDS = ("fcbench", "records")
"""The last folders above records."""

WORKING = ".fcbench"
"""At the root: journals and probes of this machine, which never belong into a commit."""


def tree_contents(results: Path) -> Iterator[Path]:
    """Every file of a tree and every empty folder, sorted folder by folder, without ``.git`` at its root.

    Where the tree is the root of a repository, what else that holds is the repository's own and left alone.
    Raises ``CorruptResults`` where ``results`` or anything in it is a symbolic link, or neither file nor
    folder, ``EnvironmentFailed`` where a folder cannot be listed.
    """
    if results.is_symlink():
        raise _link(results)
    entries = _listed(results)
    if any(entry.name == GIT for entry in entries):
        entries = [entry for entry in entries if _is_trees(entry)]
    yield from _below(entries)


def _is_trees(entry: os.DirEntry[str]) -> bool:
    """Whether something at a repository's root is the tree's: its own files, and folders with records."""
    if not entry.is_dir():
        return entry.name in OWN_FILES
    below = os.walk(entry.path)
    return entry.name == WORKING or any(Path(folder).parts[-2:] == RECORDS for folder, _, _ in below)


def refuse_links(results: Path) -> None:
    """Raises what :func:`tree_contents` raises."""
    for _ in tree_contents(results):
        """Looking is all."""


def shown(path: Path) -> str:
    """A path for a message: one line of printable characters, whatever bytes a file's name holds."""
    return terminal(str(path), lines=False)


def _below(entries: list[os.DirEntry[str]]) -> Iterator[Path]:
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            raise _link(path)
        if entry.is_dir(follow_symlinks=False):
            inside = _listed(path)
            yield from _below(inside) if inside else [path]
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            raise CorruptResults(f"{shown(path)} is neither a file nor a folder: move it away")


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise EnvironmentFailed(f"cannot list {shown(folder)}: {error.strerror or error}") from error


def _link(path: Path) -> CorruptResults:
    return CorruptResults(
        f"{shown(path)} is a symbolic link, and nothing in a results tree is one: put what it stands for in "
        "its place"
    )
