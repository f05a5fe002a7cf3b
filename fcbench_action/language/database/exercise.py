"""Exercises a database: runs probes on its DDL in SQLite, and says what it accepted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from msgspec.structs import replace

from fcbench_action.language.database.arrange import Action, Branch, Plan
from fcbench_action.language.database.names import tables
from fcbench_action.language.database.nodes import Application, Model
from fcbench_action.language.database.probe import Value
from fcbench_action.language.database.sql import constraints, quote

_REASONS = {
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_NOTNULL": "required",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign key",
    "SQLITE_CONSTRAINT_CHECK": "type",
}
_SETTINGS = ("PRAGMA page_size = 512", "PRAGMA foreign_keys = ON")
"""Pages are small because taking back a step restores every page that it wrote on."""

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


def exercise(application: Application, plan: Plan) -> tuple[Answer, ...]:
    """What an application's database, in memory, answers to each probe; each starts on empty tables.

    The application must compile. Raises sqlite3.Error where its DDL does not run.
    """
    application = _touched(application, plan.tables)
    known = {model.name: _Table.of(model) for model in tables(application)}
    answers: dict[int, Answer] = {}
    with closing(sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)) as database:
        database.executescript(
            ";\n".join([*_SETTINGS, "BEGIN", *constraints(application), "COMMIT", "BEGIN"])
        )
        _tell(plan.begin, _Story(database, known), 0, answers)
    return tuple(answers[index] for index in range(plan.probes))


def _touched(application: Application, named: Iterable[str]) -> Application:
    """The tables that probes name, and all that those refer to. No other table ever holds a row."""
    models = {model.name: model for model in tables(application)}
    left, found = list(named), set[str]()
    while left:
        name = left.pop()
        if name in models and name not in found:
            found.add(name)
            left += [key.relation.target_model for key in models[name].foreign_fields]
    return Application(
        files=tuple(
            replace(file, models=tuple(model for model in file.models if model.name in found))
            for file in application.files
        )
    )


def _tell(branches: Mapping[bytes, Branch], story: _Story, depth: int, answers: dict[int, Answer]) -> None:
    """Goes on from a story into each branch, and takes back what happened in one before the next."""
    several = len(branches) > 1
    if several:
        story.database.execute(f"SAVEPOINT step{depth}")
    for branch in branches.values():
        here = story.copy() if several else story
        if rejection := here.tell(branch.action):
            answers |= dict.fromkeys(_all_ends(branch), Answer(depth, rejection))
        else:
            answers |= dict.fromkeys(branch.ends, Answer(depth, ACCEPTED))
            _tell(branch.then, here, depth + 1, answers)
        if several:
            story.database.execute(f"ROLLBACK TO step{depth}")


def _all_ends(branch: Branch) -> Iterator[int]:
    yield from branch.ends
    for further in branch.then.values():
        yield from _all_ends(further)


@dataclass(frozen=True, slots=True)
class _Table:
    """What adding a row needs to know. ``empty`` has null for every column, in the order of ``insert``:
    one statement a table, whatever a step mentions, for preparing one costs more than running it.
    """

    name: str
    key: str
    empty: Mapping[str, None]
    insert: str
    required_keys: tuple[tuple[str, str, bool], ...]
    """Name and target of each, and whether it is unique alone."""
    required_columns: tuple[tuple[str, str], ...]
    """Name and type of each."""

    @classmethod
    def of(cls, model: Model) -> _Table:
        """The table that a model declares."""
        names = [model.primary_field.name, *(f.name for f in model.foreign_fields)]
        names += [column.name for column in model.plain_fields]
        alone = {index.field_names[0] for index in model.unique_indexes if len(index.field_names) == 1}
        columns, places = ", ".join(map(quote, names)), ", ".join("?" * len(names))
        return cls(
            name=model.name,
            key=model.primary_field.name,
            empty=dict.fromkeys(names),
            insert=f"INSERT INTO {quote(model.name)} ({columns}) VALUES ({places})",
            required_keys=tuple(
                (key.name, key.relation.target_model, key.unique or key.name in alone)
                for key in model.foreign_fields
                if not key.nullable
            ),
            required_columns=tuple((c.name, c.type) for c in model.plain_fields if not c.nullable),
        )


@dataclass(slots=True)
class _Story:
    """One probe on its way: hands out fresh values, so that those it invents never clash.

    ``latest`` is the key of the last row of each table; None once rows may have changed or gone.
    """

    database: sqlite3.Connection
    known: dict[str, _Table]
    invented: int = 0
    rows: int = 0
    latest: dict[str, Value] | None = field(default_factory=dict)
    being_made: set[str] = field(default_factory=set)

    def copy(self) -> _Story:
        """The same story, to be told on in another way."""
        latest = None if self.latest is None else dict(self.latest)
        return _Story(self.database, self.known, self.invented, self.rows, latest)

    def tell(self, action: Action) -> str:
        """Runs a step; says why it was rejected, if it was."""
        try:
            return self._run(action)
        except sqlite3.IntegrityError as error:
            return _REASONS.get(error.sqlite_errorname, IMPOSSIBLE)
        except (sqlite3.Error, OverflowError):
            return IMPOSSIBLE

    def _run(self, action: Action) -> str:
        table = self.known.get(action.table)
        if table is None or not action.mentioned <= table.empty.keys():
            return IMPOSSIBLE
        if not action.change:
            self._insert(table, action.row)
            return ACCEPTED
        self.latest = None
        changed = self.database.execute(action.change, action.values).rowcount
        return ACCEPTED if changed else NO_ROW

    def _insert(self, table: _Table, values: Mapping[str, Value]) -> Value:
        """Adds a row, with what it needs beyond ``values``; returns its key."""
        self.rows += 1
        row: dict[str, Value] = {**table.empty, **values, **dict(self._needed(table, values))}
        self.database.execute(table.insert, tuple(row.values()))
        key = row[table.key]
        if self.latest is not None:
            self.latest[table.name] = key
        return key

    def _needed(self, table: _Table, values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        if table.key not in values:
            yield table.key, self._fresh("uuid")
        for name, target, unique in table.required_keys:
            if name not in values:
                yield name, self._target(table, target, unique)
        for name, type_ in table.required_columns:
            if name not in values:
                yield name, self._fresh(type_)

    def _target(self, table: _Table, name: str, unique: bool) -> Value:
        """The key of a row to refer to: the latest, or a new one where there is none or another is needed.

        None where making one would need one: the database then says that the column is required.
        """
        target = self.known.get(name)
        if target is None or target.name in self.being_made:
            return None
        found = self._last_row(target) if self.latest is None else self.latest.get(target.name)
        if found and not (unique and self.rows < _MOST_ROWS):
            return found
        if self.rows >= _MOST_ROWS:
            return None
        self.being_made.add(table.name)
        made = self._insert(target, {})
        self.being_made.discard(table.name)
        return made

    def _last_row(self, table: _Table) -> Value:
        """The key of the row that was inserted last and is still there."""
        name = quote(table.name)
        last = self.database.execute(f"SELECT {quote(table.key)} FROM {name} ORDER BY _rowid_ DESC LIMIT 1")
        row: tuple[Value] | None = last.fetchone()
        return row[0] if row else None

    def _fresh(self, type_: str) -> Value:
        self.invented += 1
        n = self.invented
        if type_ == "uuid":
            return f"00000000-0000-4000-8000-{n:012x}"
        if type_ == "datetime":
            return f"2025-01-01T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}.000Z"
        if type_ == "boolean":
            return 0
        if type_ == "int":
            return n
        if type_ == "double":
            return n + 0.5
        if type_ == "uri":
            return f"https://example.com/{n}"
        return f"text {n}"
