from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from fcbench_action.diagnostics import Diagnostic, render_path
from fcbench_action.language.program.expressions import Expression
from fcbench_action.language.program.interpreter.compiler import Compiler, Names
from fcbench_action.language.program.interpreter.draws import Draws
from fcbench_action.language.program.interpreter.faults import Fault
from fcbench_action.language.program.interpreter.limits import REQUEST, Meter
from fcbench_action.language.program.interpreter.programs import TEST_EXPRESSIONS
from fcbench_action.language.program.interpreter.state import Run
from fcbench_action.language.program.interpreter.statements import SHARED
from tests.program_world import Json, invoke, lit, obj, props, var, world

WORLD = world()
LARGEST, SMALLEST = 2**63 - 1, -(2**63)


def value(tree: Json, /, seed: int = 0, **known: Any) -> Any:
    """What an expression gives; ``known`` are names and their values."""
    compiler = Compiler(WORLD, TEST_EXPRESSIONS, SHARED)
    names = Names({})
    for name in known:
        compiler.declare(name, names)
    evaluate = compiler.expression(msgspec.convert(tree, Expression), (), names)
    values = [*known.values(), *[None] * compiler.slots]
    return evaluate(Run(values, Meter(REQUEST), Draws.seeded(seed), bytearray()))


def fault(tree: Json, /, **known: Any) -> Diagnostic:
    with pytest.raises(Fault) as caught:
        value(tree, **known)
    return caught.value.diagnostic


def binary(kind: str, operator: str, left: Any, right: Any) -> Json:
    return {"type": kind, "operator": operator, "left": lit(left), "right": lit(right)}


def over(kind: str, array: Any, body: Json, **more: Any) -> Json:
    """A function of an array whose arrow has the parameter `x`."""
    return {"type": kind, "array": lit(array), "arrow": {"parameter": "x", "body": body}, **more}


def compare(operator: str, left: Json, right: Json) -> Json:
    return {"type": "compare", "operator": operator, "left": left, "right": right}


@pytest.mark.parametrize(
    ("operator", "left", "right", "expected"),
    [
        ("+", LARGEST - 1, 1, LARGEST),
        ("-", SMALLEST + 1, 1, SMALLEST),
        ("*", 2**31, 2**31, 2**62),
        ("/", 7, 2, 3.5),
        ("/", 6, 2, 3.0),
        ("%", 7, 3, 1),
        ("%", -7, 3, -1),
        ("%", 7, -3, 1),
        ("%", -7.5, 2.0, -1.5),
        ("%", LARGEST, 2, 1),
        ("+", 0.1, 0.2, 0.30000000000000004),
        ("+", 1, 0.5, 1.5),
    ],
)
def test_arithmetic_is_exact_on_integers_and_ieee_on_numbers(
    operator: str, left: Any, right: Any, expected: Any
) -> None:
    found = value(binary("arithmetic", operator, left, right))
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (binary("arithmetic", "/", 1, 0), "division-by-zero"),
        (binary("arithmetic", "%", 1, 0), "division-by-zero"),
        (binary("arithmetic", "/", 1.0, 0.0), "division-by-zero"),
        (binary("arithmetic", "%", 1.5, 0.0), "division-by-zero"),
        (binary("arithmetic", "+", LARGEST, 1), "number-overflow"),
        (binary("arithmetic", "*", SMALLEST, -1), "number-overflow"),
        (binary("arithmetic", "*", 1e200, 1e200), "number-overflow"),
        ({"type": "negate", "operand": lit(SMALLEST)}, "number-overflow"),
        (invoke("abs", lit(SMALLEST)), "number-overflow"),
        (invoke("floor", lit(1e300)), "number-overflow"),
        (over("sum", [LARGEST, 1], var("x")), "number-overflow"),
        (over("sum", [1e308, 1e308], var("x")), "number-overflow"),
        ({"type": "slice", "array": lit([1]), "start": lit(-1)}, "negative-count"),
        (invoke("addSeconds", lit("soon"), lit(1)), "not-a-time"),
        (invoke("addSeconds", lit("9999-12-31T23:59:59Z"), lit(1)), "not-a-time"),
        (invoke("addSeconds", lit("2026-01-01T00:00:00Z"), lit(1e308)), "not-a-time"),
        (invoke("isBefore", lit("2026-02-30T00:00:00Z"), lit("2026-01-01T00:00:00Z")), "not-a-time"),
        (invoke("randomText", lit(""), lit(1)), "too-few-elements"),
        (invoke("randomText", lit("ab"), lit(-1)), "negative-count"),
        ({"type": "randomPick", "array": lit([])}, "too-few-elements"),
        ({"type": "randomSample", "array": lit([1]), "count": lit(2)}, "too-few-elements"),
        ({"type": "randomInteger", "minimum": lit(2), "maximum": lit(1)}, "reversed-bounds"),
        ({"type": "randomNumber", "minimum": lit(2.5), "maximum": lit(1.5)}, "reversed-bounds"),
        ({"type": "randomString", "minLength": lit(2), "maxLength": lit(1)}, "reversed-bounds"),
    ],
)
def test_what_has_no_result_ends_the_run_at_its_node(tree: Json, code: str) -> None:
    assert fault(tree).code == code


