"""Whatever an interface says, checking it ends in diagnostics that point into it."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.diagnostics import Path, errors, sort
from fcbench_action.language.interface import check
from fcbench_action.language.interface.nodes import (
    Actor,
    Array,
    Body,
    Components,
    Document,
    Endpoint,
    Integer,
    Number,
    Object,
    OneOf,
    Operation,
    Parameter,
    Prerequisite,
    Reference,
    Schema,
    String,
)
from fcbench_action.language.interface.openapi import emit_openapi
from tests.interface_trees import LEAVES

TEXTS = st.sampled_from(["", "a", "A", "IA", "IB", "IB.IC", "é", "x y", "$", "#"]) | st.text(max_size=4)
PATHS = st.sampled_from(["/a", "/a/{a}", "/a/{b}", "/{a}/{a}", "/", "a", "/a/{a}/b"]) | TEXTS
METHODS = st.sampled_from(["get", "post", "put", "patch", "delete"])
NUMBERS = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
INTEGERS = st.none() | st.integers()
COUNTS = st.none() | st.integers(0, 2**70)
WILD: st.SearchStrategy[Schema] = st.one_of(
    LEAVES,
    st.builds(
        Integer,
        minimum=INTEGERS,
        exclusive_minimum=INTEGERS,
        maximum=INTEGERS,
        exclusive_maximum=INTEGERS,
        multiple_of=INTEGERS,
    ),
    st.builds(
        Number,
        minimum=NUMBERS,
        exclusive_minimum=NUMBERS,
        maximum=NUMBERS,
        exclusive_maximum=NUMBERS,
        multiple_of=NUMBERS,
    ),
    st.builds(String, pattern=st.text(max_size=8), min_length=COUNTS, max_length=COUNTS),
    st.builds(Reference, ref=TEXTS | TEXTS.map("#/components/schemas/".__add__)),
)
SCHEMAS: st.SearchStrategy[Schema] = st.recursive(
    WILD,
    lambda inner: st.one_of(
        st.builds(Array, items=inner, min_items=COUNTS),
        st.builds(OneOf, one_of=st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            Object,
            properties=st.dictionaries(TEXTS, inner, max_size=3),
            required=st.lists(TEXTS, max_size=2).map(tuple),
            additional_properties=st.booleans(),
            table=st.none() | TEXTS,
        ),
    ),
    max_leaves=5,
)
BODIES = st.none() | st.builds(Body, description=TEXTS, type_name=TEXTS)
OPERATIONS = st.builds(
    Operation,
    method=METHODS,
    path=PATHS,
    name=TEXTS,
    summary=TEXTS,
    description=TEXTS,
    parameters=st.lists(st.builds(Parameter, name=TEXTS, description=TEXTS, schema=SCHEMAS), max_size=2).map(
        tuple
    ),
    request_body=BODIES,
    response_body=BODIES,
    authorization_role=st.none() | TEXTS,
    authorization_type=st.sampled_from([None, "join", "login", "refresh"]),
    prerequisites=st.lists(
        st.builds(Prerequisite, endpoint=st.builds(Endpoint, method=METHODS, path=PATHS), description=TEXTS),
        max_size=2,
    ).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    operations=st.lists(OPERATIONS, max_size=3).map(tuple),
    components=st.builds(
        Components,
        schemas=st.dictionaries(TEXTS, SCHEMAS, max_size=3),
        authorization=st.lists(st.builds(Actor, name=TEXTS, kind=st.just("member")), max_size=2).map(tuple),
    ),
)


@settings(max_examples=300, deadline=None)
@given(document=DOCUMENTS)
def test_every_diagnostic_points_into_the_document_and_they_come_in_order(document: Document) -> None:
    found = check(document)
    argument = msgspec.json.decode(msgspec.json.encode(document))
    assert found == sort(found) == check(document)
    assert all(leads_somewhere(argument, diagnostic.path) for diagnostic in found)
    assert all(diagnostic.message.endswith((".", "?")) for diagnostic in found)


@settings(max_examples=100, deadline=None)
@given(document=DOCUMENTS)
def test_an_interface_without_errors_can_be_emitted(document: Document) -> None:
    if not errors(check(document)):
        assert msgspec.json.decode(emit_openapi(document))["openapi"] == "3.1.0"


def leads_somewhere(value: Any, path: Path) -> bool:
    for segment in path:
        if isinstance(segment, int):
            if not (isinstance(value, list) and segment < len(value)):
                return False
        elif not (isinstance(value, dict) and segment in value):
            return False
        value = value[segment]
    return True
