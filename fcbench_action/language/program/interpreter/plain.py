"""Literals, names, access to what is inside, and operators."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics.run import DIVISION_BY_ZERO, NUMBER_OVERFLOW
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.interpreter.compiler import Compiler, Evaluate, Names, unknown
from fcbench_action.language.program.interpreter.faults import Fault, mistyped
from fcbench_action.language.program.interpreter.state import Run
from fcbench_action.language.program.interpreter.values import equal, number_text, truth
from fcbench_action.language.program.leaves import INT64

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def literal(
    _compiler: Compiler,
    node: nodes.BooleanLiteral | nodes.IntegerLiteral | nodes.NumberLiteral | nodes.StringLiteral,
    _path: Path,
    _names: Names,
) -> Evaluate:
    """A value that stands in the program."""
    value = node.value
    return lambda _run: value


def null(_compiler: Compiler, _node: nodes.NullLiteral, _path: Path, _names: Names) -> Evaluate:
    """null."""
    return lambda _run: None


def array(compiler: Compiler, node: nodes.ArrayLiteral, path: Path, names: Names) -> Evaluate:
    """``[a, b]``."""
    elements = tuple(compiler.each(node.elements, (*path, "elements"), names))
    return lambda run: [element(run) for element in elements]


def object_(compiler: Compiler, node: nodes.ObjectLiteral, path: Path, names: Names) -> Evaluate:
    """``{ a: b }``."""
    parts = properties(compiler, node.properties, (*path, "properties"), names)
    return lambda run: {name: value(run) for name, value in parts}


def merge(compiler: Compiler, node: nodes.Merge, path: Path, names: Names) -> Evaluate:
    """``{ ...base, a: b }``."""
    base = compiler.expression(node.base, (*path, "base"), names)
    parts = properties(compiler, node.properties, (*path, "properties"), names)

    def merge(run: Run) -> dict[str, Any]:
        found = base(run)
        if type(found) is not dict:
            raise mistyped((*path, "base"), "an object", found)
        run.meter.step(len(found), path)
        merged = dict(found)
        for name, value in parts:
            merged[name] = value(run)
        return merged

    return merge


def properties(
    compiler: Compiler, properties: Sequence[nodes.Property], path: Path, names: Names
) -> tuple[tuple[str, Evaluate], ...]:
    """Name and value of each property."""
    return tuple(
        (one.name, compiler.expression(one.value, (*path, at, "value"), names))
        for at, one in enumerate(properties)
    )


def template(compiler: Compiler, node: nodes.Template, path: Path, names: Names) -> Evaluate:
    """A text put together from parts."""
    parts = tuple(compiler.each(node.parts, (*path, "parts"), names))

    def template(run: Run) -> str:
        texts: list[str] = []
        for at, part in enumerate(parts):
            value = part(run)
            if type(value) is str:
                texts.append(value)
            elif type(value) in (int, float):
                texts.append(number_text(value))
            else:
                raise mistyped((*path, "parts", at), "a string or a number", value)
        run.meter.text(sum(map(len, texts)), path)
        return "".join(texts)

    return template


def identifier(_compiler: Compiler, node: nodes.Identifier, path: Path, names: Names) -> Evaluate:
    """The value of a name."""
    slot = names.slot(node.name)
    if slot is None:
        raise unknown(path, "name", node.name)
    return lambda run: run.values[slot]


def property_(compiler: Compiler, node: nodes.PropertyAccess, path: Path, names: Names) -> Evaluate:
    """``object.name``, null where the object lacks it."""
    inside, name = compiler.expression(node.object, (*path, "object"), names), node.name
    slot = names.slot(node.object.name) if isinstance(node.object, nodes.Identifier) else None
    if slot is None:
        return _access(inside, name, path)

    def access_of_name(run: Run) -> Any:  # the most frequent of all, so without a call for the name
        found = run.values[slot]
        if type(found) is not dict:
            raise mistyped((*path, "object"), "an object", found)
        return found.get(name)

    return access_of_name


def _access(inside: Evaluate, name: str, path: Path) -> Evaluate:
    def access(run: Run) -> Any:
        found = inside(run)
        if type(found) is not dict:
            raise mistyped((*path, "object"), "an object", found)
        return found.get(name)

    return access


def optional_property(compiler: Compiler, node: nodes.OptionalProperty, path: Path, names: Names) -> Evaluate:
    """``object?.name``."""
    inside, name = compiler.expression(node.object, (*path, "object"), names), node.name

    def access(run: Run) -> Any:
        found = inside(run)
        if found is None:
            return None
        if type(found) is not dict:
            raise mistyped((*path, "object"), "an object", found)
        return found.get(name)

    return access


def given(compiler: Compiler, node: nodes.Given, path: Path, names: Names) -> Evaluate:
    """Whether an object has a property, be it null."""
    inside, name = compiler.expression(node.object, (*path, "object"), names), node.name

    def given(run: Run) -> bool:
        found = inside(run)
        if type(found) is not dict:
            raise mistyped((*path, "object"), "an object", found)
        return name in found

    return given


def element(compiler: Compiler, node: nodes.Element, path: Path, names: Names) -> Evaluate:
    """``array[index]``, null where there is no such element."""
    inside = compiler.expression(node.array, (*path, "array"), names)
    index = compiler.expression(node.index, (*path, "index"), names)

    def element(run: Run) -> Any:
        found, at = inside(run), index(run)
        if type(found) is not list:
            raise mistyped((*path, "array"), "an array", found)
        if type(at) is not int:
            raise mistyped((*path, "index"), "an integer", at)
        return found[at] if 0 <= at < len(found) else None

    return element


def not_(compiler: Compiler, node: nodes.Not, path: Path, names: Names) -> Evaluate:
    """``!operand``."""
    operand = compiler.expression(node.operand, (*path, "operand"), names)
    return lambda run: not truth(operand(run))


def negate(compiler: Compiler, node: nodes.Negate, path: Path, names: Names) -> Evaluate:
    """``-operand``."""
    operand = compiler.expression(node.operand, (*path, "operand"), names)

    def negate(run: Run) -> int | float:
        value = operand(run)
        if type(value) not in (int, float):
            raise mistyped((*path, "operand"), "a number", value)
        return checked(-value, path)

    return negate


def arithmetic(compiler: Compiler, node: nodes.Arithmetic, path: Path, names: Names) -> Evaluate:
    """``left + right`` and its like."""
    left = compiler.expression(node.left, (*path, "left"), names)
    right = compiler.expression(node.right, (*path, "right"), names)
    compute = _ARITHMETIC[node.operator]

    def arithmetic(run: Run) -> int | float:
        a, b = left(run), right(run)
        if type(a) not in (int, float):
            raise mistyped((*path, "left"), "a number", a)
        if type(b) not in (int, float):
            raise mistyped((*path, "right"), "a number", b)
        return checked(_computed(compute, a, b, path), path)

    return arithmetic


def _computed(compute: Callable[[Any, Any], int | float], a: float, b: float, path: Path) -> int | float:
    try:
        return compute(a, b)
    except ZeroDivisionError:
        raise Fault(
            DIVISION_BY_ZERO.at((*path, "right"), "This is zero, and something is divided by it.")
        ) from None
    except OverflowError:
        raise too_large(path) from None


def _remainder(a: int | float, b: int | float) -> int | float:
    if isinstance(a, int) and isinstance(b, int):
        return a - b * (abs(a) // abs(b)) * (1 if (a < 0) == (b < 0) else -1)
    if not b:
        raise ZeroDivisionError
    return math.fmod(a, b)


_ARITHMETIC: dict[str, Callable[[Any, Any], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": _remainder,
}


def checked(value: int | float, path: Path) -> int | float:
    """``value``, if it is an integer of 64 bits or a finite number. Raises Fault."""
    if type(value) is int:
        if -INT64 <= value < INT64:
            return value
    elif math.isfinite(value):
        return value
    raise too_large(path)


def too_large(path: Path) -> Fault:
    """The fault of a result that no integer or number can hold."""
    return Fault(
        NUMBER_OVERFLOW.at(
            path, "The result is out of range.", expected="an integer of 64 bits or a finite number"
        )
    )


def compare(compiler: Compiler, node: nodes.Compare, path: Path, names: Names) -> Evaluate:
    """``left === right`` and its like."""
    left = compiler.expression(node.left, (*path, "left"), names)
    right = compiler.expression(node.right, (*path, "right"), names)
    if node.operator == "===":
        return lambda run: equal(left(run), right(run), run.meter, path)
    if node.operator == "!==":
        return lambda run: not equal(left(run), right(run), run.meter, path)
    order = _ORDERS[node.operator]

    def compare(run: Run) -> bool:
        a, b = left(run), right(run)
        if type(a) is str and type(b) is str:
            run.meter.scan(min(len(a), len(b)), path)
        elif type(a) not in (int, float):
            raise mistyped((*path, "left"), "a number", a)
        elif type(b) not in (int, float):
            raise mistyped((*path, "right"), "a number", b)
        return order(a, b)

    return compare


def logical(compiler: Compiler, node: nodes.Logical, path: Path, names: Names) -> Evaluate:
    """``&&``, ``||`` and ``??``; the right operand only where it is needed."""
    left = compiler.expression(node.left, (*path, "left"), names)
    right = compiler.expression(node.right, (*path, "right"), names)
    if node.operator == "&&":
        return lambda run: truth(left(run)) and truth(right(run))
    if node.operator == "||":
        return lambda run: truth(left(run)) or truth(right(run))

    def otherwise(run: Run) -> Any:
        found = left(run)
        return right(run) if found is None else found

    return otherwise


def conditional(compiler: Compiler, node: nodes.Conditional, path: Path, names: Names) -> Evaluate:
    """``condition ? whenTrue : whenFalse``."""
    condition = compiler.expression(node.condition, (*path, "condition"), names)
    when_true = compiler.expression(node.when_true, (*path, "whenTrue"), names)
    when_false = compiler.expression(node.when_false, (*path, "whenFalse"), names)
    return lambda run: when_true(run) if truth(condition(run)) else when_false(run)


HANDLERS: dict[type, Callable[[Compiler, Any, Path, Names], Evaluate]] = {
    nodes.BooleanLiteral: literal,
    nodes.IntegerLiteral: literal,
    nodes.NumberLiteral: literal,
    nodes.StringLiteral: literal,
    nodes.NullLiteral: null,
    nodes.ArrayLiteral: array,
    nodes.ObjectLiteral: object_,
    nodes.Template: template,
    nodes.Identifier: identifier,
    nodes.PropertyAccess: property_,
    nodes.OptionalProperty: optional_property,
    nodes.Given: given,
    nodes.Element: element,
    nodes.Merge: merge,
    nodes.Not: not_,
    nodes.Negate: negate,
    nodes.Arithmetic: arithmetic,
    nodes.Compare: compare,
    nodes.Logical: logical,
    nodes.Conditional: conditional,
}
