"""The folder of topics: which files belong to the suite, and reading them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from fcbench_action.suite.source import BrokenSuite, Fault, Source

TIERS_FILE = "tiers.json"


def package() -> Traversable:
    """The folder of topics inside this package."""
    return resources.files(__package__)


def topic_names(folder: Traversable) -> list[str]:
    """The topics that a folder holds, sorted."""
    return sorted(entry.name for entry in folder.iterdir() if entry.joinpath("topic.json").is_file())


def read_file(folder: Traversable, name: str, place: str = "") -> Source:
    """The file ``name`` below ``folder``, called ``place/name`` in faults. Raises BrokenSuite."""
    shown = f"{place}/{name}" if place else name
    try:
        return Source(shown, folder.joinpath(*name.split("/")).read_text("utf-8"))
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BrokenSuite([Fault(shown, 1, f"cannot be read: {reason}")]) from error


def read_made(folder: Traversable, name: str, place: str, empty: str) -> Source:
    """As :func:`read_file`, of a file that need not be there yet: then its text is ``empty``."""
    if folder.joinpath(*name.split("/")).is_file():
        return read_file(folder, name, place)
    return Source(f"{place}/{name}", empty)


def contents(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file of the suite, whatever the topic, by name; one is read at a time."""
    files = {name: file for topic in topic_names(folder) for name, file in _below(folder / topic, topic)}
    if (tiers := folder.joinpath(TIERS_FILE)).is_file():
        files[TIERS_FILE] = tiers
    for name in sorted(files):
        yield name, files[name].read_bytes()


def _below(folder: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{place}/{entry.name}"
        if entry.is_dir():
            yield from _below(entry, name)
        elif entry.name.endswith((".json", ".md", ".ts")):
            yield name, entry
