"""Reads of the database."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.database.sql import quote
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.environment import Table
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Names, unknown
from fcbench_action.language.program.interpreter.database import Rows
from fcbench_action.language.program.interpreter.demands import count_of
from fcbench_action.language.program.interpreter.faults import unchecked
from fcbench_action.language.program.interpreter.plain import checked
from fcbench_action.language.program.interpreter.state import Run, database_of
from fcbench_action.language.program.interpreter.where import condition

_ALL = 2**62


def table_of(compiler: Compiler, name: str, path: Path) -> Table:
    """The table of that name."""
    table = compiler.environment.tables.get(name)
    if table is None:
        raise unknown((*path, "table"), "table", name)
    return table


def order(table: Table, order_by: Sequence[nodes.OrderBy], path: Path) -> str:
    """The clause that sorts, nulls first in both directions, by key in the end."""
    parts = []
    for at, one in enumerate(order_by):
        if one.name not in table.columns:
            raise unknown((*path, "orderBy", at, "name"), "column", one.name)
        parts.append(f"{quote(one.name)} {one.direction.upper()} NULLS FIRST")
    return f" ORDER BY {', '.join([*parts, quote(table.key)])}"


def find_one(compiler: Compiler, node: nodes.FindOne, path: Path, names: Names) -> Evaluate:
    """The first row, or null."""
    table = table_of(compiler, node.table, path)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    rows = Rows(table)
    query = where.within(
        f"SELECT {rows.columns} FROM {quote(table.name)} WHERE ",
        f"{order(table, node.order_by, path)} LIMIT 1",
    )

    def find_one(run: Run) -> dict[str, Any] | None:
        found = database_of(run, path).rows(*query.bind(run), run.meter, path)
        return rows.counted(found, run.meter, path)[0] if found else None

    return find_one


def find_many(compiler: Compiler, node: nodes.FindMany, path: Path, names: Names) -> Evaluate:
    """The rows, in order."""
    table = table_of(compiler, node.table, path)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    skip = None if node.skip is None else count_of(compiler, node.skip, (*path, "skip"), names)
    take = None if node.take is None else count_of(compiler, node.take, (*path, "take"), names)
    rows = Rows(table)
    query = where.within(
        f"SELECT {rows.columns} FROM {quote(table.name)} WHERE ",
        f"{order(table, node.order_by, path)} LIMIT ? OFFSET ?",
    )

    def find_many(run: Run) -> list[dict[str, Any]]:
        first = skip(run) if skip else 0
        many = min(take(run) if take else _ALL, rows_left(run))
        found = database_of(run, path).rows(*query.bind(run, many, first), run.meter, path)
        return rows.counted(found, run.meter, path)

    return find_many


def rows_left(run: Run) -> int:
    """One row more than may still be read, so that reading it is noticed."""
    return run.meter.limits.rows_read - run.meter.rows_read + 1


def count(compiler: Compiler, node: nodes.Count, path: Path, names: Names) -> Evaluate:
    """How many rows."""
    table = table_of(compiler, node.table, path)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    query = where.within(f"SELECT count(*) FROM {quote(table.name)} WHERE ")
    return lambda run: database_of(run, path).one(*query.bind(run), path)


def exists(compiler: Compiler, node: nodes.Exists, path: Path, names: Names) -> Evaluate:
    """Whether there is a row."""
    table = table_of(compiler, node.table, path)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    query = where.within(f"SELECT EXISTS (SELECT 1 FROM {quote(table.name)} WHERE ", ")")
    return lambda run: database_of(run, path).one(*query.bind(run), path) == 1


def aggregate(compiler: Compiler, node: nodes.Aggregate, path: Path, names: Names) -> Evaluate:
    """One number from a column.

    Computed here and not in SQL, exactly and then rounded once, so that it depends on neither the order of
    the rows nor the version of SQLite.
    """
    table = table_of(compiler, node.table, path)
    if node.field not in table.columns:
        raise unknown((*path, "field"), "column", node.field)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    field = quote(node.field)
    query = where.within(
        f"SELECT {field} FROM {quote(table.name)} WHERE {field} IS NOT NULL AND ", " LIMIT ?"
    )
    compute = _AGGREGATES[node.function]

    def aggregate(run: Run) -> int | float | None:
        found = database_of(run, path).rows(*query.bind(run, rows_left(run)), run.meter, path)
        values = [row[0] for row in found]
        if not all(type(value) in (int, float) for value in values):
            raise unchecked((*path, "field"), "This is no column of numbers.")
        if not values:
            return 0 if node.function == "sum" else None
        return checked(compute(values), path)

    return aggregate


def _sum(values: list[int] | list[float]) -> int | float:
    if isinstance(values[0], int):
        return sum(values)
    try:
        return math.fsum(values)
    except OverflowError:
        return math.inf


def _average(values: list[int] | list[float]) -> float:
    return _sum(values) / len(values)


_AGGREGATES: Mapping[str, Callable[[Any], int | float]] = {
    "sum": _sum,
    "average": _average,
    "minimum": min,
    "maximum": max,
}

HANDLERS: dict[type, Callable[[Compiler, Any, Path, Names], Evaluate]] = {
    nodes.FindOne: find_one,
    nodes.FindMany: find_many,
    nodes.Count: count,
    nodes.Exists: exists,
    nodes.Aggregate: aggregate,
}
