"""Statements: what they declare, what they write, and which ways lead through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.program import expressions
from fcbench_action.language.program import statements as nodes
from fcbench_action.language.program.check import requests
from fcbench_action.language.program.check.checker import Checker
from fcbench_action.language.program.check.constants import constant_value
from fcbench_action.language.program.check.names import can_declare
from fcbench_action.language.program.check.narrowing import NO_OUTCOME, NOTHING, Facts, Outcome, either
from fcbench_action.language.program.check.reads import column_of, table_of, where
from fcbench_action.language.program.check.requests import bind
from fcbench_action.language.program.check.scope import DEEPEST_ALIAS, Binding
from fcbench_action.language.program.check.values import unique_properties
from fcbench_action.language.program.environment import Table
from fcbench_action.language.program.types import ERROR, STRING, Array, Named

DEEPEST_NAMED_CONDITION = 30
"""Levels of a condition that is remembered with the name it is given."""


def block(checker: Checker, statements: Sequence[nodes.Statement], path: Path) -> bool:
    """Checks statements one after the other. True where no way leads through them to their end."""
    outside = len(checker.scope.names)
    ends = reported = False
    for index, statement in enumerate(statements):
        if ends and not reported:
            checker.report(
                codes.UNREACHABLE_STATEMENT,
                (*path, index),
                "No way through the program leads here.",
                expected="nothing after what ends the program",
            )
            reported = True
        ends = _statement(checker, statement, (*path, index)) or ends
    _forget(checker, outside)
    return ends


def _forget(checker: Checker, outside: int) -> None:
    """Ends a block: its names mean nothing any more."""
    for name in list(checker.scope.names)[outside:]:
        binding = checker.scope.names.pop(name)
        if not binding.used and binding.must_be_used and binding.type not in (None, ERROR):
            checker.report(
                codes.UNUSED_NAME,
                binding.path,
                f"{quoted(name)} is never used.",
                expected="a use, or no name",
                actual=quoted(name),
            )


def _statement(checker: Checker, node: nodes.Statement, path: Path) -> bool:
    """Checks a statement. True where it ends the program in any case."""
    if not checker.allowed(path):
        return False
    checker.depth += 1
    ends = False
    match node:
        case nodes.If():
            ends = _if(checker, node, path)
        case nodes.ForEach():
            _for_each(checker, node, path)
        case nodes.Reject():
            checker.conform(node.message, (*path, "message"), STRING)
            ends = True
        case nodes.Return():
            _return(checker, node, path)
            ends = True
        case _:
            _SIMPLE[type(node)](checker, node, path)
    checker.depth -= 1
    return ends


def _declare(checker: Checker, node: nodes.Declare, path: Path) -> None:
    """A name for a value, and for what the value says as a condition."""
    before, checker.deepest = checker.deepest, 0
    found = checker.infer(node.value, (*path, "value"))
    depth = checker.deepest - checker.depth
    checker.deepest = max(before, checker.deepest)
    outcome, aliases = _as_condition(checker, node.value)
    if depth > DEEPEST_NAMED_CONDITION or aliases >= DEEPEST_ALIAS:
        outcome, aliases = NO_OUTCOME, 0
    binding = Binding(
        node.name,
        (*path, "name"),
        found,
        outcome=outcome,
        aliases=aliases + 1,
        constant=constant_value(node.value, checker.scope),
    )
    if can_declare(checker, binding):
        checker.scope.names[node.name] = binding


def _as_condition(checker: Checker, node: expressions.Expression) -> tuple[Outcome, int]:
    """What a value says of whole names, and through how many named conditions at most.

    TypeScript does not remember what it says of properties.
    """
    outcome = checker.outcomes.pop(id(node), NO_OUTCOME)
    if not (outcome.holds or outcome.fails):
        return NO_OUTCOME, 0
    return Outcome(_of_names(outcome.holds), _of_names(outcome.fails)), _aliases(checker, node)


def _of_names(facts: Facts) -> Facts:
    return {reference: one for reference, one in facts.items() if len(reference) == 1}


def _aliases(checker: Checker, node: expressions.Expression) -> int:
    most = 0
    rest: list[Any] = [node]
    while rest:
        one = rest.pop()
        match one:
            case expressions.Identifier():
                binding = checker.scope.names.get(one.name)
                if binding and (binding.outcome.holds or binding.outcome.fails):
                    most = max(most, binding.aliases)
            case expressions.Not():
                rest.append(one.operand)
            case expressions.Logical():
                rest += (one.left, one.right)
    return most


def _if(checker: Checker, node: nodes.If, path: Path) -> bool:
    """Two blocks. What both, or the only one that goes on, have found out is known afterwards."""
    outcome = checker.condition(node.condition, (*path, "condition"))
    learned: list[Facts] = []
    ends: list[bool] = []
    branches = ((outcome.holds, node.then, "then"), (outcome.fails, node.otherwise, "else"))
    for facts, statements, name in branches:
        with checker.scope.assuming(facts) as mark:
            ends.append(block(checker, statements, (*path, name)))
            if not ends[-1]:
                learned.append(checker.scope.learned(mark))
    checker.ends[id(node)] = (ends[0], ends[1])
    if len(learned) == 1:
        checker.scope.assume(learned[0])
    elif learned:
        checker.scope.assume(either(*learned))
    return not learned


def _for_each(checker: Checker, node: nodes.ForEach, path: Path) -> None:
    """A block for each element. Nothing that it finds out is known afterwards: it may never run."""
    checker.count_branch(path)
    element = checker.array(node.array, (*path, "array"))
    item = Binding(node.item, (*path, "item"), element, must_be_used=False)
    with checker.scope.assuming(NOTHING):
        known = can_declare(checker, item)
        if known:
            checker.scope.names[node.item] = item
        block(checker, node.body, (*path, "body"))
        if known:
            del checker.scope.names[node.item]


def _return(checker: Checker, node: nodes.Return, path: Path) -> None:
    operation = checker.operation
    if operation is None:
        if node.value is not None:
            checker.infer(node.value, (*path, "value"))
    elif node.value is None:
        if operation.response is not None:
            checker.report(
                codes.MISSING_RESPONSE,
                path,
                f"{operation.method} {operation.path} answers with {operation.response}.",
                expected=operation.response,
            )
    elif operation.response is None:
        checker.infer(node.value, (*path, "value"))
        checker.report(
            codes.NEEDLESS_RESPONSE,
            (*path, "value"),
            f"{operation.method} {operation.path} answers with nothing.",
            expected="no value",
        )
    else:
        checker.conform(node.value, (*path, "value"), Named(operation.response, "write"))


def _insert(checker: Checker, node: nodes.Insert, path: Path) -> None:
    """A new row. Columns that must not be null have a value, but for the key."""
    table = table_of(checker, node.table, (*path, "table"))
    names = _values(checker, node, path, table)
    if table is not None:
        missing = [
            column.name
            for column in table.columns.values()
            if not column.nullable and column.name not in names and column.name != table.key
        ]
        if missing:
            checker.report(
                codes.INCOMPLETE_ROW,
                (*path, "values"),
                f"A row of {quoted(table.name)} needs {', '.join(map(quoted, missing))} too.",
                expected=", ".join(missing),
            )
    bind(checker, node.bind, (*path, "bind"), table.row if table else ERROR)


def _values(checker: Checker, node: nodes.Insert | nodes.Update, path: Path, table: Table | None) -> set[str]:
    """Checks the values of columns, and gives the columns' names."""
    at = (*path, "values")
    for index, one in unique_properties(checker, node.values, at):
        column = column_of(checker, table, one.name, (*at, index, "name")) if table else None
        if column is None:
            checker.infer(one.value, (*at, index, "value"))
        else:
            checker.conform(one.value, (*at, index, "value"), column.type)
    return {one.name for one in node.values}


