"""Random data, of tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Names
from fcbench_action.language.program.interpreter.demands import (
    array_of,
    count_of,
    integer_of,
    number_of,
    require_enough,
    require_order,
)
from fcbench_action.language.program.interpreter.state import Run


def boolean(_compiler: Compiler, _node: nodes.RandomBoolean, _path: Path, _names: Names) -> Evaluate:
    """true or false."""
    return lambda run: run.draws.below(2) == 1


def integer(compiler: Compiler, node: nodes.RandomInteger, path: Path, names: Names) -> Evaluate:
    """An integer from one to the other, both included."""
    minimum = integer_of(compiler, node.minimum, (*path, "minimum"), names)
    maximum = integer_of(compiler, node.maximum, (*path, "maximum"), names)

    def integer(run: Run) -> int:
        low, high = minimum(run), maximum(run)
        require_order(low, high, path)
        return low + run.draws.below(high - low + 1)

    return integer


def number(compiler: Compiler, node: nodes.RandomNumber, path: Path, names: Names) -> Evaluate:
    """A number from one to the other."""
    minimum = number_of(compiler, node.minimum, (*path, "minimum"), names)
    maximum = number_of(compiler, node.maximum, (*path, "maximum"), names)

    def number(run: Run) -> float:
        low, high = minimum(run), maximum(run)
        require_order(low, high, path)
        part = run.draws.unit()
        return min(high, max(low, low * (1 - part) + high * part))  # high - low may be no number

    return number


def string(compiler: Compiler, node: nodes.RandomString, path: Path, names: Names) -> Evaluate:
    """Letters, from so many to so many."""
    least = count_of(compiler, node.min_length, (*path, "minLength"), names)
    most = count_of(compiler, node.max_length, (*path, "maxLength"), names)

    def string(run: Run) -> str:
        low, high = least(run), most(run)
        require_order(low, high, path)
        count = low + run.draws.below(high - low + 1)
        run.meter.text(count, path)
        run.meter.step(count, path)
        return run.draws.letters(count)

    return string


def formatted(_compiler: Compiler, node: nodes.RandomFormat, _path: Path, _names: Names) -> Evaluate:
    """A text of a well-known shape."""
    format = node.format
    return lambda run: run.draws.formatted(format)


def keyword(_compiler: Compiler, node: nodes.RandomKeyword, _path: Path, _names: Names) -> Evaluate:
    """A text of a kind that people write."""
    kind = node.kind
    return lambda run: run.draws.keyword(kind)


def pick(compiler: Compiler, node: nodes.RandomPick, path: Path, names: Names) -> Evaluate:
    """One of the elements."""
    array = array_of(compiler, node.array, (*path, "array"), names)

    def pick(run: Run) -> Any:
        found = array(run)
        require_enough(len(found), 1, path)
        return found[run.draws.below(len(found))]

    return pick


def sample(compiler: Compiler, node: nodes.RandomSample, path: Path, names: Names) -> Evaluate:
    """Some of the elements, in their order."""
    array = array_of(compiler, node.array, (*path, "array"), names)
    count = count_of(compiler, node.count, (*path, "count"), names)

    def sample(run: Run) -> list[Any]:
        found, many = array(run), count(run)
        require_enough(len(found), many, path)
        run.meter.array(len(found), path)
        return [found[at] for at in run.draws.sample(len(found), many)]

    return sample


def repeat(compiler: Compiler, node: nodes.Repeat, path: Path, names: Names) -> Evaluate:
    """So many values, each made from its position."""
    count = count_of(compiler, node.count, (*path, "count"), names)
    slot, body, cost = compiler.arrow(node.arrow, (*path, "arrow"), names)

    def repeat(run: Run) -> list[Any]:
        many = count(run)
        run.meter.array(many, path)
        made = []
        for at in range(many):
            run.meter.step(cost, path)
            run.values[slot] = at
            made.append(body(run))
        return made

    return repeat


HANDLERS: dict[type, Callable[[Compiler, Any, Path, Names], Evaluate]] = {
    nodes.RandomBoolean: boolean,
    nodes.RandomInteger: integer,
    nodes.RandomNumber: number,
    nodes.RandomString: string,
    nodes.RandomFormat: formatted,
    nodes.RandomKeyword: keyword,
    nodes.RandomPick: pick,
    nodes.RandomSample: sample,
    nodes.Repeat: repeat,
}
