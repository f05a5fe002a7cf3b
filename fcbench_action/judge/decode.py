"""From text to typed nodes: the strict reading, then the declared type, then all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.judge.explain import explain
from fcbench_action.judge.parse import Parsed, parse
from fcbench_action.judge.shape import shape_of
from fcbench_action.language.node import Node


@dataclass(frozen=True, slots=True)
class Decoded:
    """``argument`` is there exactly where there are no diagnostics; ``parsed`` is what the text came to."""

    parsed: Parsed
    argument: Node | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    omitted: int = 0


def decode(text: str, argument: type[Node]) -> Decoded:
    """Read ``text`` as an argument of this type; never raises for what the text holds."""
    parsed = parse(text)
    if parsed.diagnostics:
        return Decoded(parsed, None, parsed.diagnostics, parsed.omitted)
    return typed(parsed, argument)


def typed(parsed: Parsed, argument: type[Node]) -> Decoded:
    """The typed argument of a JSON value, or every way in which the value is none.

    Whole numbers are written without fraction and exponent: for an integer, 1.0 is of the wrong type.
    Raises AssertionError where decoder and explainer disagree, which is a defect of ours.
    """
    value, refusal = None, None
    try:
        value = msgspec.convert(parsed.value, argument)
        if not _may_hold(parsed.value, argument.absent_variants):
            return Decoded(parsed, value)
    except msgspec.ValidationError as error:
        refusal = error
    explanation = explain(parsed.value, shape_of(argument))
    if explanation.diagnostics:
        return Decoded(parsed, None, explanation.diagnostics, explanation.omitted)
    if refusal:
        raise AssertionError(f"the decoder refuses {argument.__name__} unexplained: {refusal}") from refusal
    return Decoded(parsed, value)


def _may_hold(value: Any, tags: frozenset[str]) -> bool:
    """Whether a variant of these tags may stand somewhere in ``value``. Sure only when it says no."""
    text = msgspec.json.encode(value) if tags else b""
    return any(b'"type":"%s"' % tag.encode() in text for tag in tags)
