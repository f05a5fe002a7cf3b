"""The database of a served backend: in memory, or a file that remembers what it is a database of."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.language.program.backend import Template
from fcbench_action.sinks import one_line

_MARK = "fcbench_database"
"""The table that says what the file is; no table of an application has this name."""


def open_store(file: Path | None, template: Template, topic: str, version: str) -> sqlite3.Connection:
    """A connection that has the database for itself; a new file gets the tables first.

    Raises BadInput where the file is no database of this topic and suite version, EnvironmentFailed where it
    cannot be opened or another program uses it.
    """
    if file is None:
        return template.copy()
    connection = None
    try:
        connection = sqlite3.connect(file, timeout=0, isolation_level=None)
        _prepare(connection, file, template, topic, version)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if not isinstance(error, sqlite3.Error):
            raise
        raise _explained(error, file) from None
    return connection


def _prepare(
    connection: sqlite3.Connection, file: Path, template: Template, topic: str, version: str
) -> None:
    shape = hashlib.sha256("\n".join(template.statements).encode()).hexdigest()
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not names:
        connection.execute(f"CREATE TABLE {_MARK} (topic TEXT, version TEXT, shape TEXT)")
        connection.execute(f"INSERT INTO {_MARK} VALUES (?, ?, ?)", (topic, version, shape))
        for statement in template.statements:
            connection.execute(statement)
    elif _MARK not in names:
        raise BadInput(f"{file} is a database of something else; name a new file")
    else:
        _compare(connection, file, (topic, version, shape))
    connection.execute("COMMIT")


def _compare(connection: sqlite3.Connection, file: Path, wanted: tuple[str, str, str]) -> None:
    found = connection.execute(f"SELECT topic, version, shape FROM {_MARK}").fetchone()
    if found == wanted:
        return
    topic, version, _ = map(str, found or ("nothing", "?", ""))
    raise BadInput(
        f"{file} is a database of {one_line(topic)}, suite {one_line(version)}; this is {wanted[0]}, suite "
        f"{wanted[1]}; name a new file"
    )


def _explained(error: sqlite3.Error, file: Path) -> EnvironmentFailed | BadInput:
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return EnvironmentFailed(
            f"{file} is locked: another program uses it; stop that, or name another file"
        )
    if code.startswith("SQLITE_NOTADB"):
        return BadInput(f"{file} is no SQLite database; name a new file")
    return EnvironmentFailed(f"{file} cannot be used: {one_line(str(error))}; name another file")
