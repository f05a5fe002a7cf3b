"""Rules of the interface check beyond the examples on the pages of its codes."""

from __future__ import annotations

import time

import pytest

from fcbench_action.diagnostics import render_path
from fcbench_action.language.interface import check
from fcbench_action.language.interface.nodes import (
    Array,
    Body,
    Constant,
    Document,
    Endpoint,
    Integer,
    Null,
    Number,
    Object,
    OneOf,
    Parameter,
    Prerequisite,
    Schema,
    String,
)
from fcbench_action.language.interface.openapi import openapi
from fcbench_action.language.interface.payload import named
from tests.interface_trees import UUID, closed, document, nullable, operation

PLENTY = 20.0
"""Seconds for a hostile megabyte on a slow, busy machine; where a bound is missing it takes minutes."""


def found(checked: Document) -> list[tuple[str, str]]:
    return [(d.code, render_path(d.path)) for d in check(checked)]


def told_apart(*ones: Schema, **types: Schema) -> bool:
    return found(document(X=OneOf(one_of=ones), **types)) == []


def test_an_empty_interface_is_sound() -> None:
    assert found(document()) == []


def test_findings_of_independent_rules_come_together_in_the_order_of_their_places() -> None:
    broken = document(
        operation(path="/a/", name="Index"),
        operation(path="/b", name="index", authorization_type="login"),
        IA=Object(properties={"x-y": String(pattern="(")}, required=("z",)),
    )
    assert found(broken) == [
        ("invalid-property-name", '$.components.schemas.IA.properties["x-y"]'),
        ("invalid-pattern", '$.components.schemas.IA.properties["x-y"].pattern'),
        ("undeclared-required-property", "$.components.schemas.IA.required[0]"),
        ("invalid-operation-name", "$.operations[0].name"),
        ("invalid-path", "$.operations[0].path"),
        ("contradictory-authorization", "$.operations[1].method"),
        ("contradictory-authorization", "$.operations[1].responseBody"),
    ]


def test_later_passes_say_nothing_while_names_are_wrong() -> None:
    infinite = closed(again=named("IA"))
    assert ("infinite-type", "$.components.schemas.IA") in found(document(IA=infinite))
    assert found(document(IA=infinite, IB=named("IC"))) == [("unknown-type", "$.components.schemas.IB.$ref")]


@pytest.mark.parametrize(
    "path", ["", "articles", "//", "/a//b", "/a/", "/{a", "/a}", "/{}", "/{a b}", "/a?b=c", "/ä", "/{a}/{a}"]
)
def test_a_path_that_is_no_template_is_refused(path: str) -> None:
    assert ("invalid-path", "$.operations[0].path") in found(document(operation(path=path, parameters=())))


@pytest.mark.parametrize("path", ["/", "/a", "/a-b/c_d/~e", "/a/{id}/b/{other}"])
def test_a_path_template_is_taken(path: str) -> None:
    assert found(document(operation(path=path))) == []


def test_the_same_path_may_have_several_methods() -> None:
    assert (
        found(document(operation(), operation("post", name="create"), operation("put", name="update"))) == []
    )


def test_a_prerequisite_of_oneself_is_a_cycle() -> None:
    itself = Prerequisite(endpoint=Endpoint(method="get", path="/articles"), description="Why.")
    looped = document(operation(prerequisites=(itself,)))
    assert found(looped) == [("prerequisite-cycle", "$.operations[0].prerequisites")]


def test_a_role_is_free_where_no_actors_are_declared() -> None:
    assert found(document(operation(authorization_role="anybody"))) == []


def test_an_enumeration_in_a_path_is_a_scalar() -> None:
    kinds = OneOf(one_of=(Constant(const="a"), Constant(const="b")))
    kind = Parameter(name="kind", description="Which.", schema=kinds)
    assert found(document(operation(path="/a/{kind}", parameters=(kind,)))) == []


def test_a_type_is_used_where_a_used_type_refers_to_it() -> None:
    types = {"IA": closed(items=Array(items=named("IB"))), "IB": closed(a=nullable(named("IB")))}
    used = operation(response_body=Body(description="All.", type_name="IA"))
    assert found(document(used, **types)) == []
    assert [code for code, _ in found(document(operation(), **types))] == ["unused-type"] * 2


def test_alternatives_are_told_apart_by_json_type_constant_format_limits_and_requirements() -> None:
    assert told_apart(String(), Integer(), Null(), Array(items=String()), closed())
    assert told_apart(Constant(const="a"), Constant(const="b"), Constant(const=1), Constant(const=True))
    assert told_apart(Constant(const="all"), UUID)
    assert told_apart(String(format="email"), UUID)
    assert told_apart(Integer(maximum=0), Number(exclusive_minimum=0))
    assert told_apart(closed(k=Constant(const=1)), closed(k=Constant(const=2)))
    assert told_apart(named("IA"), named("IB"), IA=closed(a=String()), IB=closed(b=String()))
    assert told_apart(
        Object(properties={"a": UUID}, required=("a",)), Object(properties={"b": UUID}, required=("b",))
    )


