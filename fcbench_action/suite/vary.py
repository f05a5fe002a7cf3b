"""Payloads from variations: an accepted payload with one place changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from fcbench_action.functions.interface import Payload
from fcbench_action.suite.material import Variation


class NoSuchPlace(Exception):
    """A variation names a place that its payload does not have."""


def vary(variation: Variation, value: Any) -> Iterator[Payload]:
    """The payloads that ``variation`` makes of ``value``. Raises NoSuchPlace."""
    for place in variation.without:
        yield _payload(variation, f"{place} left out", _without(value, place.split(".")), accepted=False)
    for place in variation.null:
        yield _payload(variation, f"{place} null", _with(value, place.split("."), None), accepted=False)
    for accepted, changes in ((False, variation.refused), (True, variation.accepted)):
        for place, values in changes.items():
            for new in values:
                name = f"{place} {_short(new)}"
                yield _payload(variation, name, _with(value, place.split("."), new), accepted=accepted)


def _payload(variation: Variation, what: str, value: Any, *, accepted: bool) -> Payload:
    return Payload(
        name=f"{variation.of}, {what}",
        type=variation.type,
        value=value,
        accepted=accepted,
        requirement=variation.requirement,
    )


def _short(value: Any) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"


def _with(value: Any, place: list[str], new: Any) -> Any:
    """``value`` with ``new`` at ``place``; the last name may be a new property."""
    head, rest = place[0], place[1:]
    if isinstance(value, list) and head.isdecimal() and int(head) < len(value):
        inner = _with(value[int(head)], rest, new) if rest else new
        return [*value[: int(head)], inner, *value[int(head) + 1 :]]
    if isinstance(value, dict) and (head in value or not rest):
        return {**value, head: _with(value[head], rest, new) if rest else new}
    raise NoSuchPlace(head)


def _without(value: Any, place: list[str]) -> Any:
    """``value`` without the property at ``place``."""
    head, rest = place[0], place[1:]
    if isinstance(value, list) and rest and head.isdecimal() and int(head) < len(value):
        return [*value[: int(head)], _without(value[int(head)], rest), *value[int(head) + 1 :]]
    if isinstance(value, dict) and head in value:
        if rest:
            return {**value, head: _without(value[head], rest)}
        return {name: inner for name, inner in value.items() if name != head}
    raise NoSuchPlace(head)
