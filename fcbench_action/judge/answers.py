"""Judging an answer that was asked for as text: the same stages, another beginning.

Text that should be JSON is read like the arguments of a call. For programs the channel ``text`` takes
TypeScript in the place of their trees; what its parser says are findings of stage parse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics.typescript import TYPESCRIPT_FORM
from fcbench_action.judge.channels import TEXT
from fcbench_action.judge.limits import MAX_FEEDBACK
from fcbench_action.judge.types import Outcome
from fcbench_action.language.node import Node
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import Reading, parse_operation, parse_test
from fcbench_action.sinks import one_line, terminal

_PARSERS: dict[type[Node], Callable[[str], Reading[Any]]] = {
    TestProgram: parse_test,
    OperationProgram: parse_operation,
}
_AROUND = 160


def is_typescript(argument: type[Node], channel: str) -> bool:
    """Whether answers of this type are written as TypeScript in this channel."""
    return channel == TEXT and argument in _PARSERS


def read_typescript(argument: type[Node], text: str) -> Reading[Any]:
    """The program that a text is, or what is wrong with it. Never raises."""
    return _PARSERS[argument](text)


def outcome_of(reading: Reading[Any]) -> Outcome:
    """What a text that is no program comes to: not even TypeScript, or not what programs are made of."""
    form = any(diagnostic.code == TYPESCRIPT_FORM.name for diagnostic in reading.diagnostics)
    return Outcome.SCHEMA_VIOLATION if form else Outcome.INVALID_JSON


def about_typescript(text: str, reading: Reading[Any], found: tuple[Diagnostic, ...], total: int) -> str:
    """The feedback on a program in TypeScript: each finding with its line, as many as the bound allows."""
    lines = text.split("\n")
    count = "1 error" if total == 1 else f"{total} errors"
    parts = [f"Your program was not accepted: {count}. Answer again with all of it, corrected.\n"]
    room = MAX_FEEDBACK - len(parts[0])
    for diagnostic in found:
        line, column = reading.place(diagnostic.path)
        shown = terminal(lines[line - 1][:_AROUND], lines=False) if 0 < line <= len(lines) else ""
        facts = [f"expected {diagnostic.expected}"] * bool(diagnostic.expected)
        facts += [f"got {diagnostic.actual}"] * bool(diagnostic.actual)
        said = f"{one_line(diagnostic.message, 600)}{' (' + ', '.join(facts) + ')' if facts else ''}"
        part = f"\nLine {line}, column {column}: [{diagnostic.code}] {said}\n> {shown}\n"
        room -= len(part)
        if room < 0:
            break
        parts.append(part)
    return "".join(parts)
