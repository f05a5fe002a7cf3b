"""Operators: what they take, what they give, and what they say as conditions."""

from __future__ import annotations

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.check.checker import CONDITION, Checker, expects, reference
from fcbench_action.language.program.check.narrowing import (
    NO_OUTCOME,
    NOTHING,
    Equals,
    Outcome,
    Truthy,
    about,
    both,
    comparable_members,
    either,
    kind,
)
from fcbench_action.language.program.types import (
    BOOLEAN,
    ERROR,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Array,
    Type,
    constant,
    members,
    object_of,
    show,
    union,
    without_null,
)


def negation(checker: Checker, node: nodes.Not, path: Path, _: Type | None) -> Type:
    """``!operand``."""
    outcome = checker.condition(node.operand, (*path, "operand"))
    checker.outcomes[id(node)] = outcome.negated()
    return BOOLEAN


def negate(checker: Checker, node: nodes.Negate, path: Path, _: Type | None) -> Type:
    """``-operand``."""
    return numeric(checker, node.operand, (*path, "operand"))


def numeric(checker: Checker, node: nodes.Expression, path: Path) -> Type:
    """Checks an operand that must be a number: INTEGER, NUMBER or ERROR."""
    found = checker.conform(node, path, NUMBER, codes.OPERAND_TYPE)
    if found == ERROR:
        return ERROR
    return INTEGER if checker.assigns.holds(found, INTEGER) else NUMBER


def wider(left: Type, right: Type) -> Type:
    """The type of what is computed from two numbers."""
    if ERROR in (left, right):
        return ERROR
    return INTEGER if left == right == INTEGER else NUMBER


def arithmetic(checker: Checker, node: nodes.Arithmetic, path: Path, _: Type | None) -> Type:
    """Integers give integers, but for a division."""
    found = wider(
        numeric(checker, node.left, (*path, "left")), numeric(checker, node.right, (*path, "right"))
    )
    return NUMBER if node.operator == "/" and found != ERROR else found


def compare(checker: Checker, node: nodes.Compare, path: Path, _: Type | None) -> Type:
    """``===`` and ``!==`` of simple values, or with null; the others of two numbers or two strings."""
    left = checker.infer(node.left, (*path, "left"))
    right = checker.infer(node.right, (*path, "right"))
    said_by = [checker.outcomes.pop(id(one), NO_OUTCOME) for one in (node.left, node.right)]
    if ERROR in (left, right):
        return BOOLEAN
    if node.operator in ("===", "!=="):
        if _comparable(checker, left, right, path):
            said = _equality(node, left, right, said_by)
            checker.outcomes[id(node)] = said if node.operator == "===" else said.negated()
    else:
        _ordered(checker, left, right, path)
    return BOOLEAN


def _comparable(checker: Checker, left: Type, right: Type, path: Path) -> bool:
    lefts, rights = members(left, checker.env), members(right, checker.env)
    if all(any(isinstance(one, Array) or object_of(one, checker.env) for one in s) for s in (lefts, rights)):
        checker.report(
            codes.COMPARED_OBJECTS,
            path,
            f"These are {show(left)} and {show(right)}; only simple values are compared. "
            "Compare their properties, or assert that they are equal.",
            expected="a string, number, boolean or null on one side",
            actual=show(left),
        )
        return False
    if (NULL in lefts and rights == (NULL,)) or (NULL in rights and lefts == (NULL,)):
        return True
    solid = [one for one in lefts if one != NULL], [one for one in rights if one != NULL]
    if comparable_members(*solid):
        return True
    checker.report(
        codes.IMPOSSIBLE_COMPARISON,
        path,
        f"{show(left)} and {show(right)} are never equal.",
        expected=f"something that can equal {show(left)}",
        actual=show(right),
    )
    return False


def _equality(node: nodes.Compare, left: Type, right: Type, said_by: list[Outcome]) -> Outcome:
    """What an equality says of both of its sides; a condition that equals a boolean says what it says."""
    holds, fails = NOTHING, NOTHING
    sides = ((node.left, node.right, right, said_by[0]), (node.right, node.left, left, said_by[1]))
    for side, other, type, outcome in sides:
        place = reference(side)
        said = about(place, Equals(type, positive=True), Equals(type, positive=False))
        if isinstance(other, nodes.BooleanLiteral) and not isinstance(side, nodes.PropertyAccess):
            meant = outcome if other.value else outcome.negated()
            said = Outcome({**meant.holds, **said.holds}, {**meant.fails, **said.fails})
        holds, fails = both(holds, said.holds), both(fails, said.fails)
    return Outcome(holds, fails)


