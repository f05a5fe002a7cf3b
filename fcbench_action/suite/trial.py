"""Trying the reference tests: which fail and why, and which statements of the operations they run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fcbench_action.diagnostics import Path
from fcbench_action.functions.programs import Programs, complaint
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.statements import ForEach, If, OperationProgram, Statement


@dataclass(frozen=True, slots=True)
class Trial:
    """How the reference tests went: what failed, by ``module/target``, with the path in the test.

    ``covered`` has the statements of each operation that ran in any test.
    """

    failed: Mapping[str, tuple[Path, str]]
    covered: Mapping[OperationName, frozenset[Path]]


def try_tests(programs: Programs, names: Iterable[str]) -> Trial:
    """Run the reference tests of these names."""
    failed: dict[str, tuple[Path, str]] = {}
    covered: dict[OperationName, frozenset[Path]] = {}
    for name in names:
        run = programs.run(programs.tests[name])
        if not run.passed:
            failed[name] = (run.diagnostics[0].path, complaint(run))
        for key, places in run.covered.items():
            covered[key] = covered.get(key, frozenset()) | places
    return Trial(failed, covered)


def statements(program: OperationProgram) -> list[Path]:
    """The places of all statements of an operation."""
    return list(_statements(program.statements, ("statements",)))


def _statements(block: Collection[Statement], path: Path) -> Iterator[Path]:
    for index, one in enumerate(block):
        here = (*path, index)
        yield here
        if isinstance(one, If):
            yield from _statements(one.then, (*here, "then"))
            yield from _statements(one.otherwise, (*here, "else"))
        elif isinstance(one, ForEach):
            yield from _statements(one.body, (*here, "body"))
