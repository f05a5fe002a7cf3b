"""Random rows and request bodies: whatever a database and an interface allow."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from random import Random
from typing import Any

from fcbench_action.language.database.sql import quote
from fcbench_action.language.interface import nodes
from fcbench_action.language.interface.nodes import Schema
from fcbench_action.language.interface.walk import alternatives
from fcbench_action.language.program.environment import Column, Environment, Table
from fcbench_action.language.program.interpreter.draws import Draws

TEXTS = ("", "a", "b", "ab", "A", "milk", "ünï", "😀", "%", "a\nb")
TIMES = tuple(f"2026-0{month}-01T00:00:00.{part}Z" for month in (1, 2, 3) for part in ("000", "001"))
Row = dict[str, Any]


def fill(
    connection: sqlite3.Connection, env: Environment, random: Random, rows: int = 4
) -> dict[str, list[Row]]:
    """Inserts random rows into every table; gives those that it took, as programs see them, by table."""
    found: dict[str, list[Row]] = {name: [] for name in env.tables}
    draws = Draws.seeded(random.random())
    for table in _ordered(env):
        for _ in range(random.randint(0, rows)):
            row = _row(table, found, random, draws)
            names = ", ".join(map(quote, row))
            sql = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({', '.join('?' * len(row))})"
            try:
                connection.execute(sql, list(row.values()))
            except sqlite3.IntegrityError:
                continue
            found[table.name].append(row)
    return found


def _ordered(env: Environment) -> list[Table]:
    """Tables after those that they must refer to."""
    found: dict[str, Table] = {}
    while len(found) < len(env.tables):
        for table in env.tables.values():
            needs = {c.target for c in table.columns.values() if c.target and not c.nullable}
            if table.name not in found and needs <= found.keys():
                found[table.name] = table
    return list(found.values())


def _row(table: Table, found: Mapping[str, list[Row]], random: Random, draws: Draws) -> Row:
    return {name: _cell(table, column, found, random, draws) for name, column in table.columns.items()}


def _cell(table: Table, column: Column, found: Mapping[str, list[Row]], random: Random, draws: Draws) -> Any:
    if column.name == table.key:
        return draws.uuid()
    if column.nullable and random.random() < 0.4:
        return None
    if column.target is not None:
        targets = found[column.target]
        return random.choice(targets)["id"] if targets else (None if column.nullable else draws.uuid())
    match column.kind:
        case "boolean":
            return random.random() < 0.5
        case "int":
            return random.choice((-1, 0, 1, 2, 3, 7, 2**62))
        case "double":
            return random.choice((-1.5, 0.0, 0.5, 1.0, 2.0, 1e300))
        case "uuid":
            return draws.uuid()
        case "uri":
            return f"https://example.org/{random.randint(0, 3)}"
        case "datetime":
            return random.choice(TIMES)
    return random.choice(TEXTS)


def payload(schemas: Mapping[str, Schema], schema: Schema, random: Random, levels: int = 5) -> Any:
    """A value that a schema accepts, but for patterns and unique elements, which are left to luck."""
    options = alternatives(schemas, schema) or [schema]
    if levels <= 0:
        options = [o for o in options if not isinstance(o, nodes.Object | nodes.Array)] or options
    chosen = random.choice(options)
    match chosen:
        case nodes.Constant():
            return chosen.const
        case nodes.Boolean():
            return random.random() < 0.5
        case nodes.Integer():
            low = chosen.minimum if chosen.minimum is not None else -5
            high = chosen.maximum if chosen.maximum is not None else max(low, 0) + 5
            return random.choice((low, high, random.randint(low, high), float(low)))
        case nodes.Number():
            low = chosen.minimum if chosen.minimum is not None else -5
            return random.choice((low, low + 0.5, low + 1))
        case nodes.String():
            return text(chosen, random)
        case nodes.Array():
            least, most = chosen.min_items or 0, min(chosen.max_items or 3, 3)
            if levels <= 0:
                most = least
            return [
                payload(schemas, chosen.items, random, levels - 1)
                for _ in range(random.randint(least, max(least, most)))
            ]
        case nodes.Object():
            return {
                name: payload(schemas, inner, random, levels - 1)
                for name, inner in chosen.properties.items()
                if name in chosen.required or (levels > 0 and random.random() < 0.6)
            }
    return None


def text(schema: nodes.String, random: Random) -> str:
    if schema.format is not None:
        made = Draws.seeded(random.randint(0, 3)).formatted(schema.format)
        return made.upper() if schema.format in ("uuid", "date-time") and random.random() < 0.3 else made
    if schema.pattern is not None and "{43}" in schema.pattern:
        return "a" * 43
    if schema.pattern is not None and schema.pattern.startswith("^#"):
        return "#00ff00"
    least, most = schema.min_length or 0, schema.max_length or 12
    wanted = random.choice(TEXTS)
    return (wanted + "abc" * least)[: max(least, min(most, len(wanted)))]
