"""What the functions about programs share: a topic's references, and running tests against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.program.environment import Environment, OperationName, environment
from fcbench_action.language.program.statements import OperationKey, OperationProgram, Request, TestProgram


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
    def callers(self) -> Mapping[OperationName, tuple[str, ...]]:
        """The tests that call an operation, sorted by name."""
        found: dict[OperationName, list[str]] = {}
        for name in sorted(self.tests):
            for key in sorted({name_of(request.operation) for request in requests(self.tests[name])}):
                found.setdefault(key, []).append(name)
        return {key: tuple(names) for key, names in found.items()}


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
    """Every request of a test, wherever it stands. Iterative, for programs nest as deep as replies may."""
    pending: list[object] = [*reversed(program.statements)]
    while pending:
        node = pending.pop()
        if isinstance(node, Request):
            yield node
        elif isinstance(node, tuple):
            pending += reversed(node)
        elif isinstance(node, msgspec.Struct):
            pending += [getattr(node, field) for field in reversed(node.__struct_fields__)]
