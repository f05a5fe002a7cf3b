"""Mutants: an operation program with one deliberate defect, made by named operators.

A good test notices them. Operators work on the program as JSON, where a place is a path and a change is a
copy; each change gives at most one program, named by operator and path. What the checker refuses is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path, errors, render_path
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.environment import Environment
from fcbench_action.language.program.statements import OperationProgram

Json = dict[str, Any]
MOST_PLACES = 12
"""Places of one program at which one operator is applied: so long programs do not outweigh all others."""

Change = tuple[Path, Json]
"""Where below a node something is changed, and the node with the change made."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """``program`` is what ``operator`` made of another one at ``path``."""

    operator: str
    path: Path
    program: OperationProgram

    @property
    def name(self) -> str:
        """The operator and where it changed something: ``wrong-status at $.statements[1].then[0].status``."""
        return f"{self.operator} at {render_path(self.path)}"


def mutants(program: OperationProgram, environment: Environment) -> Iterator[Mutant]:
    """Mutants of ``program`` that still pass the checker; no two are the same program.

    By operator, and then by place. Where an operator finds more than :data:`MOST_PLACES` places it changes as
    many of them, evenly spread. Equivalent mutants are among them: only tests can tell.
    """
    seen = {msgspec.json.encode(program)}
    for mutant in _changed(program, environment, _spread):
        text = msgspec.json.encode(mutant.program)
        if text not in seen:
            seen.add(text)
            typed = mutant.operator in _TYPED or not errors(check_operation(mutant.program, environment))
            if typed:
                yield mutant


def remake(program: OperationProgram, environment: Environment, names: frozenset[str]) -> dict[str, Mutant]:
    """The mutants of these names, by name. They are taken to pass the checker; unknown names are left out."""

    def named(sites: list[_Site]) -> list[_Site]:
        return [site for site in sites if site.name in names]

    return {mutant.name: mutant for mutant in _changed(program, environment, named)}


@dataclass(frozen=True, slots=True)
class _Site:
    """Where an operator changes something: ``node`` takes the place of what is at ``at``."""

    operator: str
    at: Path
    below: Path
    node: Json

    @property
    def name(self) -> str:
        return f"{self.operator} at {render_path((*self.at, *self.below))}"


def _changed(
    program: OperationProgram, environment: Environment, choose: Callable[[list[_Site]], list[_Site]]
) -> Iterator[Mutant]:
    """What operators make that is of the right form, at those of each operator's sites that are chosen."""
    tree = msgspec.json.decode(msgspec.json.encode(program))  # lists, where to_builtins gives tuples
    nodes = list(_nodes(tree))
    for operator, change in OPERATORS.items():
        sites = [_Site(operator, path, *one) for path, node in nodes for one in change(node, environment)]
        for site in choose(sites):
            made = _converted(_replaced(tree, site.at, site.node))
            if made is not None:
                yield Mutant(operator, (*site.at, *site.below), made)