def test_the_path_of_a_fault_is_that_of_the_node() -> None:
    tree = over("map", [1], binary("arithmetic", "/", 1, 0))
    assert render_path(fault(tree).path) == "$.arrow.body.right"


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (0, None, False),
        ("1", 1, False),
        (2**53 + 1, float(2**53), False),
        ([1, [2]], [1, [2.0]], True),
        ([1, 2], [2, 1], False),
        ([[], [1]], [[1], []], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1, "b": None}, {"a": 1}, True),
        ({"a": [True]}, {"a": [1]}, False),
        ({}, [], False),
        (None, {}, False),
    ],
)
def test_equality_is_by_value(left: Any, right: Any, same: bool) -> None:
    trees = compare("===", var("a"), var("b")), compare("!==", var("a"), var("b"))
    assert [value(tree, a=left, b=right) for tree in trees] == [same, not same]


def test_strings_are_compared_and_counted_by_code_point() -> None:
    assert value(compare("<", lit("\uffff"), lit("😀"))) is True  # by UTF-16 units it would not be
    assert value({"type": "length", "of": lit("a😀")}) == 2


def test_operands_are_only_evaluated_where_they_are_needed() -> None:
    never = binary("arithmetic", "/", 1, 0)
    failing = compare("===", never, lit(1))
    assert value({"type": "logical", "operator": "&&", "left": lit(False), "right": failing}) is False
    assert value({"type": "logical", "operator": "||", "left": lit(True), "right": failing}) is True
    assert value({"type": "logical", "operator": "??", "left": lit(0), "right": never}) == 0
    condition = {"type": "conditional", "condition": lit(None), "whenTrue": never, "whenFalse": lit("no")}
    assert value(condition) == "no"


def test_a_condition_that_is_not_boolean_asks_for_null() -> None:
    for given, expected in ((None, True), (0, False), ("", False), ([], False), ({}, False), (False, True)):
        assert value({"type": "not", "operand": var("x")}, x=given) is expected


def test_properties_that_are_not_there_are_null_and_given_tells_them_apart() -> None:
    body = {"a": None}
    for name in ("a", "b"):
        assert value({"type": "property", "object": var("body"), "name": name}, body=body) is None
    asked = [value({"type": "given", "object": var("body"), "name": n}, body=body) for n in ("a", "b")]
    assert asked == [True, False]
    assert value({"type": "optionalProperty", "object": lit(None), "name": "a"}) is None


def test_elements_beyond_either_end_are_null() -> None:
    found = [value({"type": "element", "array": lit([1, 2]), "index": lit(at)}) for at in (-1, 0, 1, 2)]
    assert found == [None, 1, 2, None]


def test_merging_copies() -> None:
    base = {"a": 1, "b": 2}
    merged = value({"type": "merge", "base": var("base"), "properties": props(b=lit(3))}, base=base)
    assert merged == {"a": 1, "b": 3} and base == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1"),
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.000001, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (123456789.125, "123456789.125"),
        (12345678901234567.0, "12345678901234568"),
        (1.2345678901234567e20, "123456789012345670000"),
        (-2.5, "-2.5"),
    ],
)
def test_templates_write_numbers_as_javascript_does(number: float, text: str) -> None:
    assert value({"type": "template", "parts": [lit("<"), var("n"), lit(">")]}, n=number) == f"<{text}>"


def test_functions_over_arrays() -> None:
    twice = {"type": "arithmetic", "operator": "*", "left": var("x"), "right": lit(2)}
    large = compare(">", var("x"), lit(2))
    assert value(over("map", [1, 2], twice)) == [2, 4]
    assert value(over("filter", [1, 3, 5], large)) == [3, 5]
    assert value(over("find", [1, 3, 5], large)) == 3
    assert value(over("find", [1], large)) is None
    assert [value(over("some", a, large)) for a in ([1, 3], [1], [])] == [True, False, False]
    assert [value(over("every", a, large)) for a in ([1, 3], [3], [])] == [False, True, True]
    assert value(over("sum", [1, 2], twice)) == 6
    assert value(over("sum", [], twice)) == 0
    assert value(over("groupCount", ["b", "a", "b"], var("x"))) == [
        {"key": "b", "count": 2},
        {"key": "a", "count": 1},
    ]
    assert value({"type": "distinct", "array": var("a")}, a=[1, {"a": 1}, 1.0, True, {"a": 1.0}]) == [
        1,
        {"a": 1},
        True,
    ]
    assert value({"type": "includes", "array": lit([[1], [2]]), "value": lit([2])}) is True
    assert value({"type": "concat", "arrays": [lit([1]), lit([]), lit([2])]}) == [1, 2]
    assert value({"type": "slice", "array": lit([1, 2, 3]), "start": lit(1), "end": lit(9)}) == [2, 3]
    assert value({"type": "slice", "array": lit([1, 2, 3]), "start": lit(2), "end": lit(1)}) == []


