"""What the functions about programs share: a topic's references, and running tests against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Actor, Document
from fcbench_action.language.program.backend import Backend, Template, TestRun, run_test
from fcbench_action.language.program.environment import Environment, OperationName, environment
from fcbench_action.language.program.statements import (
    AssertRejected,
    Call,
    ForEach,
    If,
    OperationKey,
    OperationProgram,
    Request,
    TestProgram,
)

Replaced = Mapping[OperationName, OperationProgram]
"""Other programs for some of the operations."""

SEED = 20_260_101
"""Of all runs that grade."""

MOST_SPENT = 5.0
"""What the runs of one grade may use together, in limits of one test: so a grade takes seconds at most."""

NOT_TRIED = "not tried, for the runs before it took too long"


@dataclass(frozen=True)
class Programs:
    """One topic's programs: what they are about, the reference operations, and the reference tests by name.

    ``conventions`` is what all operations have in common, as the people who ask for them put it.
    """

    application: Application
    document: Document
    operations: Mapping[OperationName, OperationProgram]
    tests: Mapping[str, TestProgram]
    conventions: str = ""

    @cached_property
    def environment(self) -> Environment:
        """What the programs may name."""
        return environment(self.application, self.document)

    @cached_property
    def backend(self) -> Backend:
        """The reference operations, ready to run, all of them compiled: backends with others share that."""
        backend = Backend(self.environment, self.operations, Template(self.application))
        for name in self.operations:
            backend.compiled(name)
        return backend

    def run(self, test: TestProgram, replaced: Replaced | None = None) -> TestRun:
        """How a test goes, with other programs for some operations. What is the same is run once."""
        other = {key: one for key, one in (replaced or {}).items() if one != self.operations.get(key)}
        if other:
            return run_test(test, self.backend.replaced(other), SEED)
        known = self._known.get(id(test))
        if known is None:
            known = run_test(test, self.backend, SEED)
            if id(test) in self._references:
                self._known[id(test)] = known
        return known

    @cached_property
    def _known(self) -> dict[int, TestRun]:
        """How reference tests go on the reference operations, by their ids, as far as they were run."""
        return {}

    @cached_property
    def _references(self) -> frozenset[int]:
        return frozenset(map(id, self.tests.values()))

    def complaints(self, trials: Iterable[tuple[TestProgram, Replaced]]) -> list[str | None]:
        """What each test complains of, run with other programs for some operations; None where it passes.

        When all of them together have used up :data:`MOST_SPENT`, the rest is :data:`NOT_TRIED`.
        """
        found: list[str | None] = []
        spent = 0.0
        for test, replaced in trials:
            if spent >= MOST_SPENT:
                found.append(NOT_TRIED)
                continue
            run = self.run(test, replaced)
            spent += run.spent
            found.append(None if run.passed else complaint(run))
        return found

    @cached_property
    def callers(self) -> Mapping[OperationName, tuple[str, ...]]:
        """The tests that call an operation, sorted by name."""
        found: dict[OperationName, list[str]] = {}
        for name in sorted(self.tests):
            for key in sorted({name_of(request.operation) for request in requests(self.tests[name])}):
                found.setdefault(key, []).append(name)
        return {key: tuple(names) for key, names in found.items()}


@dataclass(frozen=True, kw_only=True)
class ProgramTask:
    """What every case about a program pins.

    ``title`` and ``summary`` are of the application, ``module`` and ``brief`` of the module;
    ``requirements`` are (number, text) pairs.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: tuple[tuple[str, str], ...]
    actors: tuple[Actor, ...]
    programs: Programs


def place(case: str) -> str:
    """Where the artifact of a case belongs, by the case's id: ``module/target``."""
    _, module, _, target = case.split("/")
    return f"{module}/{target}"


def name_of(key: OperationKey) -> OperationName:
    """What the environment calls the operation."""
    return key.method, key.path


def written(name: OperationName) -> str:
    """An operation as prompts, files and reports write it: ``get /lists/{listId}``."""
    return f"{name[0]} {name[1]}"


def requests(program: TestProgram) -> Iterator[Request]:
    """Every request of a test, wherever it stands."""
    return (request for request, _ in calls(program))


def calls(program: TestProgram) -> Iterator[tuple[Request, int | None]]:
    """Every request of a test, and the status with which the test wants it refused, if it does.

    Iterative, for programs nest as deep as replies may.
    """
    pending = [*reversed(program.statements)]
    while pending:
        node = pending.pop()
        if isinstance(node, Call):
            yield node.request, None
        elif isinstance(node, AssertRejected):
            yield node.request, node.status
        elif isinstance(node, If):
            pending += reversed((*node.then, *node.otherwise))
        elif isinstance(node, ForEach):
            pending += reversed(node.body)


def complaint(run: TestRun) -> str:
    """Why a test did not pass, in one line."""
    (why, *_) = run.diagnostics
    told = f"{why.code}: {why.message}"
    return f"{told} Expected {why.expected}, got {why.actual}." if why.expected and why.actual else told
