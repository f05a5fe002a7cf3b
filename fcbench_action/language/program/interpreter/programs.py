"""Whole programs: compiled once, run many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.program.environment import Environment
from fcbench_action.language.program.interpreter import arrays, builtins, chance, plain, reads
from fcbench_action.language.program.interpreter.compiler import Compiler, Execute, Names
from fcbench_action.language.program.interpreter.faults import unchecked
from fcbench_action.language.program.interpreter.state import Ended, Run
from fcbench_action.language.program.interpreter.statements import OPERATIONS
from fcbench_action.language.program.interpreter.testing import TESTS
from fcbench_action.language.program.statements import OperationProgram, TestProgram

_SHARED = {**plain.HANDLERS, **arrays.HANDLERS, **builtins.HANDLERS}
OPERATION_EXPRESSIONS = {**_SHARED, **reads.HANDLERS}
TEST_EXPRESSIONS = {**_SHARED, **chance.HANDLERS}
"""What each dialect makes of its expressions."""

_PREDECLARED = ("path", "body", "actor", "now")
_ROOT: Path = ("statements",)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program that can run. ``places`` are the paths of its statements, in the order of ``Run.covered``."""

    execute: Execute
    slots: int
    weight: int
    places: tuple[Path, ...]


def compile_operation(program: OperationProgram, environment: Environment) -> Compiled:
    """Compiles what the backend does for an operation. Raises Fault where the program was not checked."""
    compiler = Compiler(environment, OPERATION_EXPRESSIONS, OPERATIONS)
    names = Names({})
    for name in _PREDECLARED:
        compiler.declare(name, names)
    return _compiled(compiler, compiler.block(program.statements, _ROOT, names))


def compile_test(program: TestProgram, environment: Environment) -> Compiled:
    """Compiles a test. Raises Fault where the program was not checked."""
    compiler = Compiler(environment, TEST_EXPRESSIONS, TESTS)
    return _compiled(compiler, compiler.block(program.statements, _ROOT, Names({})))


def _compiled(compiler: Compiler, execute: Execute) -> Compiled:
    return Compiled(execute, compiler.slots, compiler.weight, tuple(compiler.places))


@dataclass(frozen=True, slots=True)
class Scope:
    """What an operation knows from the start."""

    path: dict[str, Any]
    body: Any
    actor: dict[str, Any] | None
    time: str


def run_operation(compiled: Compiled, scope: Scope, run: Run) -> Ended:
    """Runs an operation to its end; ``run.values`` need not be filled. Raises Fault."""
    run.values = [scope.path, scope.body, scope.actor, scope.time, *[None] * compiled.slots]
    run.meter.step(compiled.weight, _ROOT)
    ended = compiled.execute(run)
    if ended is None:
        raise unchecked(_ROOT, "This comes to its end without a return or a rejection.")
    return ended


def run_statements(compiled: Compiled, run: Run) -> None:
    """Runs a test to its end. Raises Fault where it fails."""
    run.values = [None] * compiled.slots
    run.meter.step(compiled.weight, _ROOT)
    compiled.execute(run)
