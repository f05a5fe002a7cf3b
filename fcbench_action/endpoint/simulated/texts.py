"""Programs as a simulated model writes them where text is asked for, and how it reads its own again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path
from fcbench_action.endpoint.simulated.places import places
from fcbench_action.functions import FUNCTIONS
from fcbench_action.language.node import Node
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import (
    Reading,
    emit_operation,
    emit_test,
    parse_operation,
    parse_test,
)

_EMITTERS: dict[type[Node], Callable[[Any], str]] = {
    TestProgram: emit_test,
    OperationProgram: emit_operation,
}
_PARSERS: dict[type[Node], Callable[[str], Reading[Any]]] = {
    TestProgram: parse_test,
    OperationProgram: parse_operation,
}
_NAMED = re.compile(r"^Line (\d{1,9}), column (\d{1,9}): \[", re.MULTILINE)


def as_typescript(tool_name: str, text: str) -> str:
    """The TypeScript of a program's JSON; the text itself where it is of something else, or no program."""
    argument = _argument(tool_name)
    if argument is None:
        return text
    try:
        return _EMITTERS[argument](msgspec.json.decode(text, type=argument))
    except (msgspec.MsgspecError, RecursionError):
        return text


def recalled(tool_name: str, text: str, feedback: str) -> tuple[str, tuple[Path, ...]] | None:
    """The JSON of the program that a text of TypeScript is, and the places in it that feedback on its lines
    names; None where the tool takes no program, or the text is none.

    JSON that stands where TypeScript should is wrong as a whole.
    """
    argument = _argument(tool_name)
    if argument is None:
        return None
    reading = _PARSERS[argument](text)
    if reading.program is None:
        return (text, ((),)) if text.startswith("{") else None
    written = msgspec.json.encode(reading.program)
    outermost: dict[tuple[int, int], Path] = {}
    for place in places(msgspec.json.decode(written), {}):
        if place.path:
            outermost.setdefault(reading.place(place.path), place.path)
    named = [(int(line), int(column)) for line, column in _NAMED.findall(feedback)]
    return written.decode(), tuple(outermost[at] for at in named if at in outermost)


def _argument(tool_name: str) -> type[Node] | None:
    """What the tool takes, if that is a program."""
    argument = next((f.argument for f in FUNCTIONS.values() if f.tool_name == tool_name), None)
    return argument if argument in _EMITTERS else None
