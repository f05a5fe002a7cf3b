"""What the rules look at: the part of an interface that is checked, and what it may lean on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.language.database.nodes import Application, Model
from fcbench_action.language.interface.nodes import Actor, Endpoint, Operation, Schema
from fcbench_action.language.interface.walk import Visit, walk
from fcbench_action.language.near import Hints


@dataclass(frozen=True)
class Scope:
    """Operations and schemas to check, beside those that are given and known to be right.

    ``pinned`` are endpoints that exist, whether or not an operation fills them. ``glossary`` names types that
    exist though their schemas are not at hand. ``actors`` is None where the interface does not say who there
    is; then any role will do.
    """

    operations: tuple[Operation, ...] = ()
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    schemas_at: Path = ("components", "schemas")
    actors: tuple[Actor, ...] | None = None
    given_operations: tuple[Operation, ...] = ()
    given_schemas: Mapping[str, Schema] = field(default_factory=dict)
    pinned: tuple[Endpoint, ...] = ()
    glossary: frozenset[str] = frozenset()
    database: Application | None = None
    hints: Hints = field(default_factory=Hints)

    @cached_property
    def types(self) -> dict[str, Schema]:
        """Every named schema at hand."""
        return {**self.given_schemas, **self.schemas}

    @cached_property
    def visits(self) -> list[Visit]:
        """Every schema node that is checked, of types and of parameters."""
        roots: list[tuple[Path, Schema]] = [
            ((*self.schemas_at, name), schema) for name, schema in self.schemas.items()
        ]
        for index, operation in enumerate(self.operations):
            roots += [
                (("operations", index, "parameters", i, "schema"), parameter.schema)
                for i, parameter in enumerate(operation.parameters)
            ]
        return [visit for path, schema in roots for visit in walk(path, schema)]

    @cached_property
    def tables(self) -> dict[str, Model]:
        """The tables of the database, by name."""
        files = self.database.files if self.database else ()
        return {model.name: model for file in files for model in file.models}


Rule = Callable[[Scope], Iterable[Diagnostic]]
"""Finds one kind of fault, or a few that go together."""


def cyclic(edges: Mapping[str, Iterable[str]]) -> set[str]:
    """The nodes of a graph that lie on cycles, or between two of them. Linear in the graph's size."""
    forward = {node: [other for other in others if other in edges] for node, others in edges.items()}
    backward: dict[str, list[str]] = {node: [] for node in forward}
    for node, others in forward.items():
        for other in others:
            backward[other].append(node)
    left = set(forward)
    for ways, back in ((forward, backward), (backward, forward)):
        count = {node: sum(other in left for other in ways[node]) for node in left}
        ends = [node for node in left if not count[node]]
        while ends:
            end = ends.pop()
            left.discard(end)
            for node in back[end]:
                if node in left:
                    count[node] -= 1
                    if not count[node]:
                        ends.append(node)
    return left
