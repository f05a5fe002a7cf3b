"""The checker takes time in proportion to a program, and never more stack than there is."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.judge.limits import MAX_DEPTH
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.check.checker import DEEPEST_PROGRAM
from fcbench_action.language.program.statements import OperationProgram
from tests.program_world import Json, field, invoke, lit, obj, var, world

WORLD = world()
END: Json = {"type": "return", "value": obj()}
REJECT: Json = {"type": "reject", "status": 400, "message": lit("no")}
TEXT = var("body.text")


def check(*statements: Json) -> list[Diagnostic]:
    tree = {"operation": {"method": "post", "path": "/any"}, "statements": [*statements, END]}
    return check_operation(msgspec.convert(tree, OperationProgram), WORLD)


def codes(*statements: Json) -> set[str]:
    return {one.code for one in check(*statements)} - {"unused-name"}


def declare(name: str, value: Json) -> Json:
    return {"type": "declare", "name": name, "value": value}


def if_(condition: Json, then: list[Json], otherwise: list[Json] | None = None) -> Json:
    return {"type": "if", "condition": condition, "then": then, "else": otherwise or []}


def compare(left: Json, right: Json, operator: str = "===") -> Json:
    return {"type": "compare", "operator": operator, "left": left, "right": right}


def logical(operator: str, left: Json, right: Json) -> Json:
    return {"type": "logical", "operator": operator, "left": left, "right": right}


def conditional(condition: Json, when_true: Json, when_false: Json) -> Json:
    return {"type": "conditional", "condition": condition, "whenTrue": when_true, "whenFalse": when_false}


def arrow(tag: str, array: Json, name: str, body: Json) -> Json:
    return {"type": tag, "array": array, "arrow": {"parameter": name, "body": body}}


def array(*elements: Json) -> Json:
    return {"type": "arrayLiteral", "elements": list(elements)}


def exists(where: Json) -> Json:
    return {"type": "exists", "table": "notes", "where": where}


def flag(number: int) -> Json:
    return compare(TEXT, lit(f"t{number}"))


NESTS: dict[str, Callable[[Json, int], Json]] = {
    "not": lambda one, _: {"type": "not", "operand": one},
    "and-left": lambda one, n: logical("&&", one, flag(n)),
    "or-right": lambda one, n: logical("||", flag(n), one),
    "alternating": lambda one, n: logical("&&" if n % 2 else "||", {"type": "not", "operand": one}, flag(n)),
    "condition": lambda one, n: compare(conditional(one, lit("a"), TEXT), lit(f"t{n}")),
    "branch": lambda one, n: conditional(flag(n), one, flag(n + 1000)),
    "array": lambda one, _: invoke(
        "isBefore", invoke("join", array(conditional(one, lit("a"), lit("b"))), lit("")), var("now")
    ),
    "object": lambda one, _: {"type": "property", "object": obj(a=one), "name": "a"},
    "arrow": lambda one, n: arrow("some", array(lit("a"), TEXT), f"x{n}", one),
    "where": lambda one, _: exists(field("pinned", "equals", one)),
    "where-trees": lambda one, _: exists(
        {"type": "negation", "of": {"type": "all", "of": [field("pinned", "equals", one)]}}
    ),
    "merge": lambda one, _: {
        "type": "property",
        "object": {"type": "merge", "base": obj(a=one), "properties": [{"name": "b", "value": lit(1)}]},
        "name": "a",
    },
}


@pytest.mark.parametrize("name", NESTS)
def test_expressions_are_checked_as_deep_as_replies_nest(name: str) -> None:
    tree, levels = flag(0), 0
    while depth(NESTS[name](tree, levels)) < MAX_DEPTH - 3:
        tree, levels = NESTS[name](tree, levels), levels + 1
    assert levels > 10
    began = time.perf_counter()
    assert codes(declare("r", tree)) <= EXPECTED
    assert codes(if_(tree, [REJECT]), declare("r", TEXT)) <= EXPECTED
    assert time.perf_counter() - began < 1


def test_statements_are_checked_as_deep_as_replies_nest() -> None:
    block: list[Json] = [REJECT]
    levels = 0
    while depth(block) < MAX_DEPTH - 6:
        each = {"type": "forEach", "array": array(lit("a")), "item": f"x{levels}", "body": block}
        block, levels = [if_(flag(levels), [each], block[:0])], levels + 1
    assert codes(*block) <= EXPECTED


def test_a_tree_that_no_reply_could_hold_is_refused_at_its_place() -> None:
    tree = flag(0)
    for _ in range(DEEPEST_PROGRAM + 5):
        tree = {"type": "not", "operand": tree}
    (found,) = (one for one in check(declare("r", tree)) if one.code != "unused-name")
    assert found.code == "program-too-deep"
    assert found.path == ("statements", 0, "value", *["operand"] * (DEEPEST_PROGRAM - 1))


EXPECTED = {"impossible-comparison", "program-too-deep", "type-too-large"}


def depth(tree: Any) -> int:
    layer, levels = [tree], 0
    while layer:
        levels += 1
        layer = [
            inner
            for outer in layer
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return levels


def seconds(*statements: Json) -> float:
    tree = {"operation": {"method": "post", "path": "/any"}, "statements": [*statements, END]}
    program = msgspec.convert(tree, OperationProgram)
    gc.freeze()  # what other tests left in memory is not collected again and again on the checker's account
    try:
        began = time.process_time()
        check_operation(program, WORLD)
        return time.process_time() - began
    finally:
        gc.unfreeze()


MANY = 3_000


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([declare(f"v{n}", lit("a")) for n in range(MANY)], id="names"),
        pytest.param([declare("v", lit("a")) for n in range(MANY)], id="one name"),
        pytest.param([declare(f"v{n}", var(f"nothing{n}")) for n in range(MANY)], id="unknown names"),
        pytest.param(
            [
                declare("v0", obj(a=lit(1))),
                *(declare(f"v{n}", obj(a=var(f"v{n - 1}"), b=var(f"v{n - 1}"))) for n in range(1, MANY)),
            ],
            id="types that double",
        ),
        pytest.param(
            [
                declare("v0", conditional(flag(0), lit("a"), lit("b"))),
                *(
                    declare(f"v{n}", conditional(flag(n), var(f"v{n - 1}"), lit(f"c{n}")))
                    for n in range(1, MANY)
                ),
            ],
            id="choices that grow",
        ),
        pytest.param([if_(flag(n), [REJECT]) for n in range(MANY)], id="conditions on one value"),
        pytest.param(
            [
                declare("v0", flag(0)),
                *(
                    declare(
                        f"v{n}", logical("&&", var(f"v{n - 1}"), logical("||", var(f"v{n - 1}"), flag(n)))
                    )
                    for n in range(1, MANY)
                ),
                if_(var(f"v{MANY - 1}"), [REJECT]),
            ],
            id="named conditions of named conditions",
        ),
        pytest.param(
            [if_(flag(n), [if_(flag(n), [REJECT])], [if_(flag(n), [REJECT])]) for n in range(MANY)],
            id="conditions that meet again",
        ),
        pytest.param([declare("v", array(*(lit(f"a{n}") for n in range(MANY))))], id="one long array"),
        pytest.param(
            [declare("v", obj(**{f"p{n}": lit(1) for n in range(MANY)})), declare("w", var("v.p1"))],
            id="one long object",
        ),
    ],
)
def test_long_programs_take_time_in_proportion(statements: list[Json]) -> None:
    """Half a millisecond a statement is ten times what most take."""
    assert seconds(*statements) < 0.0005 * max(len(statements), MANY)
