"""What a model is told about a topic when it writes programs: operations, types and tables, compactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from fcbench_action.functions.programs import ProgramTask
from fcbench_action.functions.prompts import head
from fcbench_action.language.interface import nodes
from fcbench_action.language.interface.nodes import Schema
from fcbench_action.language.interface.walk import target, walk
from fcbench_action.language.program.environment import Column, Environment, Operation, Table

OPERATIONS = (
    "What each takes and gives; placeholders of paths have the types shown after them. `by` names the actor "
    "who alone may call it: others are refused with 403, whoever is not signed in with 401."
)
TYPES = (
    "A property with `?` may be left out. Bodies that do not fit are refused with 422, path parameters with "
    "400, before an operation runs."
)
TABLES = (
    "`?` marks what may be null. After an arrow stand the table that a foreign key refers to and the name of "
    "that relation; `rows of` names the relations of other tables that lead here."
)


def program_head(task: ProgramTask) -> list[str]:
    """The sections that every prompt about a program begins with."""
    conventions = task.programs.conventions
    return [*head(task), f"## Conventions\n\n{conventions}" if conventions else ""]


def operation_line(operation: Operation) -> str:
    """Who may call an operation, what its path and body are, and what it answers with."""
    parts = [f"`{operation.method} {operation.path}`"]
    if operation.role is not None:
        parts[0] += f" by {operation.role}"
    if operation.node.parameters:
        fields = "; ".join(f"{one.name}: {write_schema(one.schema)}" for one in operation.node.parameters)
        parts.append(f"path {{ {fields} }}")
    if operation.body is not None:
        parts.append(f"takes {operation.body}")
    parts.append(f"gives {operation.response}" if operation.response is not None else "gives nothing")
    return f"{', '.join(parts)}. {operation.node.summary}"


def type_lines(environment: Environment, operations: Iterable[Operation]) -> Iterator[str]:
    """A line for each type that the operations need, directly or not, sorted by name."""
    bodies = {name for one in operations for name in (one.body, one.response) if name is not None}
    types = environment.types
    for name in sorted(_with_parts(types, bodies)):
        yield f"`{name}` = {write_schema(types[name])}"


def _with_parts(types: Mapping[str, Schema], names: set[str]) -> set[str]:
    found: set[str] = set()
    pending = names & types.keys()
    while pending:
        found |= pending
        inside = {
            target(visit.schema)
            for name in pending
            for visit in walk((), types[name])
            if isinstance(visit.schema, nodes.Reference)
        }
        pending = (inside & types.keys()) - found
    return found


def write_schema(schema: Schema) -> str:
    """A schema in one line: ``{ name: string (1..80 characters); note?: string | null }``."""
    match schema:
        case nodes.Constant():
            return _json(schema.const)
        case nodes.Boolean():
            return "boolean"
        case nodes.Integer() | nodes.Number():
            kind = "integer" if isinstance(schema, nodes.Integer) else "number"
            return _noted(kind, [_number_range(schema)])
        case nodes.String():
            length = _range(schema.min_length, schema.max_length, " characters")
            pattern = f"matching {schema.pattern}" if schema.pattern else ""
            return _noted("string", [schema.format or "", length, pattern])
        case nodes.Null():
            return "null"
        case nodes.Array():
            inner = write_schema(schema.items)
            items = _range(schema.min_items, schema.max_items, " items")
            many = f"({inner})[]" if " " in inner and not inner.startswith("{") else f"{inner}[]"
            return _noted(many, [items, "all different" if schema.unique_items else ""])
        case nodes.Reference():
            return target(schema)
        case nodes.OneOf():
            return " | ".join(map(write_schema, schema.one_of))
        case nodes.Object():
            fields = (
                f"{name}{'' if name in schema.required else '?'}: {write_schema(inner)}"
                for name, inner in schema.properties.items()
            )
            return f"{{ {'; '.join(fields)} }}" if schema.properties else "{}"


def _number_range(schema: nodes.Integer | nodes.Number) -> str:
    notes = [_range(schema.minimum, schema.maximum)]
    notes += [f"> {schema.exclusive_minimum:g}"] if schema.exclusive_minimum is not None else []
    notes += [f"< {schema.exclusive_maximum:g}"] if schema.exclusive_maximum is not None else []
    notes += [f"multiple of {schema.multiple_of:g}"] if schema.multiple_of is not None else []
    return ", ".join(filter(None, notes))


def _range(least: float | None, most: float | None, unit: str = "") -> str:
    if least is None and most is None:
        return ""
    if least == most:
        return f"{_json(least)}{unit}"
    if most is None:
        return f">= {_json(least)}{unit}"
    return f"{_json(least)}..{_json(most)}{unit}" if least is not None else f"<= {_json(most)}{unit}"


def _noted(kind: str, notes: Iterable[str]) -> str:
    told = ", ".join(filter(None, notes))
    return f"{kind} ({told})" if told else kind


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def table_lines(environment: Environment, names: Sequence[str]) -> Iterator[str]:
    """A line for each of the tables, with the ways between them."""
    return (_table_line(environment.tables[name], frozenset(names)) for name in names)


def _table_line(table: Table, shown: frozenset[str]) -> str:
    via = {relation.column: relation.name for relation in table.relations.values() if relation.own}
    columns = ", ".join(_column(column, via.get(column.name, "")) for column in table.columns.values())
    back = ", ".join(
        f"`{relation.name}`"
        for relation in table.relations.values()
        if not relation.own and relation.table in shown
    )
    return f"`{table.name}`: {columns}{f'; rows of {back}' if back else ''}"


def _column(column: Column, relation: str) -> str:
    arrow = f" -> {column.target} as {relation}" if column.target is not None else ""
    return f"{column.name} {column.kind}{'?' if column.nullable else ''}{arrow}"