def _update(checker: Checker, node: nodes.Update, path: Path) -> None:
    table = table_of(checker, node.table, (*path, "table"))
    if table is not None:
        where(checker, node.where, (*path, "where"), table)
    _values(checker, node, path, table)
    bind(checker, node.bind, (*path, "bind"), Array(table.row) if table else ERROR)


def _remove(checker: Checker, node: nodes.Remove, path: Path) -> None:
    table = table_of(checker, node.table, (*path, "table"))
    if table is not None:
        where(checker, node.where, (*path, "where"), table)


_SIMPLE: dict[type, Any] = {
    nodes.Declare: _declare,
    nodes.Call: requests.call,
    nodes.Authenticate: requests.authenticate,
    nodes.AssertEqual: requests.assert_equal,
    nodes.AssertNotEqual: requests.assert_equal,
    nodes.AssertThat: requests.assert_that,
    nodes.AssertRejected: requests.assert_rejected,
    nodes.Insert: _insert,
    nodes.Update: _update,
    nodes.Remove: _remove,
}


def way_through(checker: Checker, statements: Sequence[nodes.Statement], path: Path) -> Path:
    """The innermost block at whose end a program goes on, where :func:`block` found that it does."""
    while statements and isinstance(last := statements[-1], nodes.If):
        then_ends, else_ends = checker.ends.get(id(last), (False, False))
        if then_ends == else_ends:
            break
        path = (*path, len(statements) - 1, "else" if then_ends else "then")
        statements = last.otherwise if then_ends else last.then
    return path
