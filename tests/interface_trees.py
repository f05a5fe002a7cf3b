"""Interface trees for tests: short ways to write them, and strategies that draw them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fcbench_action.language.interface.nodes import (
    Array,
    Boolean,
    Components,
    Constant,
    Document,
    Integer,
    Null,
    Number,
    Object,
    OneOf,
    Operation,
    Parameter,
    Schema,
    String,
)
from fcbench_action.language.interface.payload import named

UUID = String(format="uuid")


def operation(method: str = "get", path: str = "/articles", name: str = "index", **changes: Any) -> Operation:
    fields: dict[str, Any] = {
        "summary": "One line.",
        "description": "What it does.",
        "parameters": tuple(
            Parameter(name=part[1:-1], description="Which one.", schema=UUID)
            for part in path.split("/")
            if part.startswith("{")
        ),
        "request_body": None,
        "response_body": None,
        "authorization_role": None,
        "authorization_type": None,
    }
    return Operation(method=method, path=path, name=name, **{**fields, **changes})


def document(*operations: Operation, **schemas: Schema) -> Document:
    return Document(operations=operations, components=Components(schemas=schemas))


def closed(**properties: Schema) -> Object:
    """An object that requires all its properties and takes no others."""
    return Object(properties=properties, required=tuple(properties), additional_properties=False)


def nullable(schema: Schema) -> OneOf:
    return OneOf(one_of=(schema, Null()))


NAMES = ("A", "B", "C")
PATTERNS = ("^[a-z]+$", "[0-9]{2}", "^x", "a|b", "^(ab)*$", "^[^ ]{1,3}$")
_LIMITS = st.none() | st.integers(-3, 3)
_COUNTS = st.none() | st.integers(0, 3)
TEXTS = st.sampled_from(("", "a", "ab", "x1", "42", "abab", "a b", "ü", "😀", "2024-02-29", "2023-02-29"))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-4, 4)
    | st.floats(-4, 4)
    | TEXTS
    | st.sampled_from((1.0, -0.0, 2.5))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)

LEAVES: st.SearchStrategy[Schema] = st.one_of(
    st.builds(Constant, const=st.booleans() | st.integers(-2, 2) | st.sampled_from((1.0, 2.5)) | TEXTS),
    st.builds(Boolean),
    st.builds(Null),
    st.builds(
        Integer,
        minimum=_LIMITS,
        maximum=_LIMITS,
        exclusive_minimum=_LIMITS,
        multiple_of=st.none() | st.integers(1, 3),
    ),
    st.builds(Number, minimum=_LIMITS, exclusive_maximum=_LIMITS),
    st.builds(
        String,
        min_length=_COUNTS,
        max_length=_COUNTS,
        pattern=st.none() | st.sampled_from(PATTERNS),
        format=st.none() | st.just("date"),
    ),
)


def _wider(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    properties = st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    return st.one_of(
        st.builds(Array, items=inner, min_items=_COUNTS, max_items=_COUNTS, unique_items=st.booleans()),
        st.builds(OneOf, one_of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(
            Object,
            properties=properties,
            required=st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple),
            additional_properties=st.booleans(),
        ),
    )


SCHEMAS: st.SearchStrategy[Schema] = st.recursive(
    LEAVES | st.sampled_from(NAMES).map(named), _wider, max_leaves=8
)
TYPES: st.SearchStrategy[dict[str, Schema]] = st.fixed_dictionaries(dict.fromkeys(NAMES, SCHEMAS))
