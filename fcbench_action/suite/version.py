"""The version of the suite: a name for exactly these files and exactly what models are sent."""

from __future__ import annotations

import hashlib
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from fcbench_action.errors import BadInput
from fcbench_action.suite.case import Suite
from fcbench_action.suite.files import contents, read_file
from fcbench_action.suite.sent import digest_of_sent
from fcbench_action.suite.source import Fault

VERSION_FILE = "version.json"


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``version.json``, written by ``fcbench suite freeze``.

    ``digest`` is over the suite's files, ``sent`` over all that models are sent, which prompts and node types
    change too.
    """

    version: str
    digest: str
    sent: str


def read_version(folder: Traversable) -> Version:
    """The version that the files are said to be. Raises BrokenSuite."""
    return read_file(folder, VERSION_FILE).decode(Version)


def digest(folder: Traversable) -> str:
    """SHA-256 over names and contents of every file of every topic, and of the tiers."""
    total = hashlib.sha256()
    for name, content in contents(folder):
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def version_faults(folder: Traversable, suite: Suite) -> list[Fault]:
    """Whether the whole ``suite`` is still what its version names."""
    said = read_version(folder)
    changed = [
        what
        for what, then, now in (
            ("files of topics", said.digest, suite.digest),
            ("what models are sent", said.sent, digest_of_sent(suite.cases.values())),
        )
        if then != now
    ]
    hint = "freeze a new version with: fcbench suite freeze VERSION"
    return [Fault(VERSION_FILE, 1, f"{what} changed since {said.version}; {hint}") for what in changed]


def freeze(folder: Path, suite: Suite, version: str, *, unpublished: bool) -> None:
    """Give the whole ``suite`` in ``folder`` a version.

    Raises BadInput where the suite changed and ``version`` is the one it had, unless that is ``unpublished``.
    """
    new = Version(version, suite.digest, digest_of_sent(suite.cases.values()))
    old = read_version(folder)
    if old.version == version and old != new and not unpublished:
        raise BadInput(
            f"version {version} names another suite already; choose a new version, or say --unpublished"
        )
    text = msgspec.json.format(msgspec.json.encode(new), indent=2) + b"\n"
    folder.joinpath(VERSION_FILE).write_bytes(text)
