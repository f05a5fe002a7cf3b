"""What a schema accepts: our walk agrees with jsonschema, and with what the check promises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from fcbench_action.language.interface.formats import FORMATS
from fcbench_action.language.interface.nodes import Array, Object, OneOf, Reference, Schema
from fcbench_action.language.interface.openapi import type_schema
from fcbench_action.language.interface.payload import accepts, identity, named
from fcbench_action.language.interface.rules.alternatives import alternatives_are_told_apart
from fcbench_action.language.interface.rules.graph import finite_types, references_lead_somewhere
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.interface.walk import target
from fcbench_action.suite.case import Case
from fcbench_action.suite.load import load
from tests.interface_trees import NAMES, SCALARS, SCHEMAS, TYPES, VALUES

CHECKER = FormatChecker(formats=())
for _name, _check in FORMATS.items():
    CHECKER.checks(_name)(lambda text, check=_check: not isinstance(text, str) or check(text))


CASES = [case for case in load().cases.values() if case.function.name == "interface.schemas"]


def loops(types: dict[str, Schema]) -> bool:
    return any(True for _ in references_lead_somewhere(Scope(schemas=types)))


@settings(max_examples=400, deadline=None)
@given(types=TYPES, value=VALUES, data=st.data())
def test_payloads_are_accepted_exactly_where_jsonschema_accepts_them(
    types: dict[str, Schema], value: Any, data: st.DataObject
) -> None:
    assume(not loops(types))
    oracle = Draft202012Validator(type_schema(types, "A"), format_checker=CHECKER)
    for candidate in (value, data.draw(resembling(types, types["A"], 3))):
        assert accepts(types, named("A"), candidate) == oracle.is_valid(candidate)


def resembling(types: dict[str, Schema], schema: Schema, depth: int) -> st.SearchStrategy[Any]:
    """Values of about the shape that ``schema`` describes, with declared properties only."""
    if depth < 0:
        return SCALARS
    match schema:
        case Reference():
            return resembling(types, types[target(schema)], depth - 1)
        case OneOf():
            return st.one_of([resembling(types, one, depth - 1) for one in schema.one_of])
        case Array():
            return st.lists(resembling(types, schema.items, depth - 1), max_size=3)
        case Object():
            inner = {name: resembling(types, one, depth - 1) for name, one in schema.properties.items()}
            needed = {name: one for name, one in inner.items() if name in schema.required}
            return st.fixed_dictionaries(needed, optional={n: o for n, o in inner.items() if n not in needed})
    if hasattr(schema, "const"):
        return st.just(schema.const)
    return SCALARS


@settings(max_examples=400, deadline=None)
@given(types=TYPES, ones=st.lists(SCHEMAS, min_size=2, max_size=3), data=st.data())
def test_where_alternatives_are_told_apart_a_value_made_for_one_matches_no_other(
    types: dict[str, Schema], ones: list[Schema], data: st.DataObject
) -> None:
    one_of = OneOf(one_of=tuple(ones))
    types = {**types, "A": one_of}
    found = list(alternatives_are_told_apart(Scope(schemas=types)))
    assume(not loops(types) and not found)
    for one in one_of.one_of:
        value = data.draw(resembling(types, one, 3))
        if accepts(types, one, value):
            assert [other for other in one_of.one_of if accepts(types, other, value)] == [one]


@given(types=TYPES)
def test_finite_types_are_those_that_a_naive_fixed_point_finds(types: dict[str, Schema]) -> None:
    finite: set[str] = set()
    for _ in NAMES:
        finite |= {name for name, schema in types.items() if ends(schema, finite)}
    assert finite_types(types) == finite


def ends(schema: Schema, finite: set[str]) -> bool:
    match schema:
        case Reference():
            return target(schema) in finite
        case OneOf():
            return any(ends(one, finite) for one in schema.one_of)
        case Array():
            return not schema.min_items or ends(schema.items, finite)
        case Object():
            return all(ends(schema.properties[n], finite) for n in schema.required if n in schema.properties)
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_jsonschema_judges_the_payloads_of_the_suite_alike(case: Case) -> None:
    types = {**case.task.given, **case.task.reference.schemas}
    for payload in case.task.payloads:
        oracle = Draft202012Validator(type_schema(types, payload.type), format_checker=CHECKER)
        assert oracle.is_valid(payload.value) == payload.accepted, payload.name


@given(left=VALUES, right=VALUES)
def test_equal_stand_ins_mean_equal_json_values(left: Any, right: Any) -> None:
    oracle = Draft202012Validator({"const": left})
    assert (identity(left) == identity(right)) == oracle.is_valid(right)
