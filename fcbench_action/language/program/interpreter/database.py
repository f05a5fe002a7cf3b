"""A database of one run: SQLite, asked with parameters only, and bounded in what it may do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import CONSTRAINT_VIOLATED
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.database.sql import constraints, quote
from fcbench_action.language.program.environment import Table
from fcbench_action.language.program.interpreter.faults import Fault, unchecked
from fcbench_action.language.program.interpreter.limits import Meter, exceeded
from fcbench_action.sinks import one_line

_SLICE = 10_000
"""Instructions of SQLite's virtual machine between two looks at how many there were."""

_MOST_PLACES = 30_000
"""Parameters of one statement; SQLite has a limit that is a little higher."""

_STATEMENTS = 256


class Template:
    """An empty database of an application; copies of it are made in less than a millisecond.

    Measured for the 60 tables of todo: 0.4 ms for a copy by ``deserialize``, as by ``backup``; 2.2 ms for
    running the DDL again.
    """

    def __init__(self, application: Application) -> None:
        """The application must compile. Raises sqlite3.Error where its DDL does not run."""
        self.statements = constraints(application)
        connection = sqlite3.connect(":memory:", isolation_level=None)
        for statement in self.statements:
            connection.execute(statement)
        self._image = connection.serialize()
        connection.close()

    def copy(self) -> sqlite3.Connection:
        """A fresh database in memory, which the caller closes."""
        connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=_STATEMENTS)
        connection.deserialize(self._image)
        return connection


class Database:
    """One connection, for one run at a time. All that it raises is Fault."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._meter: Meter | None = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.set_progress_handler(self._worked, _SLICE)

    @contextmanager
    def transaction(self, meter: Meter) -> Iterator[None]:
        """Counts what is done in ``meter``, and undoes it where an exception ends it."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._meter = meter
        try:
            yield
        except BaseException:
            self._meter = None
            self._connection.execute("ROLLBACK")
            raise
        self._meter = None
        self._connection.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[Any], meter: Meter, path: Path) -> list[Any]:
        """All rows of a query, which must ask for no more than the meter has left, and one."""
        found = self._execute(sql, values, meter, path)
        meter.read(len(found), path)
        meter.characters += sum(len(value) for row in found for value in row if type(value) is str)
        meter.text(0, path)
        return found

    def by_key(self, table: Table, key: str) -> dict[str, Any] | None:
        """The row with that key, counted as nothing; None where there is none."""
        sql = f"SELECT {columns(table)} FROM {quote(table.name)} WHERE {quote(table.key)} = ?"
        found = self._connection.execute(sql, [key]).fetchone()
        return None if found is None else row_maker(table)(found)

    def one(self, sql: str, values: Sequence[Any], meter: Meter, path: Path) -> Any:
        """The only value of a query that always gives one."""
        return self._execute(sql, values, meter, path)[0][0]

    def change(self, sql: str, values: Sequence[Any], meter: Meter, path: Path) -> list[Any]:
        """The rows that a statement that writes gives; it was counted before."""
        return self._execute(sql, values, meter, path)

    def _execute(self, sql: str, values: Sequence[Any], meter: Meter, path: Path) -> list[Any]:
        if len(values) > _MOST_PLACES:
            raise exceeded("values in one statement", _MOST_PLACES, path)
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.IntegrityError as error:
            raise _violation(error, path) from None
        except sqlite3.OperationalError as error:
            if meter.work > meter.limits.work:
                raise exceeded("instructions of the database", meter.limits.work, path) from None
            raise unchecked(path, f"The database refuses this: {one_line(str(error))}.") from None

    def _worked(self) -> int:
        if self._meter is None:
            return 0
        self._meter.work += _SLICE
        return self._meter.work > self._meter.limits.work


_REASONS = {
    "SQLITE_CONSTRAINT_UNIQUE": "a row with these values exists already",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "a row with this key exists already",
    "SQLITE_CONSTRAINT_NOTNULL": "a column that must have a value is null",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "a row that is referred to does not exist",
    "SQLITE_CONSTRAINT_CHECK": "a value does not fit the type of its column",
}


def _violation(error: sqlite3.IntegrityError, path: Path) -> Fault:
    reason = _REASONS.get(error.sqlite_errorname, "a constraint does not hold")
    detail = one_line(str(error).rpartition(": ")[2], 100)
    return Fault(CONSTRAINT_VIOLATED.at(path, f"This write is refused: {reason} ({detail}).", actual=reason))


def columns(table: Table) -> str:
    """All columns, for a select."""
    return ", ".join(map(quote, table.columns))


def row_maker(table: Table) -> Callable[[Sequence[Any]], dict[str, Any]]:
    """Makes rows of programs from rows of the database."""
    names = tuple(table.columns)
    booleans = tuple(name for name, column in table.columns.items() if column.kind == "boolean")

    def row(values: Sequence[Any]) -> dict[str, Any]:
        made = dict(zip(names, values, strict=True))
        for name in booleans:
            if made[name] is not None:
                made[name] = bool(made[name])
        return made

    return row
