"""The values of programs: null, booleans, integers, numbers, strings, arrays and objects, as JSON has them.

They are Python's None, bool, int, float, str, list and dict, and never change once they are made. A property
that is null and one that is not there are the same. A number that is whole may be held as an int.
Values are walked without recursion, and every walk is counted: they may be deep, and share parts.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.program.interpreter.limits import MOST_EXCERPT, Meter
from fcbench_action.language.program.leaves import INT64

_ARRAY, _OBJECT, _TRUE, _FALSE = (object() for _ in range(4))
_SCALARS = frozenset({str, int, float, bool, type(None)})
_SMALLEST_PLAIN, _LARGEST_PLAIN = 1e-6, 1e21  # outside, JavaScript writes numbers with an exponent


def truth(value: Any) -> bool:
    """Whether a condition holds: true, or anything that is neither null nor false."""
    return value is not None and value is not False


def is_integer(value: Any) -> bool:
    """Whether it is an integer of 64 bits."""
    return type(value) is int and -INT64 <= value < INT64


def equal(left: Any, right: Any, meter: Meter, path: Path) -> bool:
    """Whether two values are the same; 1 and 1.0 are."""
    a, b = type(left), type(right)
    if a is b and a in _SCALARS:
        if a is str:
            meter.scan(len(left), path)
        return bool(left == right)
    return key(left, meter, path) == key(right, meter, path)


def key(value: Any, meter: Meter, path: Path) -> Hashable:
    """A hashable stand-in: two values are the same exactly where their stand-ins are equal."""
    kind = type(value)
    if kind is bool:
        return _TRUE if value else _FALSE
    if kind is str:
        meter.scan(len(value), path)
    if kind in _SCALARS:
        found: Hashable = value
        return found
    return tuple(_tokens(value, meter, path))


def _tokens(value: Any, meter: Meter, path: Path) -> list[Any]:
    """All that is inside, outermost first; sizes come first, so that nothing is ambiguous."""
    found: list[Any] = []
    rest = [value]
    while rest:
        one = rest.pop()
        kind = type(one)
        if kind is list:
            meter.step(len(one) + 1, path)
            found += (_ARRAY, len(one))
            rest += reversed(one)
        elif kind is dict:
            meter.step(len(one) + 1, path)
            names = sorted(name for name, inner in one.items() if inner is not None)
            found += (_OBJECT, tuple(names))
            rest += (one[name] for name in reversed(names))
        elif kind is bool:
            found.append(_TRUE if one else _FALSE)
        else:
            if kind is str:
                meter.scan(len(one), path)
            found.append(one)
    return found


def number_text(value: float) -> str:
    """A number as a template writes it: as JavaScript does, so that whole ones have no fraction."""
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    if _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    digits, _, exponent = repr(value).partition("e")
    return f"{digits}e{int(exponent):+d}"


def excerpt(value: Any) -> str:
    """The beginning of the value as JSON, for people."""
    parts: list[str] = []
    room = MOST_EXCERPT
    rest: list[tuple[bool, Any]] = [(True, value)]
    while rest and room > 0:
        is_value, one = rest.pop()
        text = _opened(one, rest, room) if is_value else one
        parts.append(text)
        room -= len(text)
    return "".join(parts) if not rest and room >= 0 else "".join(parts)[:MOST_EXCERPT] + "..."


def _opened(value: Any, rest: list[tuple[bool, Any]], room: int) -> str:
    """The text of a scalar; of an array or object the bracket, with the inside put on ``rest``."""
    if isinstance(value, list | dict):
        is_array = isinstance(value, list)
        inside: list[tuple[bool, Any]] = []
        names = range(len(value)) if is_array else list(value)
        for at, name in enumerate(names[: room + 1]):
            inside.append((False, ", " if at else ""))
            if not is_array:
                inside.append((False, f"{_quoted(name, room)}: "))
            inside.append((True, value[name]))
        rest += [(False, "]" if is_array else "}"), *reversed(inside)]
        return "[" if is_array else "{"
    if isinstance(value, str):
        return _quoted(value, room)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return number_text(value)


def _quoted(text: str, room: int) -> str:
    cut = text[: room + 1].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{cut}"'
