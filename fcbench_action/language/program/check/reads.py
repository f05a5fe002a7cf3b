"""Reading the database: tables, columns, conditions on rows."""

from __future__ import annotations

from collections.abc import Sequence

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.check.checker import Checker
from fcbench_action.language.program.environment import Column, Table
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    INTEGER,
    NUMBER,
    STRING,
    Array,
    Type,
    nullable,
)

_ORDERED = frozenset({"int", "double", "string", "uri", "datetime"})
_TEXTUAL = frozenset({"string", "uri"})
_NUMERIC = frozenset({"int", "double"})
_ANY = frozenset({"boolean", "int", "double", "string", "uri", "uuid", "datetime"})
OPERATORS: dict[str, frozenset[str]] = {
    "equals": _ANY,
    "notEquals": _ANY,
    "in": _ANY,
    "less": _ORDERED,
    "lessOrEqual": _ORDERED,
    "greater": _ORDERED,
    "greaterOrEqual": _ORDERED,
    "contains": _TEXTUAL,
    "startsWith": _TEXTUAL,
}
"""Which types of columns have an operator."""

Read = nodes.FindOne | nodes.FindMany | nodes.Count | nodes.Exists | nodes.Aggregate


def table_of(checker: Checker, name: str, path: Path) -> Table | None:
    """The table of that name; reported where there is none."""
    found = checker.env.tables.get(name)
    if found is None:
        checker.report(
            codes.NO_SUCH_TABLE,
            path,
            f"There is no table {quoted(name)}.{checker.near(name, checker.env.tables)}",
            expected="a table of the database",
            actual=quoted(name),
        )
    return found


def column_of(checker: Checker, table: Table, name: str, path: Path) -> Column | None:
    """The column of that name; reported where there is none."""
    found = table.columns.get(name)
    if found is None:
        checker.report(
            codes.NO_SUCH_COLUMN,
            path,
            f"Table {quoted(table.name)} has no column {quoted(name)}.{checker.near(name, table.columns)}",
            expected="one of " + ", ".join(table.columns),
            actual=quoted(name),
        )
    return found


def where(checker: Checker, node: nodes.Where, path: Path, table: Table) -> None:
    """Checks a condition on the rows of a table."""
    if not checker.allowed(path):
        return
    checker.depth += 1
    match node:
        case nodes.All() | nodes.Any():
            for index, one in enumerate(node.of):
                where(checker, one, (*path, "of", index), table)
        case nodes.Negation():
            where(checker, node.of, (*path, "of"), table)
        case nodes.FieldCondition():
            _field(checker, node, path, table)
        case nodes.IsNull():
            _is_null(checker, node, path, table)
        case nodes.Related():
            _related(checker, node, path, table)
    checker.depth -= 1


def _field(checker: Checker, node: nodes.FieldCondition, path: Path, table: Table) -> None:
    column = column_of(checker, table, node.name, (*path, "name"))
    if column is None:
        checker.infer(node.value, (*path, "value"))
        return
    if column.kind not in OPERATORS[node.operator]:
        checker.report(
            codes.COLUMN_OPERATOR,
            (*path, "operator"),
            f"Column {quoted(column.name)} is of type {column.kind}, which has no {node.operator}.",
            expected="one of " + ", ".join(name for name, kinds in OPERATORS.items() if column.kind in kinds),
            actual=node.operator,
        )
        checker.infer(node.value, (*path, "value"))
        return
    wanted: Type = STRING if node.operator in ("contains", "startsWith") else column.value
    checker.conform(node.value, (*path, "value"), Array(wanted) if node.operator == "in" else wanted)


def _is_null(checker: Checker, node: nodes.IsNull, path: Path, table: Table) -> None:
    column = column_of(checker, table, node.name, (*path, "name"))
    if column is not None and not column.nullable:
        checker.report(
            codes.NEVER_NULL,
            (*path, "name"),
            f"Column {quoted(node.name)} is never null.",
            expected="one of " + ", ".join(c.name for c in table.columns.values() if c.nullable),
            actual=quoted(node.name),
        )


def _related(checker: Checker, node: nodes.Related, path: Path, table: Table) -> None:
    relation = table.relations.get(node.relation)
    target = checker.env.tables.get(relation.table) if relation else None
    if target is None:
        checker.report(
            codes.NO_SUCH_RELATION,
            (*path, "relation"),
            f"Table {quoted(table.name)} has no relation {quoted(node.relation)}."
            f"{checker.near(node.relation, table.relations)}",
            expected="one of " + ", ".join(table.relations) if table.relations else "",
            actual=quoted(node.relation),
        )
        return
    where(checker, node.where, (*path, "where"), target)


def _order(checker: Checker, order: Sequence[nodes.OrderBy], path: Path, table: Table) -> None:
    for index, one in enumerate(order):
        column_of(checker, table, one.name, (*path, "orderBy", index, "name"))


def _rows(checker: Checker, node: Read, path: Path) -> Table | None:
    """Checks the table and the condition of a read."""
    table = table_of(checker, node.table, (*path, "table"))
    if table is not None:
        where(checker, node.where, (*path, "where"), table)
    return table


def find_one(checker: Checker, node: nodes.FindOne, path: Path, _: Type | None) -> Type:
    """A row, or null."""
    table = _rows(checker, node, path)
    if table is None:
        return ERROR
    _order(checker, node.order_by, path, table)
    return nullable(table.row)


def find_many(checker: Checker, node: nodes.FindMany, path: Path, _: Type | None) -> Type:
    """An array of rows."""
    table = _rows(checker, node, path)
    if table is not None:
        _order(checker, node.order_by, path, table)
    for name, one in (("skip", node.skip), ("take", node.take)):
        if one is not None:
            checker.conform(one, (*path, name), INTEGER, codes.OPERAND_TYPE)
    return Array(table.row) if table else ERROR


def count(checker: Checker, node: nodes.Count, path: Path, _: Type | None) -> Type:
    """How many rows."""
    _rows(checker, node, path)
    return INTEGER


def exists(checker: Checker, node: nodes.Exists, path: Path, _: Type | None) -> Type:
    """Whether there is a row."""
    _rows(checker, node, path)
    return BOOLEAN


def aggregate(checker: Checker, node: nodes.Aggregate, path: Path, _: Type | None) -> Type:
    """A number made of a column; null where it has no value, but for a sum."""
    table = _rows(checker, node, path)
    column = column_of(checker, table, node.field, (*path, "field")) if table else None
    if column is None:
        return ERROR
    if column.kind not in _NUMERIC:
        return checker.report(
            codes.COLUMN_OPERATOR,
            (*path, "field"),
            f"Column {quoted(column.name)} is of type {column.kind}, which has no {node.function}.",
            expected="a column of type int or double",
            actual=column.kind,
        )
    if node.function == "sum":
        return column.value
    return nullable(NUMBER if node.function == "average" else column.value)
