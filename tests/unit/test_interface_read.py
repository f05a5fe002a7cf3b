"""Reading documents that are written as plain JSON Schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fcbench_action.errors import BadInput
from fcbench_action.language.interface import read
from fcbench_action.language.interface.nodes import (
    Constant,
    Integer,
    Null,
    Object,
    OneOf,
    Schema,
    String,
)
from fcbench_action.language.interface.payload import named


def text(schema: Any, **operation: Any) -> str:
    operations = [operation] if operation else []
    return json.dumps({"operations": operations, "components": {"schemas": {"IA": schema}}})


def plain(schema: Any, **options: bool) -> Schema:
    return read(text(schema), **options).components.schemas["IA"]


def test_variants_without_a_type_are_recognised() -> None:
    assert plain({"$ref": "#/components/schemas/IB"}) == named("IB")
    assert plain({"const": "a", "type": "string"}) == Constant(const="a")
    assert plain({"oneOf": [{"const": 1}, {"type": "null"}]}) == OneOf(one_of=(Constant(const=1), Null()))
    assert plain({"required": ["a"]}) == Object(properties={}, required=("a",))


def test_enumerations_and_lists_of_types_become_alternatives() -> None:
    assert plain({"type": "string", "enum": ["a", "b"]}) == OneOf(
        one_of=(Constant(const="a"), Constant(const="b"))
    )
    assert plain({"type": ["integer", "null"], "minimum": 1}) == OneOf(one_of=(Integer(minimum=1), Null()))


def test_the_table_of_a_published_type_is_kept() -> None:
    published = {"type": "object", "properties": {}, "required": [], "x-autobe-prisma-schema": "articles"}
    assert plain(published) == Object(properties={}, required=(), table="articles")


def test_tolerance_drops_properties_and_formats_that_the_language_does_not_have() -> None:
    schema = {"type": "string", "format": "password", "example": "x", "maxLength": 3}
    assert plain(schema, tolerate_unknown=True) == String(max_length=3)
    with pytest.raises(BadInput, match=r"no interface document: .*\$"):
        plain(schema)


def test_a_property_named_like_a_keyword_is_a_property() -> None:
    schema = {"type": "object", "properties": {"const": {"type": "string"}, "$ref": {"type": "null"}}}
    assert plain(schema) == Object(properties={"const": String(), "$ref": Null()}, required=())


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        "{",
        '{"operations": 1}',
        "\ud800",
        '{"operations": [], "components": {"schemas": {"A": {"type": "text"}}}}',
        '{"operations": [3], "components": {"schemas": []}}',
        text({"type": [["string"]] * 3}),
        text({"type": "array", "items": 7}),
        '{"operations": [], "components": {"schemas": {"A": ' + '{"items":' * 5_000 + "{}" + "}" * 5_003,
        "[" * 100_000,
    ],
)
def test_what_is_no_document_is_one_clear_error(broken: str) -> None:
    with pytest.raises(BadInput):
        read(broken, tolerate_unknown=True)


KEYS = st.sampled_from(
    [
        "operations",
        "components",
        "schemas",
        "A",
        "type",
        "oneOf",
        "items",
        "properties",
        "required",
        "const",
        "enum",
        "$ref",
        "format",
        "parameters",
        "schema",
        "requestBody",
        "prerequisites",
        "endpoint",
        "authorization",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@given(value=JSON, tolerate=st.booleans())
def test_any_json_is_read_or_refused(value: Any, tolerate: bool) -> None:
    for candidate in (value, {"operations": [value], "components": {"schemas": {"A": value}}}):
        try:
            read(json.dumps(candidate), tolerate_unknown=tolerate)
        except BadInput as refusal:
            assert str(refusal)
