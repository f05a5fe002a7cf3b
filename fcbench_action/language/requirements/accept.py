"""Which values a type of attributes accepts. Total: any JSON value is accepted or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isfinite
from typing import Any

from fcbench_action.language.interface.formats import is_date, is_date_time, is_uri, is_uuid
from fcbench_action.language.interface.patterns import found
from fcbench_action.language.interface.payload import identity
from fcbench_action.language.requirements.values import (
    BooleanType,
    ChoiceType,
    DayType,
    IdentifierType,
    IntegerType,
    ListType,
    MomentType,
    NumberType,
    TextType,
    UriType,
    ValueType,
)

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_SOME_DAY = "2026-01-01"
_SOME_ID = "00000000-0000-4000-8000-000000000000"


def accepts(holds: ValueType, value: Any) -> bool:
    """Whether a value, as ``json.loads`` gives it, is one of the type. Null is never one."""
    return _ACCEPT[type(holds)](holds, value)


def milliseconds(text: str) -> int | None:
    """A moment as milliseconds since 1970; None for what is no RFC 3339 date-time."""
    if not is_date_time(text):
        return None
    moment = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    return int((moment - _EPOCH).total_seconds() * 1000)


def plain_value(holds: ValueType) -> Any:
    """Some value of the type, for what a world does not mention."""
    match holds:
        case BooleanType():
            return False
        case IntegerType() | NumberType():
            return holds.minimum if holds.minimum is not None else min(0, holds.maximum or 0)
        case TextType():
            return "a" * min(max(holds.min_length or 1, 1), 100)
        case ChoiceType():
            return holds.values[0]
        case MomentType():
            return f"{_SOME_DAY}T00:00:00Z"
        case DayType():
            return _SOME_DAY
        case UriType():
            return "https://example.com/"
        case IdentifierType():
            return _SOME_ID
        case ListType():
            return []


def _number(holds: IntegerType | NumberType, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return False
    if isinstance(holds, IntegerType) and value != int(value):
        return False
    return (holds.minimum is None or value >= holds.minimum) and (
        holds.maximum is None or value <= holds.maximum
    )


def _text(holds: TextType, value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) >= (holds.min_length or 0)
        and (holds.max_length is None or len(value) <= holds.max_length)
        and (holds.pattern is None or found(holds.pattern, value))
    )


def _list(holds: ListType, value: Any) -> bool:
    if not isinstance(value, list | tuple):
        return False
    return (
        len(value) >= (holds.min_items or 0)
        and (holds.max_items is None or len(value) <= holds.max_items)
        and (not holds.distinct or len({identity(item) for item in value}) == len(value))
        and all(accepts(holds.of, item) for item in value)
    )


def _uri(holds: UriType, value: Any) -> bool:
    return (
        isinstance(value, str)
        and is_uri(value)
        and (holds.max_length is None or len(value) <= holds.max_length)
    )


def _formatted(is_so: Callable[[str], bool]) -> Callable[[Any, Any], bool]:
    return lambda _, value: isinstance(value, str) and is_so(value)


_ACCEPT: dict[type, Callable[[Any, Any], bool]] = {
    BooleanType: lambda _, value: isinstance(value, bool),
    IntegerType: _number,
    NumberType: _number,
    TextType: _text,
    ChoiceType: lambda holds, value: isinstance(value, str) and value in holds.values,
    MomentType: _formatted(is_date_time),
    DayType: _formatted(is_date),
    UriType: _uri,
    IdentifierType: _formatted(is_uuid),
    ListType: _list,
}
