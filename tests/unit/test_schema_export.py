"""The JSON Schema of node types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.schema import exact, export
from tests.golden_files import check_golden
from tests.judge_trees import Root

GOLDEN = Path(__file__).parents[1] / "golden" / "schema"


class Lone(Node, frozen=True, tag="lone", tag_field="type"):
    """A variant."""

    size: int


class HoldsLone(Node, frozen=True):
    """Holds a variant outside a union."""

    lone: Lone | None


class BarePattern(Node, frozen=True):
    """Its pattern also matches before a newline."""

    name: Annotated[str, Meta(pattern="^[a-z]+$")]


class HasFormat(Node, frozen=True):
    """Uses a type that only some readers know."""

    id: UUID


class Sorted(Node, frozen=True):
    """A choice
    over lines.
    """

    kind: Literal["b", 2, "a", None]


def test_the_schema_of_a_recursive_type_reads_well() -> None:
    check_golden(GOLDEN / "root.json", json.dumps(export(Root), indent=2) + "\n")


def test_choices_say_their_types_and_docstrings_become_one_line() -> None:
    schema = export(Sorted)
    Draft202012Validator.check_schema(schema)
    assert schema["description"] == "A choice over lines."
    assert schema["properties"]["kind"] == {
        "anyOf": [
            {"type": "string", "enum": ["a", "b"]},
            {"type": "integer", "const": 2},
            {"type": "null", "const": None},
        ]
    }


@pytest.mark.parametrize(
    ("argument", "words"),
    [(HoldsLone, "Lone is a variant"), (BarePattern, "exact"), (HasFormat, "keyword format")],
)
def test_what_readers_would_understand_differently_is_refused(argument: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        export(argument)


@pytest.mark.parametrize(
    "pattern", [r"^\d+$", r"^[\w]+$", r"^a\.b$", r"^[^\]]$", "^a.b$", "^[a-z]+", "^(?=a)b$", "^a$|b$"]
)
def test_patterns_that_engines_read_differently_cannot_be_declared(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        exact(pattern)


@pytest.mark.parametrize("pattern", ["^[a-z0-9]+([._-][a-z0-9]+)*[.]prisma$", "^(?:a|[$.])$"])
def test_portable_patterns_can_be_declared(pattern: str) -> None:
    assert exact(pattern).startswith(pattern)
