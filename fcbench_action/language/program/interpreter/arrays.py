"""Functions over arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Names
from fcbench_action.language.program.interpreter.demands import array_of, count_of
from fcbench_action.language.program.interpreter.faults import mistyped
from fcbench_action.language.program.interpreter.plain import checked
from fcbench_action.language.program.interpreter.state import Run
from fcbench_action.language.program.interpreter.values import key, truth

WithArrow = (
    nodes.Map
    | nodes.Filter
    | nodes.Find
    | nodes.Some
    | nodes.Every
    | nodes.Sort
    | nodes.Sum
    | nodes.GroupCount
)
Each = Callable[[Run], Iterator[tuple[Any, Any]]]
"""Gives each element with what an arrow makes of it, one after the other."""


def each(compiler: Compiler, node: WithArrow, path: Path, names: Names) -> Each:
    """The elements of the array, with what the arrow makes of them."""
    array = array_of(compiler, node.array, (*path, "array"), names)
    slot, body, cost = compiler.arrow(node.arrow, (*path, "arrow"), names)

    def each(run: Run) -> Iterator[tuple[Any, Any]]:
        values, step = run.values, run.meter.step
        for element in array(run):
            step(cost, path)
            values[slot] = element
            yield element, body(run)

    return each


def map_(compiler: Compiler, node: nodes.Map, path: Path, names: Names) -> Evaluate:
    """What the arrow makes of each."""
    pairs = each(compiler, node, path, names)
    return lambda run: [made for _, made in pairs(run)]


def filter_(compiler: Compiler, node: nodes.Filter, path: Path, names: Names) -> Evaluate:
    """Those for which the arrow holds."""
    pairs = each(compiler, node, path, names)
    return lambda run: [element for element, made in pairs(run) if truth(made)]


def find(compiler: Compiler, node: nodes.Find, path: Path, names: Names) -> Evaluate:
    """The first for which it holds, or null."""
    pairs = each(compiler, node, path, names)
    return lambda run: next((element for element, made in pairs(run) if truth(made)), None)


def some(compiler: Compiler, node: nodes.Some, path: Path, names: Names) -> Evaluate:
    """Whether it holds for one."""
    pairs = each(compiler, node, path, names)
    return lambda run: any(truth(made) for _, made in pairs(run))


def every(compiler: Compiler, node: nodes.Every, path: Path, names: Names) -> Evaluate:
    """Whether it holds for all."""
    pairs = each(compiler, node, path, names)
    return lambda run: all(truth(made) for _, made in pairs(run))


def sort(compiler: Compiler, node: nodes.Sort, path: Path, names: Names) -> Evaluate:
    """In order of what the arrow makes; equal ones keep their order, in both directions."""
    pairs = each(compiler, node, path, names)
    backwards = node.direction == "desc"

    def sort(run: Run) -> list[Any]:
        found = list(pairs(run))
        texts = bool(found) and type(found[0][1]) is str
        expected = (str,) if texts else (int, float)
        for _, made in found:
            if type(made) not in expected:
                raise mistyped((*path, "arrow"), "a string" if texts else "a number", made)
            if texts:  # one comparison looks at no more than this, and there are some 20 for each element
                run.meter.scan(20 * len(made), path)
        return [element for element, _ in sorted(found, key=lambda pair: pair[1], reverse=backwards)]

    return sort


def sum_(compiler: Compiler, node: nodes.Sum, path: Path, names: Names) -> Evaluate:
    """The sum of what the arrow makes."""
    pairs = each(compiler, node, path, names)

    def total(run: Run) -> int | float:
        found: int | float = 0
        for _, made in pairs(run):
            if type(made) not in (int, float):
                raise mistyped((*path, "arrow"), "a number", made)
            found = checked(found + made, path)
        return found

    return total


def group_count(compiler: Compiler, node: nodes.GroupCount, path: Path, names: Names) -> Evaluate:
    """How often each text occurs."""
    pairs = each(compiler, node, path, names)

    def group_count(run: Run) -> list[dict[str, Any]]:
        counts: dict[str, int] = {}
        for _, made in pairs(run):
            if type(made) is not str:
                raise mistyped((*path, "arrow"), "a string", made)
            run.meter.scan(len(made), path)
            counts[made] = counts.get(made, 0) + 1
        return [{"key": text, "count": count} for text, count in counts.items()]

    return group_count


def length(compiler: Compiler, node: nodes.Length, path: Path, names: Names) -> Evaluate:
    """How long an array or a string is."""
    inside = compiler.expression(node.of, (*path, "of"), names)

    def length(run: Run) -> int:
        found = inside(run)
        if type(found) not in (list, str):
            raise mistyped((*path, "of"), "an array or a string", found)
        return len(found)

    return length


def includes(compiler: Compiler, node: nodes.Includes, path: Path, names: Names) -> Evaluate:
    """Whether a value is among the elements."""
    array = array_of(compiler, node.array, (*path, "array"), names)
    value = compiler.expression(node.value, (*path, "value"), names)

    def includes(run: Run) -> bool:
        found, meter = array(run), run.meter
        wanted = key(value(run), meter, path)
        for element in found:
            meter.step(1, path)
            if key(element, meter, path) == wanted:
                return True
        return False

    return includes


def slice_(compiler: Compiler, node: nodes.Slice, path: Path, names: Names) -> Evaluate:
    """The elements from one position up to another."""
    array = array_of(compiler, node.array, (*path, "array"), names)
    start = count_of(compiler, node.start, (*path, "start"), names)
    end = None if node.end is None else count_of(compiler, node.end, (*path, "end"), names)

    def part(run: Run) -> list[Any]:
        found, first = array(run), start(run)
        chosen = found[first : end(run) if end else None]
        run.meter.array(len(chosen), path)
        return chosen

    return part


def concat(compiler: Compiler, node: nodes.Concat, path: Path, names: Names) -> Evaluate:
    """One array after the other."""
    arrays = tuple(
        array_of(compiler, one, (*path, "arrays", at), names) for at, one in enumerate(node.arrays)
    )

    def concat(run: Run) -> list[Any]:
        found = [array(run) for array in arrays]
        run.meter.array(sum(map(len, found)), path)
        return [element for array in found for element in array]

    return concat


def distinct(compiler: Compiler, node: nodes.Distinct, path: Path, names: Names) -> Evaluate:
    """Each value once."""
    array = array_of(compiler, node.array, (*path, "array"), names)

    def distinct(run: Run) -> list[Any]:
        found, meter = array(run), run.meter
        meter.step(len(found), path)
        first: dict[Any, Any] = {}
        for element in found:
            first.setdefault(key(element, meter, path), element)
        return list(first.values())

    return distinct


HANDLERS: dict[type, Callable[[Compiler, Any, Path, Names], Evaluate]] = {
    nodes.Map: map_,
    nodes.Filter: filter_,
    nodes.Find: find,
    nodes.Some: some,
    nodes.Every: every,
    nodes.Sort: sort,
    nodes.Sum: sum_,
    nodes.GroupCount: group_count,
    nodes.Length: length,
    nodes.Includes: includes,
    nodes.Slice: slice_,
    nodes.Concat: concat,
    nodes.Distinct: distinct,
}
