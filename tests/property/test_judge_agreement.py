"""Decoder, explainer and jsonschema agree, and the explainer finds what was planted."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge.decode import decode
from fcbench_action.judge.explain import explain
from fcbench_action.judge.shape import TAG, Shape, shape_of
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.node import Node
from fcbench_action.language.schema import export, subschemas
from tests.judge_trees import Dialect, Root, is_valid, mutated, values_of

ARGUMENTS = list(
    dict.fromkeys([Root, Dialect, Application, Document, *(f.argument for f in FUNCTIONS.values())])
)
every_argument = pytest.mark.parametrize("argument", ARGUMENTS, ids=lambda argument: argument.__name__)
slowly = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)


def accepted_by_decoder(argument: type[Node], value: Any) -> bool:
    """msgspec's own verdict; for a dialect it must not be stricter than the schema."""
    try:
        msgspec.json.decode(json.dumps(value), type=argument)
    except msgspec.ValidationError:
        return False
    return not argument.absent_variants or is_valid(argument, value)


@every_argument
def test_the_exported_schema_is_one_and_has_an_object_at_its_top(argument: type[Node]) -> None:
    schema = export(argument)
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object" and schema["additionalProperties"] is False
    assert json.dumps(schema) == json.dumps(export.__wrapped__(argument)), "it is the same every time"


@every_argument
def test_every_definition_is_used_and_every_union_of_structures_is_one(argument: type[Node]) -> None:
    schema = export(argument)
    everything = [schema, *schema.get("$defs", {}).values()]
    for part in everything:
        everything += subschemas(part)
    used = {part["$ref"].removeprefix("#/$defs/") for part in everything if "$ref" in part}
    assert used == set(schema.get("$defs", {}))
    unions = [
        json.dumps(p["anyOf"]) for p in everything if len([o for o in p.get("anyOf", ()) if "$ref" in o]) > 1
    ]
    assert len(unions) == len(set(unions))


@every_argument
@given(data=st.data())
@slowly
def test_whatever_the_schema_generates_is_accepted_by_all_three(
    argument: type[Node], data: st.DataObject
) -> None:
    value = data.draw(values_of(argument))
    assert is_valid(argument, value)
    assert not explain(value, shape_of(argument)).diagnostics
    assert accepted_by_decoder(argument, value)
    decoded = decode(json.dumps(value), argument)
    assert decoded.argument == msgspec.json.decode(json.dumps(value), type=argument)


@every_argument
@given(data=st.data())
@slowly
def test_all_three_agree_on_damaged_values(argument: type[Node], data: st.DataObject) -> None:
    value = data.draw(mutated(argument))
    verdict = is_valid(argument, value)
    explanation = explain(value, shape_of(argument))
    assert (not explanation.diagnostics) == verdict
    assert accepted_by_decoder(argument, value) == verdict
    assert (decode(json.dumps(value), argument).argument is not None) == verdict
    assert list(explanation.diagnostics) == sort(explanation.diagnostics)


def containers(
    value: Any, shape: Shape, path: tuple[Any, ...] = ()
) -> list[tuple[Any, Shape, tuple[Any, ...]]]:
    """Every container inside a valid value, with its shape and path."""
    found = [(value, shape, path)] if isinstance(value, dict | list) else []
    if isinstance(value, list):
        for index, item in enumerate(value):
            found += containers(item, shape.array.items, (*path, index))
    elif isinstance(value, dict):
        declared = shape.variants.get(value.get(TAG)) or shape.object
        for name, member in value.items():
            found += containers(member, declared.properties.get(name, declared.others), (*path, name))
    return found


@every_argument
@given(data=st.data())
@slowly
def test_a_single_planted_error_is_reported_at_its_path_and_nothing_else(
    argument: type[Node], data: st.DataObject
) -> None:
    value = data.draw(values_of(argument))
    container, shape, path = data.draw(st.sampled_from(containers(value, shape_of(argument))))
    planted = data.draw(st.sampled_from(["missing", "unexpected", "variant", "stringified", "type"]))
    expected = plant(planted, container, shape, path, value)
    if expected is not None:
        changed, code, place = expected
        assert places(explain(changed, shape_of(argument)).diagnostics) == [(code, place)]


def places(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, Any]]:
    return [(d.code, d.path) for d in diagnostics]


def plant(
    kind: str, container: Any, shape: Shape, path: tuple[Any, ...], root: Any
) -> tuple[Any, str, Any] | None:
    """The value with one error, and the code and path of it; nothing where this kind has no place there."""
    if kind in ("stringified", "type"):
        if kind == "stringified" and "string" not in shape.scalars:
            return put(root, path, json.dumps(container)), "json-in-string", path
        return (put(root, path, 7), "wrong-type", path) if not shape.scalars else None
    if isinstance(container, list):
        return None
    declared = shape.variants.get(container.get(TAG)) or shape.object
    if kind == "missing" and (names := sorted(declared.required - {TAG})):
        return (
            put(root, path, {k: v for k, v in container.items() if k != names[0]}),
            "missing-property",
            (
                *path,
                names[0],
            ),
        )
    if kind == "unexpected" and declared.others is None:
        return put(root, path, {**container, "no such": []}), "unexpected-property", (*path, "no such")
    if kind == "variant" and shape.variants:
        return put(root, path, {**container, TAG: "no such"}), "unknown-variant", (*path, TAG)
    return None


def put(root: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = root.copy()
    changed[path[0]] = put(root[path[0]], path[1:], value)
    return changed
