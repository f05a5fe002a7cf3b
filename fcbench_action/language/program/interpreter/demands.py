"""What parts of expressions must be: arrays, counts, bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import NEGATIVE_COUNT, REVERSED_BOUNDS, TOO_FEW_ELEMENTS
from fcbench_action.language.program.expressions import Expression
from fcbench_action.language.program.interpreter.compiler import Compiler, Names
from fcbench_action.language.program.interpreter.faults import Fault, mistyped
from fcbench_action.language.program.interpreter.state import Run
from fcbench_action.language.program.interpreter.values import number_text


def array_of(compiler: Compiler, node: Expression, path: Path, names: Names) -> Callable[[Run], list[Any]]:
    """An expression that must give an array."""
    inside = compiler.expression(node, path, names)

    def array(run: Run) -> list[Any]:
        found = inside(run)
        if type(found) is not list:
            raise mistyped(path, "an array", found)
        return found

    return array


def text_of(compiler: Compiler, node: Expression, path: Path, names: Names) -> Callable[[Run], str]:
    """An expression that must give a string."""
    inside = compiler.expression(node, path, names)

    def text(run: Run) -> str:
        found = inside(run)
        if type(found) is not str:
            raise mistyped(path, "a string", found)
        return found

    return text


def integer_of(compiler: Compiler, node: Expression, path: Path, names: Names) -> Callable[[Run], int]:
    """An expression that must give an integer."""
    inside = compiler.expression(node, path, names)

    def integer(run: Run) -> int:
        found = inside(run)
        if type(found) is not int:
            raise mistyped(path, "an integer", found)
        return found

    return integer


def number_of(compiler: Compiler, node: Expression, path: Path, names: Names) -> Callable[[Run], float]:
    """An expression that must give a number."""
    inside = compiler.expression(node, path, names)

    def number(run: Run) -> float:
        found = inside(run)
        if type(found) not in (int, float):
            raise mistyped(path, "a number", found)
        return float(found)

    return number


def count_of(compiler: Compiler, node: Expression, path: Path, names: Names) -> Callable[[Run], int]:
    """An expression that must give an integer from 0."""
    integer = integer_of(compiler, node, path, names)

    def count(run: Run) -> int:
        found = integer(run)
        require_count(found, path)
        return found

    return count


def require_count(count: int, path: Path) -> None:
    """Raises Fault where a count is less than 0."""
    if count < 0:
        message = f"This is {count}, and must not be less than 0."
        raise Fault(NEGATIVE_COUNT.at(path, message, expected="0 or more", actual=str(count)))


def require_enough(length: int, count: int, path: Path) -> None:
    """Raises Fault where ``count`` are to be picked out of fewer."""
    if length < count:
        message = f"Picking {count} takes at least as many elements, and here are {length}."
        raise Fault(TOO_FEW_ELEMENTS.at(path, message, expected=f"at least {count}", actual=str(length)))


def require_order(low: float, high: float, path: Path) -> None:
    """Raises Fault where the lower bound is the greater."""
    if low > high:
        shown = f"{number_text(low)} to {number_text(high)}"
        raise Fault(REVERSED_BOUNDS.at(path, f"The bounds {shown} are reversed.", actual=shown))
