"""Tracing to the database: tables exist, and properties named like columns can hold what columns hold."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.database.nodes import Model
from fcbench_action.language.interface.nodes import (
    Array,
    Boolean,
    Constant,
    Integer,
    Null,
    Number,
    Object,
    Schema,
    String,
)
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.interface.walk import Visit, alternatives
from fcbench_action.language.near import Nearest, quoted

_KINDS = {"boolean": "boolean", "int": "number", "double": "number"}
"""The JSON type of a column's values where it is not string."""


def tables_exist(scope: Scope) -> Iterator[Diagnostic]:
    """``table`` names a table of the database."""
    if scope.database is None:
        return
    nearest = Nearest(scope.tables, scope.hints)
    for visit in scope.visits:
        table = visit.schema.table if isinstance(visit.schema, Object) else None
        if table is not None and table not in scope.tables:
            yield codes.UNTRACEABLE_TABLE.at(
                (*visit.path, "table"),
                f"The database has no table {quoted(table)}.{nearest.hint(table)}",
                expected="null or the name of a table",
                actual=quoted(table),
            )


def properties_hold_columns(scope: Scope) -> Iterator[Diagnostic]:
    """A property that is named like a column of its table has the column's JSON type.

    Arrays and objects are let pass: search criteria hold ranges and sets of a column's values.
    """
    if scope.database is None:
        return
    for visit in scope.visits:
        schema = visit.schema
        if isinstance(schema, Object) and schema.table in scope.tables:
            yield from _columns(scope, visit, schema, scope.tables[schema.table or ""])


def _columns(scope: Scope, visit: Visit, schema: Object, model: Model) -> Iterator[Diagnostic]:
    kinds = {field.name: _KINDS.get(field.type, "string") for field in model.plain_fields}
    kinds |= {model.primary_field.name: "string"} | {field.name: "string" for field in model.foreign_fields}
    for name, kind in kinds.items():
        if name not in schema.properties:
            continue
        leaves = alternatives(scope.types, schema.properties[name]) or []
        held = {_kind(leaf) for leaf in leaves} - {"null"}
        if held and not held & {kind, "array", "object"}:
            actual = ", ".join(sorted(held))
            yield codes.MISMATCHED_COLUMN.at(
                (*visit.path, "properties", name),
                f"The column {quoted(name)} of {quoted(model.name)} holds a {kind}, the property {actual}.",
                expected=f"a schema for a {kind}",
                actual=actual,
            )


def _kind(schema: Schema) -> str:
    match schema:
        case Boolean() | Constant(const=bool()):
            return "boolean"
        case String() | Constant(const=str()):
            return "string"
        case Integer() | Number() | Constant():
            return "number"
        case Array():
            return "array"
        case Null():
            return "null"
    return "object"
