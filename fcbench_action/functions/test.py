"""The test phase: ``test.write`` asks for a test of one scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import program as codes
from fcbench_action.functions.base import Function, Grade, Part, Prompt, total
from fcbench_action.functions.program_prompts import (
    OPERATIONS,
    TYPES,
    operation_line,
    program_head,
    type_lines,
)
from fcbench_action.functions.programs import (
    NOT_TRIED,
    ProgramTask,
    complaint,
    name_of,
    place,
    requests,
    written,
)
from fcbench_action.functions.prompts import section
from fcbench_action.language.program.check import check_test
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.mutate import remake
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import emit_test

PASSING = Part("passes on the reference", 1.0, 1.0)
NOTICING = Part("notices defects", 2.0, 2.0)
"""What it is worth that the test passes on the reference, and that it fails on every mutant."""


@dataclass(frozen=True, kw_only=True)
class ScenarioTask(ProgramTask):
    """What one case of ``test.write`` pins.

    ``name`` is what the test has to call itself, ``scenario`` what it has to do and verify. It is ``about``
    operations, which it must call, and ``given`` others. ``mutants`` are names of mutants of the former, by
    operation, all of which the reference test notices; names that there are no mutants of count for nothing.
    """

    name: str
    scenario: str
    about: tuple[OperationName, ...]
    given: tuple[OperationName, ...]
    reference: TestProgram
    mutants: Mapping[OperationName, tuple[str, ...]]

    @cached_property
    def listed(self) -> tuple[tuple[str, OperationName, OperationProgram], ...]:
        """The mutants: what to call each, whose it is, and its program; made once for all grades."""
        found = []
        for key, names in self.mutants.items():
            made = remake(self.programs.operations[key], self.programs.environment, frozenset(names))
            found += [(f"{written(key)}: {n}", key, made[n].program) for n in names if n in made]
        return tuple(found)


def prompt(task: ScenarioTask) -> Prompt:
    """What a model is told: the scenario, the statements behind it, and the API that it may call."""
    operations = [task.programs.environment.operations[key] for key in (*task.about, *task.given)]
    own = len(task.about)
    sections = [
        *program_head(task),
        section("Actors", "", (f"`{one.name}` ({one.kind}): {one.description}" for one in task.actors)),
        section("Operations that the scenario is about", OPERATIONS, map(operation_line, operations[:own])),
        section("Other operations", "", map(operation_line, operations[own:])),
        section("Types", TYPES, type_lines(task.programs.environment, operations)),
        f"## Scenario: {task.name}\n\n{task.scenario}",
    ]
    return Prompt(_SYSTEM, "\n\n".join(filter(None, sections)) + "\n")


_SYSTEM = (
    "You write tests of a backend over its API. Answer with one call of the function `test_write` whose "
    "argument is complete: the syntax tree of one test program; text outside the call is not read. The "
    "descriptions in the function's schema are binding. A type checker checks the program. Then it runs "
    "against a backend that does what the requirements say, where it has to pass, and against backends with "
    "defects, where it has to fail. Each run begins with an empty database and has a clock of its own, which "
    "goes on by a second from request to request. `scenario` is the scenario's name, exactly as given."
)


def compile_test(task: ScenarioTask, answer: TestProgram) -> list[Diagnostic]:
    """What is wrong with an answer, as a program and for this task."""
    return sort([*check_test(answer, task.programs.environment), *_as_told(task, answer)])


def _as_told(task: ScenarioTask, answer: TestProgram) -> Iterator[Diagnostic]:
    if answer.scenario != task.name:
        yield codes.WRONG_SCENARIO.at(
            ("scenario",),
            "The test names another scenario than the task.",
            expected=task.name,
            actual=answer.scenario,
        )
    called = {name_of(request.operation) for request in requests(answer)}
    for key in task.about:
        if key not in called:
            yield codes.UNTESTED_OPERATION.at(
                ("statements",),
                f'The scenario is about "{written(key)}", which the test never calls.',
                expected=f"a call of {written(key)}",
            )


def grade(task: ScenarioTask, answer: TestProgram) -> Grade:
    """Whether the test passes on the reference, and which of the mutants it notices.

    Noticing earns nothing where the test does not pass: a test that always fails notices everything.
    """
    run = task.programs.run(answer)
    if not run.passed:
        failed = replace(PASSING, earned=0.0, misses=(complaint(run),))
        return total([failed, replace(NOTICING, earned=0.0, misses=("not tried",))])
    found = task.programs.complaints((answer, {key: mutant}) for _, key, mutant in task.listed)
    missed = tuple(
        name for (name, _, _), heard in zip(task.listed, found, strict=True) if heard in (None, NOT_TRIED)
    )
    share = 1 - len(missed) / len(task.listed) if task.listed else 1.0
    return total([PASSING, replace(NOTICING, earned=round(NOTICING.possible * share, 6), misses=missed)])


def emit(answers: dict[str, TestProgram]) -> dict[str, str]:
    """Each test as TypeScript: ``test/<module>/<scenario>.ts``."""
    return {f"test/{place(case)}.ts": emit_test(answers[case]) for case in sorted(answers)}


WRITE = Function(
    name="test.write",
    phase="test",
    title="Test",
    description="Writes a test of one scenario, over the API, as a syntax tree.",
    argument=TestProgram,
    prompt=prompt,
    compile=compile_test,
    grade=grade,
    emit=emit,
)