def _ordered(checker: Checker, left: Type, right: Type, path: Path) -> None:
    kinds = {kind(one) for one in members(left, checker.env)}
    wanted = STRING if kinds - {"null"} == {"string"} else NUMBER
    for side, found in (("left", left), ("right", right)):
        if not checker.fits(found, (*path, side), wanted, codes.OPERAND_TYPE):
            return


def logical(checker: Checker, node: nodes.Logical, path: Path, expected: Type | None) -> Type:
    """``&&`` and ``||`` of conditions, ``??`` of anything nullable."""
    if node.operator == "??":
        return _default(checker, node, path, expected)
    before = len(checker.found)
    left = _side(checker, node.left, (*path, "left"), expected)
    type: Type = BOOLEAN
    with checker.scope.assuming(left.holds if node.operator == "&&" else left.fails):
        if expected == CONDITION:
            right = checker.condition(node.right, (*path, "right"))
        else:
            type = checker.conform(node.right, (*path, "right"), BOOLEAN, codes.OPERAND_TYPE)
            right = checker.outcomes.pop(id(node.right), NO_OUTCOME)
    if node.operator == "&&":
        said = Outcome(both(left.holds, right.holds), either(left.fails, both(left.holds, right.fails)))
    else:
        said = Outcome(either(left.holds, both(left.fails, right.holds)), both(left.fails, right.fails))
    checker.outcomes[id(node)] = said
    if expected == CONDITION:
        return BOOLEAN
    return ERROR if len(checker.found) > before else union((constant(node.operator == "||"), type))


def _side(checker: Checker, node: nodes.Expression, path: Path, expected: Type | None) -> Outcome:
    """The left side. Outside of conditions it is a boolean, and so is the whole."""
    if expected == CONDITION:
        return checker.condition(node, path)
    return checker.decision(node, path)


def _default(checker: Checker, node: nodes.Logical, path: Path, expected: Type | None) -> Type:
    wanted = expects(expected)
    left = checker.infer(node.left, (*path, "left"), wanted)
    checker.outcomes.pop(id(node.left), None)
    said = about(reference(node.left), Truthy(True), Truthy(False))
    with checker.scope.assuming(said.fails):
        right = checker.infer(node.right, (*path, "right"), wanted)
    checker.outcomes.pop(id(node.right), None)
    if left == ERROR:
        return ERROR
    rest = without_null(left, checker.env)
    if left == NULL or rest == left:
        return checker.report(
            codes.NEEDLESS_DEFAULT,
            (*path, "left"),
            f"This is {show(left)}, so the default is {'always' if left == NULL else 'never'} taken.",
            expected="a value that may be null",
            actual=show(left),
        )
    if not isinstance(node.left, nodes.OptionalProperty) and _ends_in_null(node.left):
        return checker.report(
            codes.NEEDLESS_DEFAULT,
            (*path, "left"),
            "This ends in null by its form, so TypeScript takes the default to be always taken. "
            "Give the default to the last of the values, inside.",
            expected="a default of a default on the right: a ?? (b ?? c)",
        )
    return union((rest, right))


def _ends_in_null(node: nodes.Expression) -> bool:
    """Whether its TypeScript has null in its last place: ``a ?? null``, which ``b?.c`` becomes."""
    match node:
        case nodes.NullLiteral() | nodes.OptionalProperty():
            return True
        case nodes.Logical(operator="??"):
            return _ends_in_null(node.right)
        case nodes.Conditional():
            return _ends_in_null(node.when_true) and _ends_in_null(node.when_false)
    return False


def conditional(checker: Checker, node: nodes.Conditional, path: Path, expected: Type | None) -> Type:
    """``condition ? whenTrue : whenFalse``."""
    wanted = expects(expected)
    outcome = checker.condition(node.condition, (*path, "condition"))
    with checker.scope.assuming(outcome.holds):
        when_true = checker.infer(node.when_true, (*path, "whenTrue"), wanted)
    with checker.scope.assuming(outcome.fails):
        when_false = checker.infer(node.when_false, (*path, "whenFalse"), wanted)
    for one in (node.when_true, node.when_false):
        checker.outcomes.pop(id(one), None)
    return union((when_true, when_false))
