"""Values of programs as the database holds them, and back.

Booleans are 0 and 1. Times are in the one form that :mod:`times` writes, so that they sort as texts do, and
UUIDs are in lower case, whatever was given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import NOT_A_TIME
from fcbench_action.language.program.environment import Column
from fcbench_action.language.program.interpreter.builtins import time_of
from fcbench_action.language.program.interpreter.faults import Fault, mistyped
from fcbench_action.language.program.interpreter.limits import Meter
from fcbench_action.language.program.interpreter.times import canonical

Store = Callable[[Any, Meter, Path], Any]
"""What the database holds for a value that is not null. Raises Fault where it fits no such column."""


def store_of(column: Column) -> Store:
    """How values of a column are stored."""
    return _STORES.get(column.kind, _text)


def _boolean(value: Any, _meter: Meter, path: Path) -> int:
    if type(value) is not bool:
        raise mistyped(path, "a boolean", value)
    return int(value)


def _integer(value: Any, _meter: Meter, path: Path) -> int:
    if type(value) is not int:
        raise mistyped(path, "an integer", value)
    return value


def _number(value: Any, _meter: Meter, path: Path) -> float:
    if type(value) not in (int, float):
        raise mistyped(path, "a number", value)
    return float(value)


def _text(value: Any, meter: Meter, path: Path) -> str:
    if type(value) is not str:
        raise mistyped(path, "a string", value)
    meter.text(len(value), path)
    if not value.isascii() and _half_pair(value):
        raise mistyped(path, "a string without half of a surrogate pair", value)
    return value


def _uuid(value: Any, meter: Meter, path: Path) -> str:
    return _text(value, meter, path).lower()


def _time(value: Any, meter: Meter, path: Path) -> str:
    found = canonical(_text(value, meter, path))
    if found is None:
        time_of(value, path)
        raise Fault(NOT_A_TIME.at(path, "In UTC, this is not within the years 1 to 9999."))
    return found


_STORES: dict[str, Store] = {
    "boolean": _boolean,
    "int": _integer,
    "double": _number,
    "uuid": _uuid,
    "datetime": _time,
}


def _half_pair(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
