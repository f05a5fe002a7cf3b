"""Exercises a database: runs probes on its DDL in SQLite, and says what it accepted."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from fcbench_action.language.database.names import tables
from fcbench_action.language.database.nodes import Application, ForeignField, Model
from fcbench_action.language.database.probe import Delete, Insert, Probe, Step, Update, Value
from fcbench_action.language.database.sql import constraints, quote

_REASONS = {
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_NOTNULL": "required",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign key",
    "SQLITE_CONSTRAINT_CHECK": "type",
}
_MOST_ROWS = 64
"""In one probe, made for the sake of foreign keys: an answer may declare keys in numbers."""

ACCEPTED, NO_ROW, IMPOSSIBLE = "", "no row", "impossible"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a database said to a probe.

    ``step`` is the index of the step that was rejected, or of the last. ``rejection`` is empty where all
    steps were accepted; otherwise why not: ``unique``, ``required``, ``foreign key``, ``type``, ``no row``,
    or ``impossible`` where a table or column does not exist.
    """

    step: int
    rejection: str


def exercise(application: Application, probes: Iterable[Probe]) -> tuple[Answer, ...]:
    """What an application's database, in memory, answers to each probe; each starts on empty tables.

    The application must compile. Raises sqlite3.Error where its DDL does not run.
    """
    models = {model.name: model for model in tables(application)}
    with closing(sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN")
        for statement in constraints(application):
            database.execute(statement)
        database.execute("COMMIT")
        return tuple(_answer(database, models, probe) for probe in probes)


def _answer(database: sqlite3.Connection, models: dict[str, Model], probe: Probe) -> Answer:
    database.execute("BEGIN")
    try:
        story = _Story(database, models)
        for at, step in enumerate(probe.steps):
            if rejection := story.tell(step):
                return Answer(at, rejection)
        return Answer(len(probe.steps) - 1, ACCEPTED)
    finally:
        database.execute("ROLLBACK")


@dataclass(slots=True)
class _Story:
    """One probe on its way: hands out fresh values, so that those it invents never clash.

    ``latest`` is the key of the last row of each table; None once rows may have changed or gone.
    """

    database: sqlite3.Connection
    models: dict[str, Model]
    invented: int = 0
    rows: int = 0
    latest: dict[str, Value] | None = field(default_factory=dict)
    being_made: set[str] = field(default_factory=set)

    def tell(self, step: Step) -> str:
        """Runs a step; says why it was rejected, if it was."""
        try:
            return self._run(step)
        except sqlite3.IntegrityError as error:
            return _REASONS.get(error.sqlite_errorname, IMPOSSIBLE)
        except (sqlite3.Error, OverflowError):
            return IMPOSSIBLE

    def _run(self, step: Step) -> str:
        model = self.models.get(step.table)
        if model is None or not _mentioned(step) <= _columns(model):
            return IMPOSSIBLE
        if isinstance(step, Insert):
            self._insert(model, step.values)
            return ACCEPTED
        self.latest = None
        changed = self._update(step) if isinstance(step, Update) else self._delete(step)
        return ACCEPTED if changed else NO_ROW

    def _update(self, step: Update) -> int:
        changes = ", ".join(f"{quote(name)} = ?" for name in step.values)
        condition, values = _condition(step.where)
        sql = f"UPDATE {quote(step.table)} SET {changes} WHERE {condition}"
        return self.database.execute(sql, [*map(_bound, step.values.values()), *values]).rowcount

    def _delete(self, step: Delete) -> int:
        condition, values = _condition(step.where)
        return self.database.execute(f"DELETE FROM {quote(step.table)} WHERE {condition}", values).rowcount

    def _insert(self, model: Model, values: Mapping[str, Value]) -> Value:
        """Adds a row, with what it needs beyond ``values``; returns its key."""
        self.rows += 1
        row = dict(self._needed(model, values)) | {name: _bound(value) for name, value in values.items()}
        columns, places = ", ".join(map(quote, row)), ", ".join("?" * len(row))
        self.database.execute(
            f"INSERT INTO {quote(model.name)} ({columns}) VALUES ({places})", list(row.values())
        )
        key = row[model.primary_field.name]
        if self.latest is not None:
            self.latest[model.name] = key
        return key

    def _needed(self, model: Model, values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        if model.primary_field.name not in values:
            yield model.primary_field.name, self._fresh("uuid")
        for key in model.foreign_fields:
            if not key.nullable and key.name not in values:
                yield key.name, self._target(model, key)
        for column in model.plain_fields:
            if not column.nullable and column.name not in values:
                yield column.name, self._fresh(column.type)

    def _target(self, model: Model, key: ForeignField) -> Value:
        """The key of a row to refer to: the latest, or a new one where there is none or another is needed.

        None where making one would need one: the database then says that the column is required.
        """
        target = self.models.get(key.relation.target_model)
        if target is None or target.name in self.being_made:
            return None
        found = self._last_row(target) if self.latest is None else self.latest.get(target.name)
        if found and not (_is_unique(model, key) and self.rows < _MOST_ROWS):
            return found
        if self.rows >= _MOST_ROWS:
            return None
        self.being_made.add(model.name)
        made = self._insert(target, {})
        self.being_made.discard(model.name)
        return made

    def _last_row(self, model: Model) -> Value:
        """The key of the row that was inserted last and is still there."""
        key = quote(model.primary_field.name)
        last = self.database.execute(f"SELECT {key} FROM {quote(model.name)} ORDER BY _rowid_ DESC LIMIT 1")
        row: tuple[Value] | None = last.fetchone()
        return row[0] if row else None

    def _fresh(self, type_: str) -> Value:
        self.invented += 1
        n = self.invented
        if type_ == "boolean":
            return 0
        if type_ == "int":
            return n
        if type_ == "double":
            return n + 0.5
        if type_ == "uuid":
            return f"00000000-0000-4000-8000-{n:012x}"
        if type_ == "uri":
            return f"https://example.com/{n}"
        if type_ == "datetime":
            return f"2025-01-01T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}.000Z"
        return f"text {n}"


def _is_unique(model: Model, key: ForeignField) -> bool:
    return key.unique or any(index.field_names == (key.name,) for index in model.unique_indexes)


def _mentioned(step: Step) -> set[str]:
    """The columns that a step names. SQLite itself would read an unknown one as a text in quotes."""
    values = set() if isinstance(step, Delete) else set(step.values)
    return values if isinstance(step, Insert) else values | set(step.where)


def _columns(model: Model) -> set[str]:
    names = {model.primary_field.name}
    return names | {key.name for key in model.foreign_fields} | {c.name for c in model.plain_fields}


def _condition(where: Mapping[str, Value]) -> tuple[str, list[Value]]:
    parts = [f"{quote(name)} IS ?" for name in where]
    return " AND ".join(parts) or "TRUE", [_bound(value) for value in where.values()]


def _bound(value: Value) -> Value:
    """The value as the database holds it: ``@name`` is a UUID made from the name."""
    if isinstance(value, str) and value.startswith("@"):
        digits = hashlib.sha256(value.encode()).hexdigest()
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"
    return value
