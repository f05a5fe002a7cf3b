"""The realize phase: ``realize.operation`` asks for what the backend does for one operation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import program as codes
from fcbench_action.functions.base import Function, Grade, Part, Prompt, total
from fcbench_action.functions.program_prompts import (
    TABLES,
    operation_line,
    program_head,
    table_lines,
    type_lines,
)
from fcbench_action.functions.programs import ProgramTask, name_of, place, written
from fcbench_action.functions.prompts import section
from fcbench_action.language.interface.nodes import Actor
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.statements import OperationProgram
from fcbench_action.language.program.typescript import emit_operation


@dataclass(frozen=True, kw_only=True)
class RealizationTask(ProgramTask):
    """What one case of ``realize.operation`` pins.

    ``tables`` are those that the model is shown; it may use any. ``tests`` are the names of the reference
    tests that verify the operation, ``others`` those that merely call it.
    """

    operation: OperationName
    tables: tuple[str, ...]
    reference: OperationProgram
    tests: tuple[str, ...]
    others: tuple[str, ...]


def prompt(task: RealizationTask) -> Prompt:
    """What a model is told: the operation, the statements behind it, its types and the tables."""
    environment = task.programs.environment
    operation = environment.operations[task.operation]
    sections = [
        *program_head(task),
        section("Operation to realize", operation.node.description, [operation_line(operation)]),
        section(
            "Actors", _ACTORS, (f"`{one.name}`: {_row_of(one)}. {one.description}" for one in task.actors)
        ),
        section("Types", _TYPES, type_lines(environment, [operation])),
        section("Tables", TABLES, table_lines(environment, task.tables)),
    ]
    return Prompt(_SYSTEM, "\n\n".join(filter(None, sections)) + "\n")


_SYSTEM = (
    "You write the operations of a backend. Answer with one call of the function `realize_operation` whose "
    "argument is complete: the syntax tree of one operation; text outside the call is not read. The "
    "descriptions in the function's schema are binding. A type checker checks the program against the types "
    "of the API and the tables of the database. Then it takes its place in a backend whose other operations "
    "work, and is tested over the API."
)
_ACTORS = "`actor` is a row of the table named here; null in operations that anybody may call."
_TYPES = (
    "A property with `?` may be left out; reading one that was left out gives null, and null in an answer "
    "leaves it out where it cannot be null. Path parameters and the "
    "body were checked against their types before the operation runs, and so was who may call it; the "
    "response is checked afterwards."
)


def _row_of(actor: Actor) -> str:
    return f"`{actor.table}`" if actor.table is not None else "no table"


def compile_operation(task: RealizationTask, answer: OperationProgram) -> list[Diagnostic]:
    """What is wrong with an answer, as a program and for this task."""
    if name_of(answer.operation) == task.operation:
        return check_operation(answer, task.programs.environment)
    return sort(_other_operation(task, answer))


def _other_operation(task: RealizationTask, answer: OperationProgram) -> Iterator[Diagnostic]:
    """Nothing else is worth saying: all types would be those of another operation."""
    yield codes.WRONG_OPERATION.at(
        ("operation",),
        "The program is for another operation than the one asked for.",
        expected=written(task.operation),
        actual=written(name_of(answer.operation)),
    )


def grade(task: RealizationTask, answer: OperationProgram) -> Grade:
    """The share of tests passed that verify the operation. Those that merely call it count as one more."""
    replaced = {task.operation: answer}
    tests = task.programs.tests
    complaints = task.programs.complaints((tests[n], replaced) for n in (*task.tests, *task.others))
    own, others = complaints[: len(task.tests)], complaints[len(task.tests) :]
    parts = [
        Part(name, float(complaint is None), 1.0, (complaint,) if complaint is not None else ())
        for name, complaint in zip(task.tests, own, strict=True)
    ]
    if others:
        failed = tuple(f"{n}: {c}" for n, c in zip(task.others, others, strict=True) if c is not None)
        parts.append(Part(_ELSEWHERE, 1 - len(failed) / len(others), 1.0, failed[:_MOST_MISSES]))
    return total(parts)


_ELSEWHERE = "other tests that call it"
_MOST_MISSES = 30


def emit(answers: dict[str, OperationProgram]) -> dict[str, str]:
    """Each operation as TypeScript: ``src/<module>/<operation>.ts``."""
    return {f"src/{place(case)}.ts": emit_operation(answers[case]) for case in sorted(answers)}


OPERATION = Function(
    name="realize.operation",
    phase="realize",
    title="Operation",
    description="Writes what the backend does for one operation, as a syntax tree.",
    argument=OperationProgram,
    prompt=prompt,
    compile=compile_operation,
    grade=grade,
    emit=emit,
)
