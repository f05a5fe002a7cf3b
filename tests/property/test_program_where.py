"""Where-trees as SQL agree with what the nodes' descriptions say, evaluated in Python row by row."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.environment import Column, Table
from fcbench_action.language.program.interpreter.database import Database, Template
from fcbench_action.language.program.interpreter.draws import Draws
from fcbench_action.language.program.interpreter.faults import Fault
from fcbench_action.language.program.interpreter.limits import REQUEST, Meter
from fcbench_action.language.program.interpreter.programs import Scope, compile_operation, run_operation
from fcbench_action.language.program.interpreter.state import Run
from fcbench_action.language.program.statements import OperationProgram
from tests.program_data import TEXTS, TIMES, Row, fill
from tests.program_world import Json, application, lit, world

WORLD = world()
Rows = dict[str, list[Row]]


@cache
def template() -> Template:
    return Template(application())


def ask(rows_seed: int, expression: Json) -> tuple[Any, Rows]:
    """What a read gives on random rows."""
    connection = template().copy()
    try:
        database = Database(connection)
        rows = fill(connection, WORLD, Random(rows_seed), rows=6)
        tree = {
            "operation": {"method": "post", "path": "/any"},
            "statements": [{"type": "return", "value": expression}],
        }
        compiled = compile_operation(msgspec.convert(tree, OperationProgram), WORLD)
        meter = Meter(REQUEST)
        run = Run([], meter, Draws.seeded(0), bytearray(len(compiled.places)), database)
        with database.transaction():
            return run_operation(compiled, Scope({}, None, None, ""), run).value, rows
    finally:
        connection.close()


def ask_or_overflow(rows_seed: int, expression: Json) -> tuple[Any, Rows]:
    """The same; None for a sum that no integer holds."""
    try:
        return ask(rows_seed, expression)
    except Fault as fault:
        assert fault.diagnostic.code == "number-overflow"
        return None, {}


def holds(where: nodes.Where, table: Table, row: Row, rows: Rows) -> bool:
    match where:
        case nodes.All():
            return all(holds(one, table, row, rows) for one in where.of)
        case nodes.Any():
            return any(holds(one, table, row, rows) for one in where.of)
        case nodes.Negation():
            return not holds(where.of, table, row, rows)
        case nodes.IsNull():
            return row[where.name] is None
        case nodes.FieldCondition():
            return row[where.name] is not None and compares(
                where.operator, row[where.name], plain(where.value)
            )
    relation = table.relations[where.relation]
    other = WORLD.tables[relation.table]
    ours, theirs = (relation.column, other.key) if relation.own else (table.key, relation.column)
    related = [one for one in rows[other.name] if row[ours] is not None and one[theirs] == row[ours]]
    met = [holds(where.where, other, one, rows) for one in related]
    return {"some": any(met), "none": not any(met), "every": all(met)}[where.quantifier]


def compares(operator: str, left: Any, right: Any) -> bool:
    match operator:
        case "equals":
            return bool(left == right)
        case "notEquals":
            return bool(left != right)
        case "less":
            return bool(left < right)
        case "lessOrEqual":
            return bool(left <= right)
        case "greater":
            return bool(left > right)
        case "greaterOrEqual":
            return bool(left >= right)
        case "contains":
            return right in left
        case "startsWith":
            return bool(left.startswith(right))
    return left in right


def plain(value: nodes.Expression) -> Any:
    return [one.value for one in value.elements] if isinstance(value, nodes.ArrayLiteral) else value.value


def where_tree(random: Random, table: Table, levels: int) -> Json:
    kind = random.choice(
        ["field", "field", "isNull", "all", "any", "negation", "related"][: 7 if levels else 3]
    )
    match kind:
        case "all" | "any":
            parts = random.randint(0 if kind == "all" else 1, 3)
            return {"type": kind, "of": [where_tree(random, table, levels - 1) for _ in range(parts)]}
        case "negation":
            return {"type": kind, "of": where_tree(random, table, levels - 1)}
        case "related" if table.relations:
            relation = random.choice(list(table.relations.values()))
            return {
                "type": "related",
                "relation": relation.name,
                "quantifier": random.choice(["some", "none", "every"]),
                "where": where_tree(random, WORLD.tables[relation.table], levels - 1),
            }
        case "isNull":
            return {"type": "isNull", "name": random.choice(list(table.columns))}
    column = random.choice(list(table.columns.values()))
    operators = ["equals", "notEquals", "in"]
    if column.kind not in ("boolean", "uuid"):
        operators += ["less", "lessOrEqual", "greater", "greaterOrEqual"]
    if column.kind == "string":
        operators += ["contains", "startsWith"] * 2
    operator = random.choice(operators)
    values = [cell(random, column) for _ in range(random.randint(0, 3))]
    value = values if operator == "in" else cell(random, column)
    return {"type": "field", "name": column.name, "operator": operator, "value": lit(value)}


def cell(random: Random, column: Column) -> Any:
    match column.kind:
        case "boolean":
            return random.random() < 0.5
        case "int":
            return random.choice((-1, 0, 1, 2, 2**62))
        case "double":
            return random.choice((-1.5, 0.0, 0.5, 1.0, 1e300))
        case "uuid":
            return Draws.seeded(random.randint(0, 9)).uuid()
        case "datetime":
            return random.choice(TIMES)
        case "uri":
            return f"https://example.org/{random.randint(0, 3)}"
    return random.choice(TEXTS)


def sorted_rows(rows: list[Row], order: list[tuple[str, str]]) -> list[Row]:
    """In that order, nulls first, by key in the end."""
    found = sorted(rows, key=lambda row: row["id"])
    for name, direction in reversed(order):
        nulls = [row for row in found if row[name] is None]
        others = [row for row in found if row[name] is not None]
        found = nulls + sorted(others, key=lambda row: row[name], reverse=direction == "desc")
    return found


@given(st.integers(0, 2**32), st.sampled_from(sorted(WORLD.tables)))
@settings(max_examples=400, deadline=None)
def test_a_where_tree_finds_the_rows_for_which_it_holds(seed: int, name: str) -> None:
    random, table = Random(seed), WORLD.tables[name]
    tree = where_tree(random, table, 4)
    columns = random.sample(list(table.columns), random.randint(0, 2))
    order = [(column, random.choice(["asc", "desc"])) for column in columns]
    skip, take = random.choice([(None, None), (1, 2), (0, 0)])
    query = {
        "type": "findMany",
        "table": name,
        "where": tree,
        "orderBy": [{"name": column, "direction": direction} for column, direction in order],
        "skip": None if skip is None else lit(skip),
        "take": None if take is None else lit(take),
    }
    found, rows = ask(seed % 50, query)
    where = msgspec.convert(tree, nodes.Where)
    wanted = sorted_rows([row for row in rows[name] if holds(where, table, row, rows)], order)
    assert found == wanted[skip:][:take]
    assert ask(seed % 50, {"type": "count", "table": name, "where": tree})[0] == len(wanted)
    assert ask(seed % 50, {"type": "exists", "table": name, "where": tree})[0] is bool(wanted)
    first = {"type": "findOne", "table": name, "where": tree, "orderBy": query["orderBy"]}
    assert ask(seed % 50, first)[0] == (wanted[0] if wanted else None)


@given(st.integers(0, 200), st.sampled_from(["stars", "rating", "weight"]))
@settings(max_examples=100, deadline=None)
def test_aggregates_are_those_of_the_values_that_are_there(seed: int, field: str) -> None:
    where = where_tree(Random(seed), WORLD.tables["notes"], 1)
    query = {"type": "aggregate", "table": "notes", "where": where, "field": field}
    functions = ("minimum", "maximum", "sum", "average")
    answers = {one: ask_or_overflow(seed, {**query, "function": one}) for one in functions}
    results, rows = {one: found for one, (found, _) in answers.items()}, answers["minimum"][1]
    condition = msgspec.convert(where, nodes.Where)
    values = [
        row[field]
        for row in rows["notes"]
        if row[field] is not None and holds(condition, WORLD.tables["notes"], row, rows)
    ]
    assert results["minimum"] == (min(values) if values else None)
    assert results["maximum"] == (max(values) if values else None)
    if not values:
        assert (results["sum"], results["average"]) == (0, None)
    elif max(map(abs, values)) < 1000:
        assert (results["sum"], results["average"]) == (sum(values), sum(values) / len(values))
