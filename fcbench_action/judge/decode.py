"""From text to typed nodes: the strict reading, then the declared type, then all that is wrong.

Most arguments are right, and for those there is a short way: decode into typed nodes at once, and check the
bounds afterwards on bytes. What it is not sure of takes the long way, which says the same, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.judge.explain import explain
from fcbench_action.judge.limits import MAX_DEPTH
from fcbench_action.judge.parse import Parsed, is_lossless, may_be_too_long, parse_plain, plain_bytes
from fcbench_action.judge.shape import shape_of, traits_of
from fcbench_action.judge.skeleton import is_deeper
from fcbench_action.language.node import Node


@dataclass(frozen=True, slots=True)
class Decoded:
    """``argument`` is there exactly where there are no diagnostics.

    ``parsed`` is what the text came to; it is absent after the short way.
    """

    parsed: Parsed | None = None
    argument: Node | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    omitted: int = 0


def decode(text: str, argument: type[Node]) -> Decoded:
    """Read ``text`` as an argument of this type; never raises for what the text holds."""
    raw = plain_bytes(text)
    if raw is not None and (nodes := decode_fast(raw, argument)) is not None:
        return Decoded(None, nodes)
    parsed = parse_plain(text, raw)
    if parsed.diagnostics:
        return Decoded(parsed, None, parsed.diagnostics, parsed.omitted)
    return typed(parsed, argument)


def decode_fast(raw: bytes, argument: type[Node]) -> Node | None:
    """The typed nodes of plain bytes that are surely right and within all bounds; nothing where in doubt.

    Members that say what is the default anyway bring doubt, for encoding leaves them out; null is the
    commonest, so a text that has it is not tried.
    """
    traits = traits_of(argument)
    if traits.null_defaults and b":null" in raw:
        return None
    try:
        nodes = _decoder(argument).decode(raw)
        again = msgspec.json.encode(nodes)
    except (msgspec.MsgspecError, RecursionError):
        return None
    if not is_lossless(raw, again) or (traits.numbers and may_be_too_long(raw)):
        return None
    if traits.nesting > MAX_DEPTH and is_deeper(again, MAX_DEPTH):
        return None
    return None if _may_hold(again, argument.absent_variants) else nodes


def typed(parsed: Parsed, argument: type[Node]) -> Decoded:
    """The typed argument of a JSON value, or every way in which the value is none.

    Whole numbers are written without fraction and exponent: for an integer, 1.0 is of the wrong type.
    Raises AssertionError where decoder and explainer disagree, which is a defect of ours.
    """
    nodes, refusal = None, None
    try:
        nodes = msgspec.convert(parsed.value, argument)
        absent = argument.absent_variants
        if not absent or not _may_hold(msgspec.json.encode(nodes), absent):
            return Decoded(parsed, nodes)
    except msgspec.ValidationError as error:
        refusal = error
    explanation = explain(parsed.value, shape_of(argument))
    if explanation.diagnostics:
        return Decoded(parsed, None, explanation.diagnostics, explanation.omitted)
    if refusal:
        raise AssertionError(f"the decoder refuses {argument.__name__} unexplained: {refusal}") from refusal
    return Decoded(parsed, nodes)


@cache
def _decoder(argument: type[Node]) -> msgspec.json.Decoder[Node]:
    return msgspec.json.Decoder(argument)


def _may_hold(encoded: bytes, tags: frozenset[str]) -> bool:
    """Whether a variant of these tags may stand somewhere in encoded nodes. Sure only when it says no."""
    return any(b'"type":"%s"' % tag.encode() in encoded for tag in tags)
