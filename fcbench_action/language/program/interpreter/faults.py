"""What ends a run early: a diagnostic of stage run, at the node where it came up."""

from __future__ import annotations

from typing import Any

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics.run import UNCHECKED_PROGRAM

_NAMES = {
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "an object",
    type(None): "null",
}


class Fault(Exception):
    """Ends a run with a diagnostic. Raised and caught within this package and the backend."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def mistyped(path: Path, expected: str, value: Any) -> Fault:
    """A value of a type that the checker excludes; it never comes of a program that compiles."""
    actual = _NAMES.get(type(value), "something else")
    return Fault(
        UNCHECKED_PROGRAM.at(path, f"This is {actual}, not {expected}.", expected=expected, actual=actual)
    )


def unchecked(path: Path, message: str) -> Fault:
    """Something else that the checker excludes."""
    return Fault(UNCHECKED_PROGRAM.at(path, message))
