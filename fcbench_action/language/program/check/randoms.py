"""Random data, in tests."""

from __future__ import annotations

from fcbench_action.diagnostics import Path
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.program import expressions as nodes
from fcbench_action.language.program.check.checker import Checker
from fcbench_action.language.program.types import BOOLEAN, ERROR, INTEGER, NUMBER, STRING, Array, Text, Type


def boolean(_: Checker, __: nodes.RandomBoolean, ___: Path, ____: Type | None) -> Type:
    """true or false."""
    return BOOLEAN


def integer(checker: Checker, node: nodes.RandomInteger, path: Path, _: Type | None) -> Type:
    """A whole number."""
    checker.conform(node.minimum, (*path, "minimum"), INTEGER, codes.OPERAND_TYPE)
    checker.conform(node.maximum, (*path, "maximum"), INTEGER, codes.OPERAND_TYPE)
    return INTEGER


def number(checker: Checker, node: nodes.RandomNumber, path: Path, _: Type | None) -> Type:
    """Any number."""
    checker.conform(node.minimum, (*path, "minimum"), NUMBER, codes.OPERAND_TYPE)
    checker.conform(node.maximum, (*path, "maximum"), NUMBER, codes.OPERAND_TYPE)
    return NUMBER


def string(checker: Checker, node: nodes.RandomString, path: Path, _: Type | None) -> Type:
    """A text of a length."""
    checker.conform(node.min_length, (*path, "minLength"), INTEGER, codes.OPERAND_TYPE)
    checker.conform(node.max_length, (*path, "maxLength"), INTEGER, codes.OPERAND_TYPE)
    return STRING


def formatted(_: Checker, node: nodes.RandomFormat, __: Path, ___: Type | None) -> Type:
    """A text in a format."""
    return Text(node.format)


def keyword(_: Checker, __: nodes.RandomKeyword, ___: Path, ____: Type | None) -> Type:
    """A text as people write it."""
    return STRING


def pick(checker: Checker, node: nodes.RandomPick, path: Path, _: Type | None) -> Type:
    """An element."""
    return checker.array(node.array, (*path, "array"))


def sample(checker: Checker, node: nodes.RandomSample, path: Path, _: Type | None) -> Type:
    """Some elements."""
    found = checker.array(node.array, (*path, "array"))
    checker.conform(node.count, (*path, "count"), INTEGER, codes.OPERAND_TYPE)
    return ERROR if found == ERROR else Array(found)
