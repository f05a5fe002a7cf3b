"""How fast programs are written as TypeScript, read back, and checked."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.expressions import Compare, Identifier, StringLiteral
from fcbench_action.language.program.statements import (
    If,
    OperationKey,
    OperationProgram,
    Reject,
    Statement,
)
from fcbench_action.language.program.typescript import emit_operation, parse_operation
from fcbench_action.language.program.typescript.syntax import parser
from tests.program_generator import operation_program
from tests.program_world import world

SIZE = 100_000
"""Bytes of JSON of the program that is measured, about."""

KEY = OperationKey(method="post", path="/notes")


def rows() -> list[tuple[str, str]]:
    """What was measured, and the figure."""
    env, program = world(), large_operation()
    size, text = len(msgspec.json.encode(program)), emit_operation(program)
    parser()
    writing = seconds(lambda: emit_operation(program))
    reading = seconds(lambda: parse_operation(text))
    checking = seconds(lambda: check_operation(program, env))
    made = seconds(lambda: (parser.cache_clear(), parser()))
    kilobytes = f"{len(text) / 1000:.0f} KB of TypeScript"
    return [
        (f"writing {kilobytes}", f"{len(text) / 1e6 / writing:.1f} MB/s"),
        (f"reading {kilobytes}", f"{len(text) / 1e6 / reading:.2f} MB/s"),
        ("the grammar, read once", f"{made * 1000:.0f} ms"),
        (f"checking a program of {size / 1000:.0f} KB", f"{checking * 1000:.0f} ms"),
    ]


def large_operation() -> OperationProgram:
    """Generated operations, each in a block of one large one."""
    blocks: list[Statement] = []
    size = seed = 0
    while size < SIZE:
        part = operation_program(Random(seed), world(), 60)
        seed += 1
        if part.operation == KEY:
            condition = Compare(
                operator="===", left=Identifier(name="now"), right=StringLiteral(value=str(seed))
            )
            blocks.append(If(condition=condition, then=part.statements))
            size += len(msgspec.json.encode(part))
    reject = Reject(status=404, message=StringLiteral(value="no block"))
    return OperationProgram(operation=KEY, statements=(*blocks, reject))


def seconds(work: Callable[[], Any], repeat: int = 5) -> float:
    """The best time of several."""
    best = float("inf")
    for _ in range(repeat):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:60} {figure}")
