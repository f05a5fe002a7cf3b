"""Programs as a simulated model writes them where text is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from fcbench_action.functions import FUNCTIONS
from fcbench_action.language.node import Node
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import emit_operation, emit_test

_EMITTERS: dict[type[Node], Callable[[Any], str]] = {
    TestProgram: emit_test,
    OperationProgram: emit_operation,
}


def as_typescript(tool_name: str, text: str) -> str:
    """The TypeScript of a program's JSON; the text itself where it is of something else, or no program."""
    argument = next((f.argument for f in FUNCTIONS.values() if f.tool_name == tool_name), None)
    emit = _EMITTERS.get(argument) if argument is not None else None
    if emit is None:
        return text
    try:
        return emit(msgspec.json.decode(text, type=argument))
    except (msgspec.MsgspecError, RecursionError):
        return text
