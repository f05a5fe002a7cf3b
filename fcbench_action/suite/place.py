"""What the builders of tasks share: where things stand, names that must exist, how all tasks begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fcbench_action.diagnostics.diagnostic import Path
from fcbench_action.language.interface.nodes import Operation
from fcbench_action.language.program.typescript import Reading
from fcbench_action.suite.material import CaseFile, Module, Topic
from fcbench_action.suite.source import Fault, Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of a case stands: ``prefix`` leads to it in ``source``.

    ``items`` translates the index after the first segment of a path, where an answer holds a choice of the
    file's elements.
    """

    source: Source
    prefix: Path = ()
    items: tuple[int, ...] = ()

    def fault(self, path: Path, message: str) -> Fault:
        """The fault at ``path`` inside this place."""
        if self.items and len(path) > 1 and isinstance(path[1], int) and path[1] < len(self.items):
            path = (path[0], self.items[path[1]], *path[2:])
        return self.source.fault((*self.prefix, *path), message)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a program stands as TypeScript."""

    source: Source
    parse: Callable[[str], Reading[Any]]

    def fault(self, path: Path, message: str) -> Fault:
        """The fault at the line of the node at ``path``."""
        line, _ = self.parse(self.source.text).place(path)
        return Fault(self.source.name, line, message)


class Missing(Exception):
    """A name that a case uses and no file declares: ``path`` inside the case's declaration."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


def known(names: Mapping[str, T], name: str, path: Path, kind: str) -> T:
    """What ``names`` has under ``name``, which the case's declaration says at ``path``. Raises Missing."""
    if name not in names:
        raise Missing(path, f"there is no {kind} {name}")
    return names[name]


def head(topic: Topic, module: Module, case: CaseFile) -> dict[str, Any]:
    """What the tasks of all functions begin with. Statements of other modules may be told too."""
    others = {number: text for other in topic.modules.values() for number, text in other.statements.items()}
    statements = {**others, **module.statements}
    return {
        "title": topic.file.title,
        "summary": topic.file.summary,
        "module": module.called,
        "brief": module.brief,
        "requirements": tuple(
            (number, known(statements, number, ("requirements", index), "statement"))
            for index, number in enumerate(case.requirements)
        ),
    }


def endpoint(operation: Operation) -> str:
    """What files call an operation: ``get /lists/{listId}``."""
    return f"{operation.method} {operation.path}"
