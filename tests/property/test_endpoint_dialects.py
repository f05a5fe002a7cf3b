"""Dialects say less than the full schema, and never anything else."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fcbench_action.endpoint.dialects import DROPS, dialect, keywords
from fcbench_action.endpoint.shrinking import LARGEST, walk
from fcbench_action.functions import FUNCTIONS
from fcbench_action.language.schema import export
from tests.judge_trees import Dialect, Root, draw_value

SCHEMAS = [json.loads(json.dumps(export(argument))) for argument in (Root, Dialect)]
NAMES = st.lists(st.sampled_from(list(DROPS)), unique=True).map("+".join).map(lambda name: name or "full")
GONE = {
    "no-any-of": {"anyOf", "oneOf"},
    "no-defs": {"$defs", "$ref"},
    "depth-10": {"$defs", "$ref"},
    "one-of": {"anyOf"},
    "no-const": {"const"},
    "no-pattern": {"pattern"},
    "no-bounds": {"minLength", "maxItems", "minimum", "multipleOf"},
    "no-closed": {"additionalProperties", "propertyNames"},
    "no-default": {"default"},
}


@settings(deadline=None, max_examples=200)
@given(st.data(), st.sampled_from(SCHEMAS), NAMES)
def test_what_the_full_schema_accepts_every_dialect_accepts(data: Any, schema: Any, name: str) -> None:
    value = data.draw(st.composite(lambda draw: draw_value(draw, schema, schema, 6))())
    jsonschema.validate(value, schema)
    jsonschema.validate(value, dialect(name)(schema))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SCHEMAS), NAMES)
def test_a_dialect_has_no_keyword_that_it_drops_and_is_a_schema_again(schema: Any, name: str) -> None:
    before = json.dumps(schema)
    sent = dialect(name)(schema)
    jsonschema.Draft202012Validator.check_schema(sent)
    used = set(keywords(sent))
    for drop in dialect(name).drops:
        assert not GONE.get(drop.name, set()) & used
    assert json.dumps(schema) == before


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    "name", [*DROPS, "no-any-of+no-defs+no-const+no-pattern+no-bounds+no-closed+depth-10"]
)
def test_every_function_has_a_bounded_schema_in_every_dialect(function: str, name: str) -> None:
    schema = json.loads(json.dumps(export(FUNCTIONS[function].argument)))
    sent = dialect(name)(schema)
    jsonschema.Draft202012Validator.check_schema(sent)
    assert sent["type"] == "object" and len(json.dumps(sent)) < 2 * LARGEST
    assert name == "object" or set(sent["properties"]) == set(schema["properties"])
    for drop in dialect(name).drops:
        assert not GONE.get(drop.name, set()) & set(keywords(sent))
    if "no-recursion" in name:
        assert not _circular(sent)


def _circular(schema: dict[str, Any]) -> bool:
    """Whether following references can go on for ever, told by following them."""
    defs = schema.get("$defs", {})
    leads = {n: {r["$ref"].removeprefix("#/$defs/") for r in walk(d) if "$ref" in r} for n, d in defs.items()}
    while leads:
        ends = {name for name, to in leads.items() if not to & leads.keys()}
        if not ends:
            return True
        leads = {name: to for name, to in leads.items() if name not in ends}
    return False
