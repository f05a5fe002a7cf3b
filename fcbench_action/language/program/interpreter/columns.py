"""Values of programs as the database holds them, and back.

Booleans are 0 and 1. Times are in the one form that :mod:`times` writes, so that they sort as texts do, and
UUIDs are in lower case, whatever was given.
"""

from __future__ import annotations

from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import NOT_A_TIME
from fcbench_action.language.program.environment import Column
from fcbench_action.language.program.interpreter.builtins import time_of
from fcbench_action.language.program.interpreter.faults import Fault, mistyped
from fcbench_action.language.program.interpreter.limits import Meter
from fcbench_action.language.program.interpreter.times import time_text


def stored(column: Column, value: Any, meter: Meter, path: Path) -> Any:
    """What the database holds for ``value``, which is not null. Raises Fault where it fits no such column."""
    kind = type(value)
    match column.kind:
        case "boolean":
            if kind is not bool:
                raise mistyped(path, "a boolean", value)
            return int(value)
        case "int":
            if kind is not int:
                raise mistyped(path, "an integer", value)
            return value
        case "double":
            if kind not in (int, float):
                raise mistyped(path, "a number", value)
            return float(value)
    if kind is not str:
        raise mistyped(path, "a string", value)
    meter.text(len(value), path)
    if not value.isascii() and _half_pair(value):
        raise mistyped(path, "a string without half of a surrogate pair", value)
    if column.kind == "uuid":
        return value.lower()
    return _time(value, path) if column.kind == "datetime" else value


def _half_pair(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _time(text: str, path: Path) -> str:
    found = time_text(time_of(text, path))
    if found is None:
        raise Fault(NOT_A_TIME.at(path, "In UTC, this is not within the years 1 to 9999."))
    return found
