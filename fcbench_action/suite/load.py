"""Loading the suite: reading its files, building the cases, proving that the references compile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from fcbench_action import diagnostics
from fcbench_action.diagnostics.diagnostic import render_path
from fcbench_action.errors import BadInput
from fcbench_action.functions import FUNCTIONS
from fcbench_action.suite.build import Built, build
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.material import Topic, read_topic
from fcbench_action.suite.source import BrokenSuite, Fault, Source

VERSION_FILE = "version.json"
TIERS_FILE = "tiers.json"


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``version.json``, written by ``fcbench suite freeze``: the digests that belong to the version.

    ``digest`` is over the suite's files, ``sent`` over everything that models are sent.
    """

    version: str
    digest: str
    sent: str


def package() -> Traversable:
    """The folder of topics inside this package."""
    return resources.files(__package__)


def load(topics: Sequence[str] | None = None, root: Traversable | None = None) -> Suite:
    """The suite's cases of ``topics``, or of all.

    ``version`` and ``digest`` are those of the whole suite, whatever is chosen. ``root`` is another folder of
    topics than this package's.

    Raises BadInput for an unknown topic, and BrokenSuite where a file cannot be used or a reference does not
    compile.
    """
    folder = root or package()
    built = [b for topic in read(topics, folder) for b in build(topic)]
    if faults := [fault for b in built for fault in compile_faults(b)]:
        raise BrokenSuite(faults)
    return Suite(read_version(folder).version, digest(folder), {b.case.id: b.case for b in built})


def read(topics: Sequence[str] | None, folder: Traversable) -> list[Topic]:
    """The files of ``topics``, or of all. Raises as :func:`load` does."""
    known = topic_names(folder)
    for name in topics or ():
        if name not in known:
            raise BadInput(f"there is no topic {name!r}; known: {', '.join(known)}")
    return [read_topic(folder.joinpath(name)) for name in known if topics is None or name in topics]


def topic_names(folder: Traversable) -> list[str]:
    """The topics that a folder holds, sorted."""
    return sorted(entry.name for entry in folder.iterdir() if entry.joinpath("topic.json").is_file())


def compile_faults(built: Built) -> list[Fault]:
    """Why the reference of a case does not compile; empty where it does."""
    task = built.case.task
    found = diagnostics.errors(built.case.function.compile(task, task.reference))
    return [
        built.reference.fault(d.path, f"{built.case.id}: {d.code} at {render_path(d.path)}: {d.message}")
        for d in diagnostics.sort(found)
    ]


def read_version(folder: Traversable) -> Version:
    """The version that the files are said to be."""
    return _own_file(folder, VERSION_FILE).decode(Version)


def digest(folder: Traversable) -> str:
    """SHA-256 over names and contents of every file of every topic, and of the tiers."""
    total = hashlib.sha256()
    for name, content in sorted(_data_files(folder)):
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def find(suite: Suite, case: str) -> Case:
    """The case of that id. Raises BadInput with near misses."""
    if case in suite.cases:
        return suite.cases[case]
    near = get_close_matches(case, suite.cases, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "fcbench suite list names them all"
    raise BadInput(f"there is no case {case!r}; {hint}")


def select(
    suite: Suite,
    *,
    phases: Sequence[str] = (),
    functions: Sequence[str] = (),
    cases: Sequence[str] = (),
    tier: str | None = None,
    root: Traversable | None = None,
) -> Suite:
    """The suite with fewer cases: those of every filter that is not empty.

    ``cases`` are globs over ids, any of which may match. ``tier`` is ``standard``, which is all, or one of
    the tiers file.

    Raises BadInput for a phase, function or tier that does not exist, and where nothing is left.
    """
    _check_names("phase", phases, {function.phase: None for function in FUNCTIONS.values()})
    _check_names("function", functions, FUNCTIONS)
    tiers = {"standard": ("*",), **read_tiers(root or package())}
    _check_names("tier", [tier] if tier else [], tiers)
    kept = {
        case.id: case
        for case in suite.cases.values()
        if _matches(case.id, tiers[tier or "standard"])
        and (not cases or _matches(case.id, cases))
        and (not phases or case.function.phase in phases)
        and (not functions or case.function.name in functions)
    }
    if not kept:
        raise BadInput("no case is left by these filters; fcbench suite list names them all")
    return Suite(suite.version, suite.digest, kept)


def read_tiers(folder: Traversable) -> dict[str, tuple[str, ...]]:
    """The tiers below ``standard``: name to globs over ids of cases."""
    return _own_file(folder, TIERS_FILE).decode(dict[str, tuple[str, ...]])


def _check_names(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    every = list(known)
    for name in names:
        if name not in every:
            raise BadInput(f"there is no {kind} {name!r}; known: {', '.join(every)}")


def _matches(case: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(case, glob) for glob in globs)


def _own_file(folder: Traversable, name: str) -> Source:
    try:
        return Source(name, folder.joinpath(name).read_text("utf-8"))
    except OSError as error:
        raise BrokenSuite([Fault(name, 1, f"cannot be read: {error.strerror}")]) from error


def _data_files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    yield TIERS_FILE, folder.joinpath(TIERS_FILE).read_bytes()
    for topic in topic_names(folder):
        yield from _files_below(folder.joinpath(topic), topic)


def _files_below(folder: Traversable, place: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{place}/{entry.name}"
        if entry.is_dir():
            yield from _files_below(entry, name)
        elif entry.name.endswith((".json", ".md")):
            yield name, entry.read_bytes()
