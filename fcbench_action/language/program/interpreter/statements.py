"""Statements that tests and operations share, and those of operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.database.sql import quote
from fcbench_action.language.program import statements as nodes
from fcbench_action.language.program.environment import Column, Table
from fcbench_action.language.program.expressions import Property
from fcbench_action.language.program.interpreter.columns import store_of
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Execute, Names, unknown
from fcbench_action.language.program.interpreter.database import Rows
from fcbench_action.language.program.interpreter.demands import array_of, text_of
from fcbench_action.language.program.interpreter.faults import mistyped
from fcbench_action.language.program.interpreter.reads import rows_left, table_of
from fcbench_action.language.program.interpreter.state import Ended, Run, database_of
from fcbench_action.language.program.interpreter.values import truth
from fcbench_action.language.program.interpreter.where import condition

Handler = Callable[[Compiler, Any, Path, Names], Execute]


def declare(compiler: Compiler, node: nodes.Declare, path: Path, names: Names) -> Execute:
    """A name for a value."""
    value = compiler.expression(node.value, (*path, "value"), names)
    slot = compiler.declare(node.name, names)

    def declare(run: Run) -> None:
        run.values[slot] = value(run)

    return declare


def if_(compiler: Compiler, node: nodes.If, path: Path, names: Names) -> Execute:
    """One of two blocks."""
    condition = compiler.expression(node.condition, (*path, "condition"), names)
    then = compiler.block(node.then, (*path, "then"), names)
    otherwise = compiler.block(node.otherwise, (*path, "else"), names)
    return lambda run: then(run) if truth(condition(run)) else otherwise(run)


def for_each(compiler: Compiler, node: nodes.ForEach, path: Path, names: Names) -> Execute:
    """A block for each element."""
    array = array_of(compiler, node.array, (*path, "array"), names)
    inner = Names({}, names)
    slot = compiler.declare(node.item, inner)
    outside, compiler.weight = compiler.weight, 1
    body = compiler.block(node.body, (*path, "body"), inner)
    cost, compiler.weight = compiler.weight, outside

    def for_each(run: Run) -> Ended | None:
        for element in array(run):
            run.meter.step(cost, path)
            run.values[slot] = element
            ended = body(run)
            if ended is not None:
                return ended
        return None

    return for_each


def reject(compiler: Compiler, node: nodes.Reject, path: Path, names: Names) -> Execute:
    """Ends the operation with an error."""
    message = text_of(compiler, node.message, (*path, "message"), names)
    return lambda run: Ended(node.status, message(run), node.keep)


def return_(compiler: Compiler, node: nodes.Return, path: Path, names: Names) -> Execute:
    """Ends the operation with its response."""
    value = compiler.optional(node.value, (*path, "value"), names)
    return lambda run: Ended(None, value(run) if value else None)


def insert(compiler: Compiler, node: nodes.Insert, path: Path, names: Names) -> Execute:
    """Adds a row; a key left out is a fresh UUID."""
    table = table_of(compiler, node.table, path)
    given = _values(compiler, node.values, table, path, names)
    written = tuple(column.name for column, _ in given)
    fresh = table.key not in written
    every = (table.key, *written) if fresh else written
    rows = Rows(table)
    sql = (
        f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, every))}) "
        f"VALUES ({', '.join('?' * len(every))}) RETURNING {rows.columns}"
    )
    slot = None if node.bind is None else compiler.declare(node.bind, names)

    def insert(run: Run) -> None:
        database = database_of(run, path)
        run.meter.write(1, path)
        values = [value(run) for _, value in given]
        found = database.change(sql, [run.draws.uuid(), *values] if fresh else values, path)
        if slot is not None:
            run.values[slot] = rows.row(found[0])

    return insert


def update(compiler: Compiler, node: nodes.Update, path: Path, names: Names) -> Execute:
    """Changes rows, and gives them in order of their keys before the change."""
    table = table_of(compiler, node.table, path)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    given = _values(compiler, node.values, table, path, names)
    key, name, rows = quote(table.key), quote(table.name), Rows(table)
    chosen = where.within(f"SELECT {key} FROM {name} WHERE ", f" ORDER BY {key} LIMIT ?")
    changes = ", ".join(f"{quote(column.name)} = ?" for column, _ in given)
    sql = f"UPDATE {name} SET {changes} WHERE {key} = ? RETURNING {rows.columns}"
    slot = None if node.bind is None else compiler.declare(node.bind, names)

    def update(run: Run) -> None:
        database, meter = database_of(run, path), run.meter
        keys = [one[0] for one in database.rows(*chosen.bind(run, rows_left(run)), meter, path)]
        meter.write(len(keys), path)
        values = [value(run) for _, value in given]
        size = sum(len(value) for value in values if type(value) is str)
        meter.characters += size * max(0, len(keys) - 1)
        meter.text(0, path)
        changed = [rows.row(database.change(sql, [*values, one], path)[0]) for one in keys]
        if slot is not None:
            run.values[slot] = changed

    return update


def remove(compiler: Compiler, node: nodes.Remove, path: Path, names: Names) -> Execute:
    """Deletes rows; the database deletes or clears what refers to them."""
    table = table_of(compiler, node.table, path)
    where = condition(compiler, node.where, table, (*path, "where"), names)
    sql = where.within(f"DELETE FROM {quote(table.name)} WHERE ")

    def remove(run: Run) -> None:
        database_of(run, path).change(*sql.bind(run), path)

    return remove


def _values(
    compiler: Compiler, properties: Sequence[Property], table: Table, path: Path, names: Names
) -> list[tuple[Column, Evaluate]]:
    """The columns that are written, each with what computes what the database then holds."""
    found = []
    for at, one in enumerate(properties):
        place = (*path, "values", at)
        column = table.columns.get(one.name)
        if column is None:
            raise unknown((*place, "name"), "column", one.name)
        inside = compiler.expression(one.value, (*place, "value"), names)
        found.append((column, _written(column, inside, (*place, "value"))))
    return found


def _written(column: Column, inside: Evaluate, path: Path) -> Evaluate:
    store = store_of(column)

    def written(run: Run) -> Any:
        value = inside(run)
        if value is not None:
            return store(value, run.meter, path)
        if not column.nullable:
            raise mistyped(path, "a value that is not null", value)
        return None

    return written


SHARED: dict[type, Handler] = {nodes.Declare: declare, nodes.If: if_, nodes.ForEach: for_each}
OPERATIONS: dict[type, Handler] = {
    **SHARED,
    nodes.Insert: insert,
    nodes.Update: update,
    nodes.Remove: remove,
    nodes.Reject: reject,
    nodes.Return: return_,
}
