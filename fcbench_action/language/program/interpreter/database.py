"""A database of one run: SQLite, asked with parameters only, and bounded in what it may do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import CONSTRAINT_VIOLATED
from fcbench_action.language.database.names import tables
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.database.sql import constraints, quote
from fcbench_action.language.program.environment import Table
from fcbench_action.language.program.interpreter.faults import Fault, unchecked
from fcbench_action.language.program.interpreter.limits import Meter, exceeded, scanned
from fcbench_action.sinks import one_line

_MOST_PLACES = 30_000
"""Parameters of one statement; SQLite has a limit that is a little higher."""

_STATEMENTS = 1_000


class Template:
    """Empty databases of an application, in memory.

    Making one takes 2 ms for the 60 tables of todo, and preparing the statements of a test anew several more.
    So a database is lent within one transaction, which is rolled back when it is given back, and then lent
    again: nothing tells it from a fresh one.
    """

    def __init__(self, application: Application) -> None:
        """The application must compile. Raises sqlite3.Error where its DDL does not run."""
        self.statements = [*constraints(application), *_key_indexes(application)]
        self._idle: list[sqlite3.Connection] = []
        self.copy().close()

    def copy(self) -> sqlite3.Connection:
        """An empty database, which the caller closes. Any thread may use it, one at a time."""
        connection = sqlite3.connect(
            ":memory:", isolation_level=None, cached_statements=_STATEMENTS, check_same_thread=False
        )
        connection.execute("BEGIN")
        for statement in self.statements:
            connection.execute(statement)
        connection.execute("COMMIT")
        return connection

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """An empty database for as long as the context is open."""
        connection = self._idle.pop() if self._idle else self.copy()
        _enforce_keys(connection)  # which says nothing within a transaction
        connection.execute("BEGIN")
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if connection.in_transaction:
            connection.execute("ROLLBACK")
            self._idle.append(connection)
        else:  # SQLite ends a transaction itself where memory fails
            connection.close()


def _enforce_keys(connection: sqlite3.Connection) -> None:
    """Foreign keys are enforced from here on. Saying so again would make SQLite forget what it prepared."""
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        connection.execute("PRAGMA foreign_keys = ON")


def _key_indexes(application: Application) -> Iterator[str]:
    """Indexes of foreign keys; without them, what refers to a row that is removed is searched row by row."""
    for number, table in enumerate(tables(application)):
        for at, key in enumerate(table.foreign_fields):
            if not key.unique:
                name = quote(f"fcbench_key_{number}_{at}")
                yield f"CREATE INDEX {name} ON {quote(table.name)} ({quote(key.name)})"


class Database:
    """One connection, for one run at a time.

    ``size`` is what a condition has to look at where it looks at everything: a try for each row that was ever
    written here, and more for long texts. ``log``, where there is one, gets all that is written: databases
    that were the same and then got the same still are.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        _enforce_keys(connection)
        self.size = 1
        self.log: list[object] | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is done while the context is open is undone where an exception ends it."""
        self.connection.execute("SAVEPOINT request")
        try:
            yield
        except BaseException:
            if self.log is not None:
                self.log.append("undone")
            if self.connection.in_transaction:  # where the disk fails, SQLite may have ended it
                self.connection.execute("ROLLBACK TO request")
                self.connection.execute("RELEASE request")
            raise
        self.connection.execute("RELEASE request")

    @contextmanager
    def undone(self) -> Iterator[Database]:
        """This database as it is now, to be written to; all of that is undone when the context is left."""
        self.connection.execute("SAVEPOINT fork")
        other = Database(self.connection)
        other.size = self.size
        try:
            yield other
        finally:
            self.connection.execute("ROLLBACK TO fork")
            self.connection.execute("RELEASE fork")

    def rows(self, sql: str, values: Sequence[Any], meter: Meter, path: Path) -> list[Any]:
        """All rows of a query, which must ask for no more than the meter has left, and one."""
        found = self._execute(sql, values, path)
        meter.read(len(found), path)
        return found

    def by_key(self, rows: Rows, key: str) -> dict[str, Any] | None:
        """The row with that key, counted as nothing; None where there is none."""
        found = self.connection.execute(rows.by_key, [key]).fetchone()
        return None if found is None else rows.row(found)

    def one(self, sql: str, values: Sequence[Any], path: Path) -> Any:
        """The only value of a query that always gives one."""
        return self._execute(sql, values, path)[0][0]

    def change(self, sql: str, values: Sequence[Any], path: Path) -> list[Any]:
        """The rows that a statement that writes gives; it was counted before."""
        self.size += 1 + scanned(sum(len(value) for value in values if type(value) is str))
        if self.log is not None:
            self.log.append((sql, *values))
        return self._execute(sql, values, path)

    def _execute(self, sql: str, values: Sequence[Any], path: Path) -> list[Any]:
        if len(values) > _MOST_PLACES:
            raise exceeded("values in one statement", _MOST_PLACES, path)
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.IntegrityError as error:
            raise _violation(error, path) from None
        except sqlite3.OperationalError as error:
            raise unchecked(path, f"The database refuses this: {one_line(str(error))}.") from None


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


class Rows:
    """How rows of a table are read: ``columns`` for a select, and ``by_key``, the query of one row."""

    __slots__ = ("_booleans", "_names", "_texts", "by_key", "columns")

    def __init__(self, table: Table) -> None:
        self._names = tuple(table.columns)
        self._booleans = tuple(name for name, column in table.columns.items() if column.kind == "boolean")
        self._texts = tuple(
            at for at, column in enumerate(table.columns.values()) if column.kind in ("string", "uri")
        )
        self.columns = ", ".join(map(quote, self._names))
        self.by_key = f"SELECT {self.columns} FROM {quote(table.name)} WHERE {quote(table.key)} = ?"

    def row(self, values: Sequence[Any]) -> dict[str, Any]:
        """The row of a program, from what the database gave."""
        made = dict(zip(self._names, values, strict=True))
        for name in self._booleans:
            if made[name] is not None:
                made[name] = bool(made[name])
        return made

    def counted(self, found: list[Any], meter: Meter, path: Path) -> list[dict[str, Any]]:
        """The rows of a program, their texts counted."""
        for values in found:
            for at in self._texts:
                if values[at]:
                    meter.characters += len(values[at])
        meter.text(0, path)
        return [self.row(values) for values in found]
