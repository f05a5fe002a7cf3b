"""The walk over a program: one rule a variant, with what all rules need.

A rule gets the checker, the node, its path and the type that its place expects, if any. It gives the node's
type, and reports what is wrong. After a report it gives ERROR, about which nothing more is said.

The walk recurses, with at most four Python frames a level of the tree, and stops at :data:`DEEPEST_PROGRAM`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fcbench_action.diagnostics import Code, Diagnostic, Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import Hints, Nearest, quoted
from fcbench_action.language.program.check.narrowing import NO_OUTCOME, NOTHING, Facts, Outcome, Reference
from fcbench_action.language.program.check.scope import Binding, Scope
from fcbench_action.language.program.environment import Environment, Operation
from fcbench_action.language.program.expressions import Identifier, PropertyAccess
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    NULL,
    STRING,
    Array,
    Assignability,
    Constant,
    Row,
    Scalar,
    Type,
    members,
    object_of,
    show,
    size,
    without_null,
)

DEEPEST_PROGRAM = 120
"""Expressions and statements inside each other. JSON is read 128 levels deep, of which programs use three."""

LARGEST_TYPE = 300
"""Parts of a type that no name stands for. Objects of objects of objects could double with each statement."""

MOST_BRANCHES = 600
"""Conditions and loops of a program. TypeScript gives up on functions with some 1,000 `if` and `else`."""

MOST_NEAR_MISSES = 50
"""Unknown names of a program for which a near miss is looked for."""

CONDITION = Scalar("condition")
"""What a condition expects: a boolean, or something that may be null and is otherwise an object or array."""

Rule = Callable[["Checker", Any, Path, Type | None], Type]


@dataclass(slots=True)
class Checker:
    """The state of one check.

    ``operation`` is what an operation's program is for, if that is known. ``outcomes`` holds, by the id of a
    node, what it says as a condition; ``ends``, by the id of an ``if``, which of its blocks end the program.
    """

    env: Environment
    rules: Mapping[type, Rule]
    in_operation: bool
    operation: Operation | None
    scope: Scope
    assigns: Assignability
    found: list[Diagnostic] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    ends: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)
    depth: int = 0
    deepest: int = 0
    branches: int = 0
    looked: int = 0

    def report(self, code: Code, path: Path, message: str, *, expected: str = "", actual: str = "") -> Type:
        """Reports, and gives the type of what is wrong."""
        self.found.append(code.at(path, message, expected=expected, actual=actual))
        return ERROR

    def near(self, name: str, known: Iterable[str]) -> str:
        """`` Did you mean ...?`` or nothing; looked for so many times only, for it means to look at all."""
        self.looked += 1
        return Nearest(known, self.hints).hint(name) if self.looked <= MOST_NEAR_MISSES else ""

    def allowed(self, path: Path) -> bool:
        """Whether the program is not too deep here; reports it where it is."""
        if self.depth >= DEEPEST_PROGRAM:
            self.report(
                codes.PROGRAM_TOO_DEEP,
                path,
                f"Expressions and statements nest deeper than {DEEPEST_PROGRAM} levels here.",
                expected=f"at most {DEEPEST_PROGRAM} levels",
            )
            return False
        return True

    def infer(self, node: Any, path: Path, expected: Type | None = None) -> Type:
        """The type of an expression; ``expected`` helps literals and arrows, and is not enforced."""
        if not self.allowed(path):
            return ERROR
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        found = self.rules[type(node)](self, node, path, expected)
        self.depth -= 1
        if size(found) > LARGEST_TYPE:
            return self.report(
                codes.TYPE_TOO_LARGE,
                path,
                f"The type of this value has more than {LARGEST_TYPE} parts.",
                expected="a smaller object",
            )
        return found

    def quietly(self, node: Any) -> Type:
        """The type of an expression, without reports, and without what is assumed after a report."""
        before = len(self.found)
        with self.scope.assuming(NOTHING):
            found = self.infer(node, ())
        del self.found[before:]
        return found

    def conform(self, node: Any, path: Path, expected: Type, code: Code = codes.TYPE_MISMATCH) -> Type:
        """The type of an expression, which must assign to ``expected``; ERROR where it does not."""
        actual = self.infer(node, path, expected)
        return actual if self.fits(actual, path, expected, code) else ERROR

    def fits(
        self, actual: Type, path: Path, expected: Type, code: Code = codes.TYPE_MISMATCH, wanted: str = ""
    ) -> bool:
        """Whether ``actual`` assigns to ``expected``; reports it where not."""
        if self.assigns.holds(actual, expected):
            return True
        if actual != NULL and self.assigns.holds(without_null(actual, self.env), expected):
            self.report(
                codes.POSSIBLY_NULL,
                path,
                f"This may be null, and {wanted or show(expected)} is expected.",
                expected=wanted or show(expected),
                actual=show(actual),
            )
            return False
        self.report(
            code,
            path,
            f"This is {show(actual)}, and {wanted or show(expected)} is expected.",
            expected=wanted or show(expected),
            actual=show(actual),
        )
        return False

    def array(self, node: Any, path: Path, expected: Type | None = None) -> Type:
        """The type of the elements of an expression that must be an array; ERROR where it is none."""
        found = self.infer(node, path, expected)
        if isinstance(found, Array):
            return found.element
        parts = members(found, self.env)
        if len(parts) == 1 and isinstance(parts[0], Array):
            return parts[0].element
        if found == ERROR:
            return ERROR
        rest = [one for one in parts if one != NULL]
        if len(rest) < len(parts) and rest and all(isinstance(one, Array) for one in rest):
            return self.report(
                codes.POSSIBLY_NULL,
                path,
                "This may be null, and an array is expected.",
                expected="an array",
                actual=show(found),
            )
        return self.report(
            codes.OPERAND_TYPE,
            path,
            f"This is {show(found)}, and an array is expected.",
            expected="an array",
            actual=show(found),
        )

    def condition(self, node: Any, path: Path) -> Outcome:
        """Checks a condition, and gives what it says."""
        self.count_branch(path)
        found = self.infer(node, path, CONDITION)
        outcome = self.outcomes.pop(id(node), NO_OUTCOME)
        self.decides(found, path)
        return outcome

    def decision(self, node: Any, path: Path) -> Outcome:
        """As :meth:`condition`, where nothing but a boolean will do."""
        self.count_branch(path)
        found = self.conform(node, path, BOOLEAN, codes.OPERAND_TYPE)
        if isinstance(found, Constant):
            self.decides(found, path)
        return self.outcomes.pop(id(node), NO_OUTCOME)

    def count_branch(self, path: Path) -> None:
        """Counts a condition or a loop; reports the first that is too many."""
        self.branches += 1
        if self.branches == MOST_BRANCHES + 1:
            self.report(
                codes.TOO_MANY_BRANCHES,
                path,
                f"The program has more than {MOST_BRANCHES} conditions and loops.",
                expected=f"at most {MOST_BRANCHES}",
            )

    def decides(self, found: Type, path: Path) -> None:
        """Whether a value may be true and may be false, and is of a kind that is asked for null only."""
        if found in (BOOLEAN, ERROR, CONDITION):
            return
        parts = members(found, self.env)
        rest = [one for one in parts if one != NULL]
        if all(isinstance(one, Array | Row) or object_of(one, self.env) for one in rest):
            decided = not rest or len(rest) == len(parts)
        elif len(parts) == 1 and isinstance(parts[0], Constant) and parts[0].base == "boolean":
            decided = True
        elif parts == (BOOLEAN,):
            decided = False
        else:
            self.report(
                codes.CONDITION_TYPE,
                path,
                f"This is {show(found)}, which is no condition. Compare it to something.",
                expected="a boolean, or a nullable object, row or array",
                actual=show(found),
            )
            return
        if decided:
            self.report(
                codes.CONSTANT_CONDITION,
                path,
                f"This is {show(found)}, so the condition always comes out the same.",
                expected="a condition that can hold and can fail",
                actual=show(found),
            )

    def is_free(self, binding: Binding) -> bool:
        """Whether a name means nothing yet; reports it where it does. From then on, it could mean either."""
        before = self.scope.names.get(binding.name)
        if before is None:
            return True
        if before.type is not None:
            before.type, before.used = ERROR, True
        self.report(
            codes.DUPLICATE_NAME,
            binding.path,
            f"{quoted(binding.name)} is declared already.",
            expected="a name that is not used yet",
            actual=quoted(binding.name),
        )
        return False


def reference(node: Any) -> Reference | None:
    """The name or path of properties that an expression is, if it is one."""
    names: list[str] = []
    while isinstance(node, PropertyAccess):
        names.append(node.name)
        node = node.object
    if not isinstance(node, Identifier):
        return None
    return (node.name, *reversed(names))


def expects(expected: Type | None) -> Type | None:
    """The expected type where it says anything of a value."""
    return None if expected in (CONDITION, ERROR) else expected


__all__ = ["CONDITION", "STRING", "Checker", "Facts", "Rule", "expects", "reference"]
