"""The two dialects of programs: one declaration of each node, two exported schemas."""

from __future__ import annotations

import json

import jsonschema
import pytest

from fcbench_action.judge.decode import decode
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.schema import export

LARGEST_SCHEMA = 90_000
"""Bytes; llama.cpp refuses tool schemas from about 97 KB."""


def operation(*statements: object) -> str:
    return json.dumps({"operation": {"method": "get", "path": "/x"}, "statements": statements})


def returns(value: object) -> dict[str, object]:
    return {"type": "return", "value": value}


@pytest.mark.parametrize("program", [TestProgram, OperationProgram])
def test_the_schema_of_a_dialect_is_one_and_small_enough(program: type) -> None:
    schema = export(program)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert len(json.dumps(schema)) < LARGEST_SCHEMA
    assert len(schema["$defs"]["Expression"]["anyOf"]) >= 36


@pytest.mark.parametrize("program", [TestProgram, OperationProgram])
def test_every_node_and_property_is_described(program: type) -> None:
    for name, node in {"": export(program), **export(program)["$defs"]}.items():
        assert "anyOf" in node or node.get("description"), name
        for key, inner in node.get("properties", {}).items():
            assert key == "type" or inner.get("description") or "$ref" in inner, (name, key)


def test_a_variant_of_the_other_dialect_is_unknown_at_its_place() -> None:
    text = operation(returns({"type": "not", "operand": {"type": "randomBoolean"}}))
    (diagnostic,) = decode(text, OperationProgram).diagnostics
    assert diagnostic.code == "unknown-variant"
    assert diagnostic.path == ("statements", 0, "value", "operand", "type")


def test_a_text_that_only_names_such_a_variant_is_fine() -> None:
    text = operation(returns({"type": "stringLiteral", "value": '"type":"randomBoolean"'}))
    assert decode(text, OperationProgram).argument is not None