def _spread(sites: list[_Site]) -> list[_Site]:
    if len(sites) <= MOST_PLACES:
        return sites
    return [sites[index * len(sites) // MOST_PLACES] for index in range(MOST_PLACES)]


def _nodes(tree: Json) -> Iterator[tuple[Path, Json]]:
    """Every object in the tree, each before what is inside of it."""
    pending: list[tuple[Path, Any]] = [((), tree)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            yield path, value
            pending += [((*path, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            pending += [((*path, index), inner) for index, inner in reversed(list(enumerate(value)))]


def _replaced(tree: Any, path: Path, new: Any) -> Any:
    """A copy of ``tree`` with ``new`` at ``path``; what is not on the way there is shared."""
    if not path:
        return new
    copy = tree.copy()
    copy[path[0]] = _replaced(tree[path[0]], path[1:], new)
    return copy


def _converted(tree: Json) -> OperationProgram | None:
    try:
        return msgspec.convert(tree, OperationProgram)
    except msgspec.ValidationError:  # such as a block that may not be empty
        return None


# Conditions on rows


def _forget_deletion(node: Json, _: Environment) -> Iterator[Change]:
    """Finds rows that are in the trash, closed or revoked as well, or forgets to mark them as such."""
    yield from _without_condition(node, _asks_for_mark)
    if node.get("type") == "update":
        for index, value in enumerate(node["values"]):
            if _is_mark(value["name"]) and value["value"]["type"] != "nullLiteral":
                yield ("values", index), _without(node, "values", index)


def _drop_condition(node: Json, _: Environment) -> Iterator[Change]:
    """Asks for one condition less on rows."""
    yield from _without_condition(node, lambda condition: not _asks_for_mark(condition))


def _all_to_any(node: Json, _: Environment) -> Iterator[Change]:
    """Finds rows that meet any of the conditions, where all were meant; or the other way round."""
    other = {"all": "any", "any": "all"}.get(node.get("type", ""))
    if other is not None and len(node["of"]) > 1:
        yield (), {**node, "type": other}


def _unfiltered(node: Json, _: Environment) -> Iterator[Change]:
    """Works on all rows or elements, where only some were meant."""
    if node.get("type") in ("findMany", "count", "aggregate"):
        yield ("where",), {**node, "where": _EVERYTHING}
    if node.get("type") == "filter":
        yield (), node["array"]


_EVERYTHING: Json = {"type": "all", "of": []}
_UNTIL_HAPPENED = "_at"


def _without_condition(node: Json, chosen: Callable[[Json], bool]) -> Iterator[Change]:
    if node.get("type") in ("all", "any"):
        for index, condition in enumerate(node["of"]):
            if chosen(condition):
                yield ("of", index), _without(node, "of", index)
    where = node.get("where")
    if where is not None and where["type"] not in ("all", "any") and chosen(where):
        yield ("where",), {**node, "where": _EVERYTHING}


def _asks_for_mark(condition: Json) -> bool:
    return condition["type"] == "isNull" and _is_mark(condition["name"])


def _is_mark(column: str) -> bool:
    """Whether a column keeps when something ended, and is null until then."""
    return column.endswith(_UNTIL_HAPPENED) and column not in ("created_at", "updated_at")


# Checks and conditions


def _drop_check(node: Json, _: Environment) -> Iterator[Change]:
    """Forgets a check of permission, ownership or state."""
    yield from _without_statements(node, lambda one: _rejects(one) not in (None, _CONFLICT))


def _drop_uniqueness(node: Json, _: Environment) -> Iterator[Change]:
    """Forgets to refuse what is there already."""
    yield from _without_statements(node, lambda one: _rejects(one) == _CONFLICT)


def _drop_operand(node: Json, _: Environment) -> Iterator[Change]:
    """Forgets one half of a condition."""
    if node.get("type") == "logical" and node["operator"] in ("&&", "||"):
        yield ("left",), node["right"]
        yield ("right",), node["left"]


def _negate_condition(node: Json, _: Environment) -> Iterator[Change]:
    """Takes a condition for its opposite."""
    if node.get("type") in ("if", "conditional"):
        yield ("condition",), {**node, "condition": _negated(node["condition"])}
    if node.get("type") in ("filter", "find", "some", "every"):
        arrow = node["arrow"]
        yield ("arrow", "body"), {**node, "arrow": {**arrow, "body": _negated(arrow["body"])}}
    if node.get("type") == "related":
        yield ("quantifier",), {**node, "quantifier": "some" if node["quantifier"] == "none" else "none"}


def _shift_comparison(node: Json, _: Environment) -> Iterator[Change]:
    """Compares in a neighbouring way: at least for more than, unequal for equal."""
    if node.get("type") == "compare":
        yield ("operator",), {**node, "operator": _NEIGHBOURS[node["operator"]]}


def _shift_condition(node: Json, _: Environment) -> Iterator[Change]:
    """Compares columns in a neighbouring way: at least for more than, beginning for containing."""
    if node.get("type") == "field" and node["operator"] in _NEIGHBOURS:
        yield ("operator",), {**node, "operator": _NEIGHBOURS[node["operator"]]}


def _wrong_status(node: Json, _: Environment) -> Iterator[Change]:
    """Refuses with another status."""
    if node.get("type") == "reject":
        yield ("status",), {**node, "status": _OTHER_STATUS.get(node["status"], 400)}


_CONFLICT = 409
_OTHER_STATUS = {400: 422, 401: 403, 403: 404, 404: 403, 409: 400, 422: 400}
_NEIGHBOURS = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "===": "!==",
    "!==": "===",
    "less": "lessOrEqual",
    "lessOrEqual": "less",
    "greater": "greaterOrEqual",
    "greaterOrEqual": "greater",
    "notEquals": "equals",
    "contains": "startsWith",
    "startsWith": "contains",
}
_OPPOSITE = {"===": "!==", "!==": "===", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _roll_back(node: Json, _: Environment) -> Iterator[Change]:
    """Loses with a refusal what was to be kept of it."""
    if node.get("type") == "reject" and node.get("keep"):
        yield ("keep",), {**node, "keep": False}


def _rejects(statement: Json) -> int | None:
    """The status with which a mere check ends the operation; None for what is no such statement."""
    if statement["type"] != "if" or statement.get("else") or not statement["then"]:
        return None
    last = statement["then"][-1]
    return last["status"] if last["type"] == "reject" else None


def _negated(condition: Json) -> Json:
    if condition["type"] == "not":
        operand: Json = condition["operand"]
        return operand
    if condition["type"] == "compare":
        return {**condition, "operator": _OPPOSITE[condition["operator"]]}
    return {"type": "not", "operand": condition}


# Writes


def _skip_updated_at(node: Json, _: Environment) -> Iterator[Change]:
    """Changes a row without saying when."""
    if node.get("type") == "update":
        for index, value in enumerate(node["values"]):
            if value["name"] == "updated_at":
                yield ("values", index), _without(node, "values", index)


def _drop_column(node: Json, _: Environment) -> Iterator[Change]:
    """Forgets to write a column."""
    if node.get("type") in ("insert", "update"):
        for index in range(len(node["values"])):
            yield ("values", index), _without(node, "values", index)


def _other_column(node: Json, environment: Environment) -> Iterator[Change]:
    """Writes into a column what belongs into another one of the same type."""
    if node.get("type") not in ("insert", "update") or node["table"] not in environment.tables:
        return
    columns = environment.tables[node["table"]].columns
    values = node["values"]
    for index, value in enumerate(values):
        for other in (*values[index + 1 :], *values[:index]):
            known = value["name"] in columns and other["name"] in columns
            if known and columns[value["name"]].type == columns[other["name"]].type:
                changed = {**value, "value": other["value"]}
                yield ("values", index), {**node, "values": _with(values, index, changed)}
                break


def _drop_write(node: Json, _: Environment) -> Iterator[Change]:
    """Forgets one of its writes."""
    yield from _without_statements(node, lambda one: one["type"] in _WRITES)


def _swap_writes(node: Json, _: Environment) -> Iterator[Change]:
    """Writes in another order."""
    for key, block in _blocks(node):
        for index, (first, second) in enumerate(pairwise(block)):
            if first["type"] in _WRITES and second["type"] in _WRITES:
                swapped = [*block[:index], second, first, *block[index + 2 :]]
                yield (key, index), {**node, key: swapped}


_WRITES = frozenset({"insert", "update", "remove"})


# Lists and answers


def _shift_page(node: Json, _: Environment) -> Iterator[Change]:
    """Begins or ends a page one too late."""
    fields = {"findMany": ("skip", "take"), "slice": ("start", "end")}.get(node.get("type", ""), ())
    for field in fields:
        if node.get(field) is not None:
            one = {"type": "integerLiteral", "value": 1}
            more = {"type": "arithmetic", "operator": "+", "left": node[field], "right": one}
            yield (field,), {**node, field: more}


def _reverse_order(node: Json, _: Environment) -> Iterator[Change]:
    """Sorts the other way round."""
    if node.get("direction") in ("asc", "desc"):
        yield ("direction",), {**node, "direction": "asc" if node["direction"] == "desc" else "desc"}


def _drop_order(node: Json, _: Environment) -> Iterator[Change]:
    """Forgets to sort, or to sort by one of several things."""
    for index in range(len(node.get("orderBy", ()))):
        yield ("orderBy", index), _without(node, "orderBy", index)
    if node.get("type") == "sort":
        yield (), node["array"]


def _forget_property(node: Json, environment: Environment) -> Iterator[Change]:
    """Answers null where there is something to say."""
    if node.get("type") in ("objectLiteral", "merge"):
        for index, value in enumerate(node["properties"]):
            if value["name"] not in environment.nullable_properties:
                continue
            changed = {**value, "value": {"type": "nullLiteral"}}
            yield ("properties", index), {**node, "properties": _with(node["properties"], index, changed)}


def _without_statements(node: Json, chosen: Callable[[Json], bool]) -> Iterator[Change]:
    for key, block in _blocks(node):
        for index, statement in enumerate(block):
            if chosen(statement):
                yield (key, index), _without(node, key, index)


def _blocks(node: Json) -> Iterator[tuple[str, list[Json]]]:
    """The lists of statements that a node holds."""
    for key in ("statements", "then", "else", "body"):
        if isinstance(block := node.get(key), list):
            yield key, block


def _without(node: Json, key: str, index: int) -> Json:
    return {**node, key: [*node[key][:index], *node[key][index + 1 :]]}


def _with(items: list[Json], index: int, new: Json) -> list[Json]:
    return [*items[:index], new, *items[index + 1 :]]


OPERATORS: dict[str, Callable[[Json, Environment], Iterator[Change]]] = {
    "forget-deletion": _forget_deletion,
    "drop-condition": _drop_condition,
    "all-to-any": _all_to_any,
    "unfiltered": _unfiltered,
    "drop-check": _drop_check,
    "drop-uniqueness": _drop_uniqueness,
    "drop-operand": _drop_operand,
    "shift-condition": _shift_condition,
    "shift-comparison": _shift_comparison,
    "negate-condition": _negate_condition,
    "wrong-status": _wrong_status,
    "roll-back": _roll_back,
    "skip-updated-at": _skip_updated_at,
    "drop-column": _drop_column,
    "other-column": _other_column,
    "drop-write": _drop_write,
    "swap-writes": _swap_writes,
    "shift-page": _shift_page,
    "reverse-order": _reverse_order,
    "drop-order": _drop_order,
    "forget-property": _forget_property,
}
"""By name. Where two operators make the same program, the first one named here has made it."""

_TYPED = frozenset(
    {
        "forget-deletion",
        "drop-condition",
        "all-to-any",
        "shift-condition",
        "wrong-status",
        "roll-back",
        "shift-page",
        "reverse-order",
    }
)
"""Operators that change no types, nor what names mean: what they make needs no checking."""
