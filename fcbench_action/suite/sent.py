"""Exactly what a model is sent for a case, and how much that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

import msgspec

from fcbench_action.language.schema import export
from fcbench_action.suite.case import Case

BYTES_PER_TOKEN = 3.5
"""Rough, for JSON Schema and English alike; tokenizers differ by a fifth. For estimates only."""


class Sent(msgspec.Struct, frozen=True):
    """The prompt and the tool: all that a model knows of a case in round 0."""

    system: str
    user: str
    tool: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much a case sends: bytes of UTF-8, and an estimate of tokens of prompt and schema together."""

    prompt_bytes: int
    schema_bytes: int
    tokens: int


def sent(case: Case) -> Sent:
    """What a model is sent for ``case``."""
    prompt = case.prompt
    function = case.function
    return Sent(
        prompt.system, prompt.user, function.tool_name, function.description, export(function.argument)
    )


def sizes(case: Case) -> Sizes:
    """How much :func:`sent` is. The schema counts as compact JSON."""
    told = sent(case)
    prompt = len(told.system.encode()) + len(told.user.encode())
    schema = len(msgspec.json.encode(told.parameters))
    return Sizes(prompt, schema, ceil((prompt + schema + len(told.description.encode())) / BYTES_PER_TOKEN))


def digest_of_sent(cases: Iterable[Case]) -> str:
    """SHA-256 over what is sent for each of ``cases``, by id."""
    total = hashlib.sha256()
    for case in sorted(cases, key=lambda case: case.id):
        total.update(msgspec.json.encode((case.id, sent(case)), order="deterministic"))
    return total.hexdigest()
