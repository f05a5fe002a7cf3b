"""Compiling: each node becomes one Python closure over those of its parts, once; running is calling the root.

Measured: some 40 million steps a second (``make bench``). Closures nest as deep as the tree, which
:data:`limits.DEEPEST` bounds far below Python's own stack; nothing recurses over data.

A closure looks names up by slot. Costs are counted where they can multiply: :class:`Compiler` adds up the
weight of the nodes of a block or arrow, and a loop pays it for each pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.node import Node
from fcbench_action.language.program.environment import Environment
from fcbench_action.language.program.expressions import Arrow
from fcbench_action.language.program.interpreter.faults import unchecked
from fcbench_action.language.program.interpreter.limits import DEEPEST, exceeded
from fcbench_action.language.program.interpreter.state import Ended, Run
from fcbench_action.sinks import one_line

Evaluate = Callable[[Run], Any]
"""What an expression becomes."""

Execute = Callable[[Run], Ended | None]
"""What a statement becomes; it gives how the program ended, if that is what it did."""

_HEAVY = {"objectLiteral": 8, "merge": 8, "arrayLiteral": 2, "template": 4, "invoke": 4}
"""Weight of nodes that make something; any other weighs 1."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that are known at a place, by slot. Blocks and arrows have their own within others."""

    own: dict[str, int]
    parent: Names | None = None

    def slot(self, name: str) -> int | None:
        """Where the value of ``name`` is; None where it is not known."""
        names: Names | None = self
        while names is not None:
            if name in names.own:
                return names.own[name]
            names = names.parent
        return None


@dataclass(slots=True)
class Compiler:
    """Compiles one program. ``expressions`` and ``statements`` are the dialect: a handler for each node."""

    environment: Environment
    expressions: Mapping[type, Callable[[Compiler, Any, Path, Names], Evaluate]]
    statements: Mapping[type, Callable[[Compiler, Any, Path, Names], Execute]]
    slots: int = 0
    weight: int = 0
    places: list[Path] = field(default_factory=list)

    def declare(self, name: str, names: Names) -> int:
        """A slot for a name from here on."""
        names.own[name] = self.slots
        self.slots += 1
        return self.slots - 1

    def expression(self, node: Node, path: Path, names: Names) -> Evaluate:
        """Compiles an expression. Raises Fault where the program was not checked or is too deep."""
        handler = self.expressions.get(type(node))
        if handler is None:
            raise unchecked(path, f"An expression of type {_tag(node)} has no meaning here.")
        if len(path) > DEEPEST:
            raise exceeded("levels of nodes", DEEPEST, path[:DEEPEST])
        self.weight += _HEAVY.get(_tag(node), 1)
        return handler(self, node, path, names)

    def optional(self, node: Node | None, path: Path, names: Names) -> Evaluate | None:
        """Compiles an expression that may be left out."""
        return None if node is None else self.expression(node, path, names)

    def each(self, nodes: Sequence[Node], path: Path, names: Names) -> list[Evaluate]:
        """Compiles the expressions of an array at ``path``."""
        return [self.expression(node, (*path, at), names) for at, node in enumerate(nodes)]

    def arrow(self, arrow: Arrow, path: Path, names: Names) -> tuple[int, Evaluate, int]:
        """Slot of the parameter, body, and weight of the body, which counts only where it is paid."""
        outside, self.weight = self.weight, 1
        inner = Names({}, names)
        slot = self.declare(arrow.parameter, inner)
        body = self.expression(arrow.body, (*path, "body"), inner)
        cost, self.weight = self.weight, outside
        return slot, body, cost

    def block(self, nodes: Sequence[Node], path: Path, names: Names) -> Execute:
        """Compiles statements that run one after the other, up to the first that ends the program."""
        inner = Names({}, names)
        steps = tuple(self._statement(node, (*path, at), inner) for at, node in enumerate(nodes))
        if len(steps) == 1:
            return steps[0]

        def block(run: Run) -> Ended | None:
            for step in steps:
                ended = step(run)
                if ended is not None:
                    return ended
            return None

        return block

    def _statement(self, node: Node, path: Path, names: Names) -> Execute:
        handler = self.statements.get(type(node))
        if handler is None:
            raise unchecked(path, f"A statement of type {_tag(node)} has no meaning here.")
        if len(path) > DEEPEST:
            raise exceeded("levels of nodes", DEEPEST, path[:DEEPEST])
        self.weight += 1
        at = len(self.places)
        self.places.append(path)
        execute = handler(self, node, path, names)

        def statement(run: Run) -> Ended | None:
            run.covered[at] = 1
            return execute(run)

        return statement


def _tag(node: Node) -> str:
    return str(node.__struct_config__.tag or type(node).__name__)


def unknown(path: Path, what: str, name: str) -> Exception:
    """The fault of a name that the program or its environment does not have."""
    return unchecked(path, f"There is no {what} {one_line(name, 80)!r}.")
