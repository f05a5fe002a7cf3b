"""The examples on the pages of programs: TypeScript, checked or run in the small application."""

from __future__ import annotations

import re

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.language.program.backend import run_test
from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import parse_operation, parse_test
from tests.program_world import JOIN, Json, backend, lit, obj, program, request, var, world

_REPEATED = re.compile(r"^(.*) // times=(\d+)\n", re.MULTILINE)
ECHO: list[Json] = [{"type": "return", "value": var("body")}]
TRY = program({"type": "call", "request": request("alice", "post /any", obj(text=lit(None)))})


def checked(kind: str, text: str) -> list[Diagnostic]:
    """What reading the program reports; where it is one, what checking it does.

    A line that ends in ``// times=N`` stands for so many of it.
    """
    text = _REPEATED.sub(lambda line: f"{line[1]}\n" * int(line[2]), text)
    if kind == "test":
        test = parse_test(text)
        return list(test.diagnostics) if test.program is None else check_test(test.program, world())
    operation = parse_operation(text)
    if operation.program is None:
        return list(operation.diagnostics)
    return check_operation(operation.program, world())


def outcome(kind: str, text: str) -> list[Diagnostic]:
    """What running the program reports: an `operation` is `post /any`; a `test` meets one that echoes."""
    front = backend({"post /members": JOIN, "post /any": ECHO})
    if kind == "test":
        test = parse_test(text).program
        assert isinstance(test, TestProgram), test
        return list(run_test(test, front).diagnostics)
    operation = parse_operation(text).program
    assert isinstance(operation, OperationProgram), operation
    run = run_test(TRY, front.replaced({("post", "/any"): operation}))
    return [fault.diagnostic for fault in run.faults]