def test_alternatives_that_share_a_value_are_ambiguous() -> None:
    assert not told_apart(String(), String(min_length=3))
    assert not told_apart(Integer(), Number())
    assert not told_apart(Constant(const=1), Constant(const=1.0))
    assert not told_apart(Constant(const="a"), String())
    assert not told_apart(Integer(maximum=0), Integer(minimum=0))
    assert not told_apart(Array(items=String()), Array(items=Integer()))
    assert not told_apart(Object(properties={}, required=()), closed(a=String()))
    assert not told_apart(nullable(String()), Null())
    assert not told_apart(named("IA"), named("IA"), IA=closed(a=String()))


@pytest.mark.parametrize(
    "schema",
    [
        Integer(minimum=2, maximum=1),
        Integer(exclusive_minimum=0, exclusive_maximum=1),
        Integer(minimum=4, maximum=5, multiple_of=3),
        Number(minimum=1.5, exclusive_maximum=1.5),
        Number(exclusive_minimum=1, maximum=1),
        String(min_length=2, max_length=1),
        String(format="uuid", max_length=35),
        Array(items=String(), min_items=2, max_items=1),
    ],
)
def test_limits_without_room_are_contradictory(schema: Schema) -> None:
    assert found(document(X=schema)) == [("contradictory-limits", "$.components.schemas.X")]


@pytest.mark.parametrize(
    "schema",
    [
        Integer(minimum=1, maximum=1),
        Integer(minimum=3, maximum=5, multiple_of=3),
        Number(minimum=1, maximum=1),
        String(format="uuid", min_length=36, max_length=36),
        Array(items=String(), min_items=0, max_items=0),
    ],
)
def test_limits_with_room_for_one_value_are_fine(schema: Schema) -> None:
    assert found(document(X=schema)) == []


def test_recursion_with_a_way_out_is_finite() -> None:
    ways = {
        "IOptional": Object(properties={"a": named("IOptional")}, required=()),
        "INullable": closed(a=nullable(named("INullable"))),
        "IList": closed(a=Array(items=named("IList"))),
        "IEven": closed(a=named("IOdd")),
        "IOdd": closed(a=OneOf(one_of=(named("IEven"), Integer()))),
    }
    assert found(document(**ways)) == []


def test_an_array_that_must_hold_its_own_type_is_infinite() -> None:
    tree = closed(a=Array(items=named("ITree"), min_items=1))
    assert found(document(ITree=tree)) == [("infinite-type", "$.components.schemas.ITree")]


def deep(levels: int) -> Schema:
    schema: Schema = String()
    for _ in range(levels):
        schema = Array(items=schema)
    return schema


HOSTILE = {
    "depth": lambda: document(D=deep(50_000)),
    "a chain of references": lambda: document(
        **{f"A{i}": named(f"A{i + 1}") for i in range(20_000)}, A20000=String()
    ),
    "a loop of references": lambda: document(
        **{f"A{i}": named(f"A{(i + 1) % 20_000}") for i in range(20_000)}
    ),
    "alternatives at the end of a chain": lambda: document(
        **{f"A{i}": named(f"A{i + 1}") for i in range(8_000)},
        A8000=String(),
        B=OneOf(one_of=(named("A0"),) * 8_000),
    ),
    "constants": lambda: document(B=OneOf(one_of=tuple(Constant(const=i) for i in range(40_000)))),
    "alternatives of one type": lambda: document(
        B=OneOf(one_of=tuple(closed(**{f"p{i}": String()}) for i in range(10_000)))
    ),
    "alternatives of alternatives": lambda: document(
        **{f"T{i}": OneOf(one_of=(named(f"T{i + 1}"),) * 50) for i in range(300)}, T300=String()
    ),
    "objects to compare, one inside the other": lambda: document(
        **{f"A{i}": closed(x=named(f"A{i + 1}")) for i in range(3_000)},
        **{f"B{i}": closed(x=named(f"B{i + 1}")) for i in range(3_000)},
        A3000=String(),
        B3000=Integer(),
        C=OneOf(one_of=(named("A0"), named("B0"))),
    ),
    "patterns": lambda: document(
        **{f"A{i}": String(pattern=f"^[a-z0-9]{{1,{1000 - i}}}$") for i in range(900)}
    ),
    "unknown names": lambda: document(
        B=closed(**{f"p{i}": named(f"AAAAAAAAAAAAAAAAAAAAAA{i}") for i in range(10_000)}),
        **{f"AAAAAAAAAAAAAAAAAAAAAB{i}": String() for i in range(5_000)},
    ),
    "a path of placeholders": lambda: document(
        operation(path="".join(f"/{{p{i}}}" for i in range(20_000)), parameters=())
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_interface_is_checked_within_bounds(name: str) -> None:
    hostile = HOSTILE[name]()
    begin = time.process_time()
    check(hostile)
    assert time.process_time() - begin < PLENTY


def test_the_deepest_schema_that_is_taken_is_emitted_too() -> None:
    taken = document(D=deep(59))
    assert found(taken) == []
    assert openapi(taken)["components"]["schemas"]["D"]["type"] == "array"
    assert found(document(D=deep(60))) != []
