"""Programs that would take for ever, or all memory, end soon, and say at which limit and node."""

from __future__ import annotations

import time
from typing import Any

import pytest

from fcbench_action.diagnostics import Diagnostic, render_path
from fcbench_action.judge.limits import MAX_DEPTH
from fcbench_action.language.program.backend import Response, run_test
from fcbench_action.language.program.expressions import BooleanLiteral, Expression, Not
from fcbench_action.language.program.interpreter import limits
from fcbench_action.language.program.statements import OperationKey, OperationProgram, Return
from tests.program_world import EVERYTHING, Json, backend, call, field, invoke, lit, obj, program, props, var

SECONDS = 3.0
"""Of processor time, on a slow machine, for what reaches a limit."""


def run(*statements: Json, body: Any = None) -> Response:
    """What `post /any` answers, with these statements before it returns nothing much."""
    with backend({"post /any": [*statements, {"type": "return", "value": obj()}]}).open() as front:
        begun = time.process_time()
        answer = front.request("post", "/any", None, body or {})
        assert time.process_time() - begun < SECONDS
        return answer


def fault(*statements: Json, body: Any = None) -> Diagnostic:
    answer = run(*statements, body=body)
    assert answer.status == 500
    return answer.diagnostics[0]


def declare(name: str, value: Json) -> Json:
    return {"type": "declare", "name": name, "value": value}


def each(array: Json, item: str, *body: Json) -> Json:
    return {"type": "forEach", "array": array, "item": item, "body": list(body)}


def mapped(array: Json, parameter: str, body: Json) -> Json:
    return {"type": "map", "array": array, "arrow": {"parameter": parameter, "body": body}}


def thousand() -> Json:
    """A statement that declares `many`, an array of a thousand digits."""
    return declare("many", invoke("split", invoke("randomText", lit("0123456789"), lit(1000)), lit("")))


def doubled(statements: int, start: Json, twice: Any) -> list[Json]:
    """Names, each made of two of the one before."""
    made = [declare("v0", start)]
    return made + [declare(f"v{n}", twice(var(f"v{n - 1}"))) for n in range(1, statements)]


def twice_text(one: Json) -> Json:
    return {"type": "template", "parts": [one, one]}


def twice_array(one: Json) -> Json:
    return {"type": "concat", "arrays": [one, one]}


def pair(one: Json) -> Json:
    return {"type": "arrayLiteral", "elements": [one, one]}


def test_loops_in_loops_end_by_steps() -> None:
    many = var("many")
    inner = declare("d", {"type": "arithmetic", "operator": "+", "left": lit(1), "right": lit(1)})
    found = fault(thousand(), each(many, "a", each(many, "b", each(many, "c", inner))))
    assert found.code == "limit-reached" and "1,000,000 steps" in found.message
    assert render_path(found.path) == "$.statements[1].body[0].body[0]"


def test_arrows_in_arrows_end_by_steps() -> None:
    many = var("many")
    found = fault(thousand(), declare("r", mapped(many, "a", mapped(many, "b", mapped(many, "c", lit(1))))))
    assert found.code == "limit-reached" and "steps" in found.message
    assert render_path(found.path) == "$.statements[1].value.arrow.body.arrow.body"


def test_a_text_that_doubles_ends_by_its_length() -> None:
    found = fault(*doubled(60, lit("x" * 50), twice_text))
    assert found.code == "limit-reached" and "1,000,000 characters of one text" in found.message


@pytest.mark.parametrize("function", ["upper", "lower", "trim"])
def test_texts_that_are_made_again_and_again_end_by_all_their_characters(function: str) -> None:
    long = doubled(14, lit("x" * 100), twice_text)
    loop = each(var("many"), "a", declare("b", invoke(function, var("v13"))))
    found = fault(thousand(), *long, loop)
    assert found.code == "limit-reached" and "10,000,000 characters in all" in found.message


def test_joining_is_counted_before_it_is_done() -> None:
    long = doubled(14, lit("x" * 100), twice_text)
    texts = mapped(var("many"), "a", var("v13"))
    found = fault(thousand(), *long, declare("r", invoke("join", texts, lit(""))))
    assert "characters of one text" in found.message


def test_an_array_that_doubles_ends_by_its_length() -> None:
    found = fault(*doubled(60, lit([1, 2, 3]), twice_array))
    assert found.code == "limit-reached" and "100,000 elements of one array" in found.message


def test_values_that_share_parts_without_end_are_compared_by_steps() -> None:
    """Sixty levels of pairs of the same: small in memory, 2**60 elements to look at."""
    compared = {"type": "compare", "operator": "===", "left": var("v59"), "right": pair(var("v59"))}
    found = fault(*doubled(60, lit(1), pair), declare("r", compared))
    assert found.code == "limit-reached" and "steps" in found.message


def test_values_that_share_parts_without_end_are_no_response_and_no_request() -> None:
    many = doubled(60, lit(1), pair)
    with backend(
        {"post /any": [*many, {"type": "return", "value": obj(numbers=var("v59"))}]}
    ).open() as front:
        assert front.request("post", "/any", None, {}).diagnostics[0].code == "response-mismatch"
    asked = [*many, call("alice", "post /any", obj(numbers=var("v59")))]
    assert run_test(program(*asked), backend({"post /any": many})).diagnostics[0].code in (
        "limit-reached",
        "call-failed",
    )