@pytest.mark.parametrize(("direction", "order"), [("asc", "acbd"), ("desc", "bdac")])
def test_sorting_is_stable_in_both_directions(direction: str, order: str) -> None:
    rows = [{"name": name, "rank": rank} for name, rank in (("a", 1), ("b", 2), ("c", 1), ("d", 2))]
    tree = over("sort", [], var("x.rank"), direction=direction) | {"array": var("rows")}
    assert "".join(row["name"] for row in value(tree, rows=rows)) == order


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (("lower", "ÀB"), "àb"),
        (("upper", "ß"), "SS"),
        (("trim", " \n a b "), "a b"),
        (("startsWith", "abc", ""), True),
        (("endsWith", "abc", "bc"), True),
        (("contains", "abc", "d"), False),
        (("split", "a,b,", ","), ["a", "b", ""]),
        (("split", "a😀", ""), ["a", "😀"]),
        (("join", ["a", "b"], ", "), "a, b"),
        (("floor", -1.5), -2),
        (("ceil", -1.5), -1),
        (("round", 2.5), 3),
        (("round", -2.5), -2),
        (("round", 7), 7),
        (("min", 1, 0.5), 0.5),
        (("max", 1, 2), 2),
        (("abs", -1.5), 1.5),
        (("addSeconds", "2026-02-28T23:59:59.5Z", 86_400), "2026-03-01T23:59:59.500Z"),
        (("addSeconds", "2026-01-01T00:00:00+02:00", -1), "2025-12-31T21:59:59.000Z"),
        (("isBefore", "2026-01-01T00:00:00+01:00", "2026-01-01T00:00:00Z"), True),
        (("isBefore", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00"), False),
    ],
)
def test_builtins(call: tuple[Any, ...], expected: Any) -> None:
    name, *arguments = call
    found = value(invoke(name, *map(lit, arguments)))
    assert found == expected and type(found) is type(expected)


def test_passwords_are_salted_and_verified_and_digests_repeat() -> None:
    hashed = obj(a=invoke("hashPassword", lit("secret")), b=invoke("hashPassword", lit("secret")))
    made = value(hashed)
    assert made["a"] != made["b"] and "secret" not in made["a"]
    right = [value(invoke("verifyPassword", lit(word), var("h")), h=made["a"]) for word in ("secret", "x")]
    assert right == [True, False]
    assert value(invoke("digest", lit("a"))) == value(invoke("digest", lit("a")), seed=1)


def test_random_values_keep_their_promises_and_repeat_with_their_seed() -> None:
    tree = obj(
        boolean={"type": "randomBoolean"},
        integer={"type": "randomInteger", "minimum": lit(-2), "maximum": lit(2)},
        whole={"type": "randomInteger", "minimum": lit(SMALLEST), "maximum": lit(LARGEST)},
        number={"type": "randomNumber", "minimum": lit(-1e308), "maximum": lit(1e308)},
        string={"type": "randomString", "minLength": lit(3), "maxLength": lit(5)},
        pick={"type": "randomPick", "array": lit([1, 2, 3])},
        sample={"type": "randomSample", "array": lit([1, 2, 3, 4]), "count": lit(2)},
        uuid=invoke("uuid"),
        text=invoke("randomText", lit("xy"), lit(4)),
        repeat={"type": "repeat", "count": lit(3), "arrow": {"parameter": "x", "body": var("x")}},
    )
    made = [value(tree, seed=seed) for seed in range(50)]
    assert made == [value(tree, seed=seed) for seed in range(50)]
    assert {one["boolean"] for one in made} == {True, False}
    assert {one["integer"] for one in made} == {-2, -1, 0, 1, 2}
    assert {len(one["string"]) for one in made} == {3, 4, 5}
    assert all(one["sample"] == sorted(one["sample"]) and len(set(one["sample"])) == 2 for one in made)
    assert all(SMALLEST <= one["whole"] <= LARGEST and set(one["text"]) <= {"x", "y"} for one in made)
    assert made[0]["repeat"] == [0, 1, 2]
    assert len({json.dumps(one["uuid"]) for one in made}) == 50


@pytest.mark.parametrize("kind", ["name", "word", "sentence", "paragraph", "title"])
def test_keywords_are_never_empty(kind: str) -> None:
    assert value({"type": "randomKeyword", "kind": kind}).strip()
