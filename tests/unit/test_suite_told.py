"""What graded types insist on is told: each constant and each limit stands in a statement of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from fcbench_action.suite.case import Case
from fcbench_action.suite.load import load

CASES = [case for case in load().cases.values() if case.function.name == "interface.schemas"]
LIMITS = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
OBVIOUS = {0, 1}
"""Limits that words like "not empty" and "not negative" tell."""
IN_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twenty": 20}
TOLD_OTHERWISE = {"-last_seen_at", "-created_at"}
"""Constants of todo: "the same with a leading hyphen for descending order"."""


def places(node: Any) -> Iterator[tuple[str, Any]]:
    """Constants, as ``const``, and limits of a schema, nested ones included."""
    if node["type"] == "constant":
        yield "const", node["const"]
    yield from ((limit, node[limit]) for limit in LIMITS if node.get(limit) is not None)
    inner = [*node.get("properties", {}).values(), *node.get("oneOf", ())]
    for one in [*inner, node["items"]] if "items" in node else inner:
        yield from places(one)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_statements_tell_every_constant_and_every_limit_of_the_types(case: Case) -> None:
    text = " ".join(statement for _, statement in case.task.requirements)
    numbers = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)}
    numbers |= {number for word, number in IN_WORDS.items() if re.search(rf"\b{word}\b", text, re.I)}
    untold = [
        (name, what, value)
        for name, schema in msgspec.to_builtins(case.task.reference.schemas).items()
        for what, value in places(schema)
        if (f"`{value}`" not in text if isinstance(value, str) else abs(value) not in numbers | OBVIOUS)
    ]
    assert [one for one in untold if one[2] not in TOLD_OTHERWISE] == []