def test_values_may_nest_deeper_than_any_program() -> None:
    deep = doubled(3000, lit(1), lambda one: {"type": "arrayLiteral", "elements": [one]})
    compared = {"type": "compare", "operator": "===", "left": var("v2999"), "right": var("v2998")}
    included = {"type": "includes", "array": var("v2999"), "value": var("v2998")}
    rejected = {
        "type": "if",
        "condition": compared,
        "then": [{"type": "reject", "status": 400, "message": lit("")}],
    }
    assert run(*deep, rejected, declare("r", included)).status == 201
    shown = {"type": "assertEqual", "title": "t", "actual": var("v2999"), "expected": lit(1)}
    found = run_test(program(*deep, shown), backend({})).diagnostics[0]
    assert found.code == "assertion-failed" and found.actual.startswith("[[[[") and len(found.actual) < 400


def test_comparing_long_texts_counts() -> None:
    long = [*doubled(14, lit("x" * 100), twice_text), declare("w", invoke("lower", var("v13")))]
    compared = {"type": "compare", "operator": "===", "left": var("v13"), "right": var("w")}
    found = fault(thousand(), *long, each(var("many"), "a", declare("b", compared)))
    assert found.code == "limit-reached" and "steps" in found.message


def test_writing_ends_by_rows() -> None:
    row = {"type": "insert", "table": "admins", "values": props(name=lit("n"))}
    found = fault(thousand(), each(var("many"), "a", each(var("many"), "b", row)))
    assert found.code == "limit-reached" and "5,000 rows written" in found.message
    assert render_path(found.path) == "$.statements[1].body[0].body[0]"


def test_reading_ends_by_rows() -> None:
    row = {"type": "insert", "table": "admins", "values": props(name=var("a"))}
    read = declare("r", {"type": "findMany", "table": "admins", "where": EVERYTHING, "orderBy": []})
    found = fault(thousand(), each(var("many"), "a", row), each(var("many"), "b", read))
    assert found.code == "limit-reached" and "20,000 rows read" in found.message


def test_writing_long_texts_to_many_rows_ends_by_characters() -> None:
    row = {"type": "insert", "table": "admins", "values": props(name=var("a"))}
    long = doubled(14, lit("x" * 100), twice_text)
    change = {"type": "update", "table": "admins", "where": EVERYTHING, "values": props(name=var("v13"))}
    found = fault(thousand(), each(var("many"), "a", row), *long, change)
    assert found.code == "limit-reached" and "characters in all" in found.message


def test_work_of_the_database_is_counted_where_it_gives_no_rows() -> None:
    row = {"type": "insert", "table": "admins", "values": props(name=var("a"))}
    search = {"type": "all", "of": [field("name", "contains", lit(f"z{n}")) for n in range(50)]}
    anywhere = {"type": "any", "of": [field("name", "contains", lit(f"z{n}")) for n in range(50)]}
    nothing = {"type": "count", "table": "admins", "where": {"type": "any", "of": [search, anywhere]}}
    found = fault(thousand(), each(var("many"), "a", row), each(var("many"), "b", declare("r", nothing)))
    assert found.code == "limit-reached" and "20,000,000 conditions tried on rows" in found.message
    assert render_path(found.path) == "$.statements[2].body[0].value.where"


def test_a_write_that_takes_too_much_work_is_undone_and_the_backend_goes_on() -> None:
    row = {"type": "insert", "table": "admins", "values": props(name=var("a"))}
    counted = {"type": "count", "table": "admins", "where": EVERYTHING}
    answer = {"type": "return", "value": obj(numbers={"type": "arrayLiteral", "elements": [counted]})}
    long = doubled(14, lit("x" * 100), twice_text)
    slow = {"type": "any", "of": [field("name", "contains", lit(f"z{n}")) for n in range(400)]}
    change = {"type": "update", "table": "admins", "where": slow, "values": props(name=lit("n"))}
    drop = {"type": "remove", "table": "admins", "where": slow}
    operations = {
        "post /any": [thousand(), each(var("many"), "a", row), {"type": "return", "value": obj()}],
        "get /pages/{number}/{exact}": [answer],
        "post /admins": [thousand(), *long, each(var("many"), "b", change, drop), answer],
    }
    with backend(operations).open() as front:
        assert front.request("post", "/any", None, {}).status == 201
        found = front.request("post", "/admins")
        assert "conditions tried on rows" in found.diagnostics[0].message
        assert front.request("get", "/pages/1/true").body == {"numbers": [1000]}


def test_a_where_tree_has_so_many_conditions() -> None:
    wide = {"type": "all", "of": [{"type": "isNull", "name": "name"}] * limits.MOST_CONDITIONS}
    assert "conditions" in fault(declare("r", {"type": "exists", "table": "admins", "where": wide})).message


