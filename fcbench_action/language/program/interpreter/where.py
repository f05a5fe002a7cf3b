"""Where-trees as SQL: a text that the tree's values never enter, and what computes the parameters.

Conditions are true or false, never unknown: a comparison with null does not hold, and its negation does.
Negations are pushed down to the leaves, where ``IS NOT TRUE`` says just that. A condition on related rows
becomes a common table expression of keys: SQL nests no deeper for it, and each is computed once, not once
for each row. Inside of a chain the part that nests most comes first, which SQLite's parser needs no stack
for. Names come from the environment and are quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.database.sql import quote
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.environment import Column, Table
from fcbench_action.language.program.interpreter.columns import store_of
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Names, unknown
from fcbench_action.language.program.interpreter.faults import mistyped
from fcbench_action.language.program.interpreter.limits import (
    DEEPEST,
    MOST_CHOICES,
    MOST_CONDITIONS,
    exceeded,
)
from fcbench_action.language.program.interpreter.state import Run, database_of

_OPERATORS = {
    "equals": "{0} = ?",
    "notEquals": "{0} <> ?",
    "less": "{0} < ?",
    "lessOrEqual": "{0} <= ?",
    "greater": "{0} > ?",
    "greaterOrEqual": "{0} >= ?",
    "contains": "instr({0}, ?) > 0",
    "startsWith": "instr({0}, ?) = 1",
    "in": "{0} IN (?)",
}


@dataclass(frozen=True, slots=True)
class Part:
    """SQL of a condition, what computes the value of each place, and how deep its brackets nest."""

    text: str
    values: tuple[Evaluate, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """A whole where-tree; ``head`` comes before the statement that it is in, and has the first values."""

    head: str
    text: str
    values: tuple[Evaluate, ...]
    count: int
    path: Path
    choices: bool

    def within(self, before: str, after: str = "") -> Statement:
        """The statement with this condition in its middle."""
        text = f"{self.head}{before}{self.text}{after}"
        return Statement(text, self.values, self.count, self.path, self.choices)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with a condition of ``count`` nodes at ``path``. Where it has ``choices``, some of its
    values are arrays, each with a place for every element.
    """

    text: str
    values: tuple[Evaluate, ...]
    count: int
    path: Path
    choices: bool

    def bind(self, run: Run, *more: Any) -> tuple[str, list[Any]]:
        """SQL and parameters; ``more`` are those of places behind the condition. Counts the tries."""
        run.meter.search((self.count + 1) * database_of(run, self.path).size, self.path)
        given = [value(run) for value in self.values]
        if not self.choices:
            given += more
            return self.text, given
        parts = iter(self.text.split("?"))
        text = [next(parts)]
        for value, part in zip([*given, *more], parts, strict=True):
            text += (",".join("?" * len(value)) if type(value) is list else "?", part)
        flat = [one for value in given for one in (value if type(value) is list else [value])]
        return "".join(text), [*flat, *more]


def condition(compiler: Compiler, node: nodes.Where, table: Table, path: Path, names: Names) -> Condition:
    """The SQL of a where-tree on ``table``. Raises Fault where it was not checked, or is too large."""
    builder = _Builder(compiler, names, path)
    part = builder.part(node, table, path, holds=True)
    head = f"WITH {', '.join(one.text for one in builder.tables)} " if builder.tables else ""
    first = tuple(value for one in builder.tables for value in one.values)
    return Condition(head, part.text, first + part.values, builder.count, path, builder.choices)


@dataclass(slots=True)
class _Builder:
    """Builds one condition. ``tables`` are its common table expressions so far; ``choices`` whether any
    part of it asks for one of many.
    """

    compiler: Compiler
    names: Names
    root: Path
    tables: list[Part] = field(default_factory=list)
    count: int = 0
    choices: bool = False

    def part(self, node: nodes.Where, table: Table, path: Path, *, holds: bool) -> Part:
        """The SQL of ``node``, or of its opposite where ``holds`` is false."""
        self.count += 1
        if self.count > MOST_CONDITIONS:
            raise exceeded("conditions", MOST_CONDITIONS, self.root)
        if len(path) > DEEPEST:
            raise exceeded("levels of nodes", DEEPEST, path[:DEEPEST])
        self.compiler.weight += 4
        match node:
            case nodes.All() | nodes.Any():
                parts = [
                    self.part(one, table, (*path, "of", at), holds=holds) for at, one in enumerate(node.of)
                ]
                return _chain(parts, both=isinstance(node, nodes.All) == holds)
            case nodes.Negation():
                return self.part(node.of, table, (*path, "of"), holds=not holds)
            case nodes.FieldCondition():
                return self._field(node, _column(table, node.name, path), path, holds)
            case nodes.IsNull():
                name = quote(_column(table, node.name, path).name)
                return Part(f"{name} IS {'' if holds else 'NOT '}NULL")
            case nodes.Related():
                return self._related(node, table, path, holds)

    def _field(self, node: nodes.FieldCondition, column: Column, path: Path, holds: bool) -> Part:
        inside = self.compiler.expression(node.value, (*path, "value"), self.names)
        many = node.operator == "in"
        self.choices = self.choices or many
        value = (_choices if many else _single)(column, inside, (*path, "value"))
        return _leaf(_OPERATORS[node.operator].format(quote(column.name)), (value,), holds)

    def _related(self, node: nodes.Related, table: Table, path: Path, holds: bool) -> Part:
        relation = table.relations.get(node.relation)
        if relation is None:
            raise unknown((*path, "relation"), "relation", node.relation)
        every = node.quantifier == "every"
        other = self.compiler.environment.tables[relation.table]
        inner = self.part(node.where, other, (*path, "where"), holds=not every)
        name = f"related{len(self.tables)}"
        theirs, ours = (other.key, relation.column) if relation.own else (relation.column, table.key)
        rows = f"SELECT {quote(theirs)} FROM {quote(other.name)} WHERE {inner.text}"
        self.tables.append(Part(f"{name}(key) AS ({rows})", inner.values))
        some = f"{quote(ours)} IN (SELECT key FROM {name})"
        return _leaf(some, (), holds == (node.quantifier == "some"))


def _leaf(text: str, values: tuple[Evaluate, ...], holds: bool) -> Part:
    return Part(text if holds else f"({text}) IS NOT TRUE", values, 2)


def _chain(parts: Sequence[Part], *, both: bool) -> Part:
    if not parts:
        return Part("1" if both else "0")
    if len(parts) == 1:
        return parts[0]
    ordered = sorted(parts, key=lambda part: -part.depth)
    text = (" AND " if both else " OR ").join(part.text for part in ordered)
    return Part(f"({text})", tuple(v for part in ordered for v in part.values), ordered[0].depth + 1)


def _column(table: Table, name: str, path: Path) -> Column:
    column = table.columns.get(name)
    if column is None:
        raise unknown((*path, "name"), "column", name)
    return column


def _single(column: Column, inside: Evaluate, path: Path) -> Evaluate:
    store = store_of(column)

    def single(run: Run) -> Any:
        value = inside(run)
        if value is None:
            raise mistyped(path, "a value that is not null", value)
        return store(value, run.meter, path)

    return single


def _choices(column: Column, inside: Evaluate, path: Path) -> Evaluate:
    store = store_of(column)

    def choices(run: Run) -> list[Any]:
        values = inside(run)
        if type(values) is not list:
            raise mistyped(path, "an array", values)
        if len(values) > MOST_CHOICES:
            raise exceeded("choices of one condition", MOST_CHOICES, path)
        run.meter.step(len(values), path)
        return [store(value, run.meter, path) for value in values]

    return choices
