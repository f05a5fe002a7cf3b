"""Emits SQLite DDL, which is really executed: by tests, and by the grading of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fcbench_action import sinks
from fcbench_action.language.database.names import TableNames, constraint_names, tables
from fcbench_action.language.database.nodes import Application, ForeignField, Model, PlainField

_TYPES = {
    "boolean": "INTEGER",
    "int": "INTEGER",
    "double": "REAL",
    "string": "TEXT",
    "uri": "TEXT",
    "uuid": "TEXT",
    "datetime": "TEXT",
}
_CHECKS = {
    "boolean": "{0} IN (0, 1)",
    "int": "typeof({0}) IN ('integer', 'null')",
    "double": "typeof({0}) IN ('real', 'null')",
    "uri": "{0} GLOB '[A-Za-z]*:?*'",
    "uuid": "{0} GLOB '????????-????-????-????-????????????'",
    "datetime": "{0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]*'",
}


def emit_sql(application: Application) -> str:
    """The DDL of an application, as a script: tables, then their indexes.

    A foreign key whose target is not there becomes a comment, so that parts of an application can be seen.
    """
    keys = {model.name: model.primary_field.name for model in tables(application)}
    names = iter(constraint_names(application))
    blocks = []
    for file in application.files:
        blocks.append(f"-- {sinks.one_line(file.namespace)} ({sinks.one_line(file.filename)})")
        blocks += ["\n".join(_table(model, next(names), keys)) for model in file.models]
    return "\n\n".join(blocks) + "\n"


def constraints(application: Application) -> list[str]:
    """The DDL of all that decides what a database accepts, one statement each; no indexes for look-ups."""
    keys = {model.name: model.primary_field.name for model in tables(application)}
    found: list[str] = []
    for model, names in zip(tables(application), constraint_names(application), strict=True):
        found.append(_create_table(model, keys))
        found += _unique_indexes(model, names)
    return found


def quote(name: str) -> str:
    """A name as an SQL identifier, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _table(model: Model, names: TableNames, keys: dict[str, str]) -> Iterator[str]:
    yield f"-- {sinks.one_line(model.description)}"
    yield _create_table(model, keys) + ";"
    for statement in (*_unique_indexes(model, names), *_look_ups(model, names)):
        yield statement + ";"
    for index in model.gin_indexes:
        yield f"-- text search: {sinks.one_line(index.field_name)}"
    for key in model.foreign_fields:
        if key.relation.target_model not in keys:
            target = sinks.one_line(key.relation.target_model)
            yield f"-- left out: {sinks.one_line(key.name)} refers to {target}, which is not here"


def _create_table(model: Model, keys: dict[str, str]) -> str:
    key = quote(model.primary_field.name)
    lines = [f"{key} TEXT NOT NULL PRIMARY KEY{_check(key, 'uuid')}"]
    lines += [_foreign(field, keys) for field in model.foreign_fields]
    lines += [_plain(field) for field in model.plain_fields]
    return f"CREATE TABLE {quote(model.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _foreign(field: ForeignField, keys: dict[str, str]) -> str:
    name = quote(field.name)
    column = f"{name} TEXT{'' if field.nullable else ' NOT NULL'}{_check(name, 'uuid')}"
    target = field.relation.target_model
    if target not in keys:
        return column
    action = "SET NULL" if field.nullable else "CASCADE"
    return f"{column} REFERENCES {quote(target)} ({quote(keys[target])}) ON DELETE {action} ON UPDATE CASCADE"


def _plain(field: PlainField) -> str:
    name = quote(field.name)
    return f"{name} {_TYPES[field.type]}{'' if field.nullable else ' NOT NULL'}{_check(name, field.type)}"


def _check(quoted_name: str, type_: str) -> str:
    return f" CHECK ({_CHECKS[type_].format(quoted_name)})" if type_ in _CHECKS else ""


def _unique_indexes(model: Model, names: TableNames) -> Iterator[str]:
    for field, name in zip(model.foreign_fields, names.foreign_unique, strict=True):
        if field.unique:
            yield _index("UNIQUE INDEX", name, model.name, [field.name])
    for unique, name in zip(model.unique_indexes, names.unique, strict=True):
        yield _index("UNIQUE INDEX", name, model.name, unique.field_names)


def _look_ups(model: Model, names: TableNames) -> Iterator[str]:
    for plain, name in zip(model.plain_indexes, names.plain, strict=True):
        yield _index("INDEX", name, model.name, plain.field_names)


def _index(kind: str, name: str, table: str, columns: Iterable[str]) -> str:
    return f"CREATE {kind} {quote(name)} ON {quote(table)} ({', '.join(map(quote, columns))})"