def test_an_in_has_so_many_choices() -> None:
    many = invoke("split", invoke("randomText", lit("ab"), lit(limits.MOST_CHOICES + 1)), lit(""))
    where = field("name", "in", many)
    assert "choices" in fault(declare("r", {"type": "exists", "table": "admins", "where": where})).message


@pytest.mark.parametrize(
    "wrap",
    [
        lambda w: {"type": "negation", "of": w},
        lambda w: {"type": "all", "of": [w, {"type": "any", "of": [{"type": "isNull", "name": "text"}]}]},
        lambda w: {"type": "any", "of": [field("stars", "equals", lit(1)), w]},
        lambda w: {"type": "any", "of": [{"type": "all", "of": [w, field("stars", "less", lit(1))]}]},
        lambda w: {"type": "related", "relation": "parent", "quantifier": "every", "where": w},
        lambda w: {"type": "related", "relation": "notes.parent", "quantifier": "none", "where": w},
    ],
    ids=["negation", "all", "any", "both", "parents", "children"],
)
def test_where_trees_run_as_deep_as_replies_nest(wrap: Any) -> None:
    """SQLite's parser and Python's stack both hold the deepest that a reply can have."""
    where = {"type": "isNull", "name": "text"}
    while depth(wrap(where)) < MAX_DEPTH - 10:
        where = wrap(where)
    assert run(declare("r", {"type": "count", "table": "notes", "where": where})).status == 201


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


def not_(one: Json) -> Json:
    return {"type": "not", "operand": one}


@pytest.mark.parametrize(
    "wrap",
    [
        not_,
        lambda one: {"type": "conditional", "condition": lit(True), "whenTrue": one, "whenFalse": lit(1)},
        lambda one: mapped(lit([1]), "x", one),
        lambda one: obj(a=one),
        lambda one: {
            "type": "sort",
            "array": lit([1]),
            "arrow": {"parameter": "x", "body": {"type": "length", "of": mapped(lit([1]), "y", one)}},
            "direction": "asc",
        },
        lambda one: invoke("join", {"type": "arrayLiteral", "elements": [one]}, lit("")),
        lambda one: {"type": "exists", "table": "admins", "where": field("name", "equals", one)},
    ],
)
def test_expressions_run_as_deep_as_replies_nest(wrap: Any) -> None:
    tree = lit("x")
    while depth(wrap(tree)) < MAX_DEPTH - 6:
        tree = wrap(tree)
    answer = run(declare("r", tree))
    assert answer.status == 201 or answer.diagnostics[0].code == "unchecked-program"


def test_statements_run_as_deep_as_replies_nest() -> None:
    block = [declare("a", lit(1))]
    while depth(block) < MAX_DEPTH - 6:
        block = [each(lit([1]), "x", {"type": "if", "condition": lit(True), "then": block})]
    assert run(*block).status == 201


def test_a_deep_test_calls_a_deep_operation() -> None:
    """Their frames are on one stack."""
    deep = lit("x")
    while depth(mapped(lit([1]), "x", deep)) < MAX_DEPTH - 6:
        deep = mapped(lit([1]), "x", deep)
    operation = [declare("a", deep), {"type": "return", "value": var("body")}]
    block: Json = call("alice", "post /any", obj())
    while depth(each(lit([1]), "x", block)) < MAX_DEPTH - 6:
        block = each(lit([1]), "x", block)
    assert run_test(program(block), backend({"post /any": operation})).passed


def test_a_tree_deeper_than_any_reply_is_refused_and_not_run() -> None:
    key = OperationKey(method="post", path="/any")
    tree: Expression = BooleanLiteral(value=True)
    for _ in range(5000):
        tree = Not(operand=tree)
    deep = OperationProgram(operation=key, statements=(Return(value=tree),))
    with backend({}).replaced({("post", "/any"): deep}).open() as front:
        answer = front.request("post", "/any", None, {})
    assert answer.status == 500 and "levels of nodes" in answer.diagnostics[0].message


def test_a_test_ends_by_its_requests() -> None:
    echo = [{"type": "return", "value": var("body")}]
    many = {"type": "repeat", "count": lit(2000), "arrow": {"parameter": "x", "body": var("x")}}
    endless = program(each(many, "n", call("alice", "post /any", obj())))
    begun = time.process_time()
    found = run_test(endless, backend({"post /any": echo}))
    assert time.process_time() - begun < SECONDS
    assert found.diagnostics[0].code == "limit-reached" and "1,000 requests" in found.diagnostics[0].message
    assert len(found.trace) == limits.MOST_REQUESTS


def test_a_test_ends_by_what_its_requests_use() -> None:
    many = var("many")
    some = {"type": "slice", "array": many, "start": lit(0), "end": lit(200)}
    slow = [
        thousand(),
        each(many, "a", each(some, "b", declare("c", lit(1)))),
        {"type": "return", "value": var("body")},
    ]
    calls = program(*(call("alice", "post /any", obj()) for _ in range(50)))
    found = run_test(calls, backend({"post /any": slow}))
    assert found.diagnostics[0].code == "limit-reached" and "3,000,000 steps" in found.diagnostics[0].message
    assert len(found.trace) < 20 and found.spent >= 1
