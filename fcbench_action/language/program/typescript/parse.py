"""From text to programs, or to what is wrong with the text and where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
from lark.exceptions import UnexpectedInput, UnexpectedToken

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics.typescript import TYPESCRIPT_FORM, TYPESCRIPT_LIMIT, TYPESCRIPT_SYNTAX
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript.reading import MAX_NESTING, Marks, Reader, Tree
from fcbench_action.language.program.typescript.reading_statements import operation_tree, test_tree
from fcbench_action.language.program.typescript.syntax import Misread, Syntax, read_syntax
from fcbench_action.language.program.typescript.tokens import SHOWN
from fcbench_action.sinks import one_line

MAX_TEXT = 4 * 1024 * 1024
"""Longest text that is read, in characters."""

_MOST_EXPECTED = 8
_SEGMENT = re.compile(r"\.([A-Za-z]+)|\[(\d+)\]")

ProgramType = TypeVar("ProgramType", TestProgram, OperationProgram)


@dataclass(frozen=True)
class Reading(Generic[ProgramType]):
    """What a text came to: a program, or the one diagnostic that says why not.

    ``position`` is the line and column, both counted from 1, of that diagnostic.
    """

    program: ProgramType | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    position: tuple[int, int] = (1, 1)
    tree: Tree = field(default_factory=dict, repr=False)
    marks: Marks = field(default_factory=dict, repr=False)
    lines: list[int] = field(default_factory=list, repr=False)

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of what stands at a path of the program, as diagnostics have it: the innermost node
        around that place. Where there is no program, that is the place of the diagnostic.
        """
        if self.program is None:
            return self.position
        return _position(self.lines, _mark(self.tree, self.marks, path))


def parse_test(text: str) -> Reading[TestProgram]:
    """Read a test as :func:`emit_test` writes it, in any layout, with comments. Never raises."""
    return _parse(text, "test", TestProgram, test_tree)


def parse_operation(text: str) -> Reading[OperationProgram]:
    """Read an operation as :func:`emit_operation` writes it, in any layout, with comments. Never raises."""
    return _parse(text, "operation", OperationProgram, operation_tree)


def _parse(
    text: str, start: str, program: type[ProgramType], meaning: Callable[[Reader, Syntax], Tree]
) -> Reading[ProgramType]:
    if len(text) > MAX_TEXT:
        message = f"The text has {len(text):,} characters; at most {MAX_TEXT:,} are read."
        return Reading(diagnostics=(TYPESCRIPT_LIMIT.at((), message),))
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    reader = Reader(program.absent_variants)
    try:
        tree = meaning(reader, read_syntax(text, start))
        if _is_deep(tree):
            raise Misread(0, f"The tree nests deeper than {MAX_NESTING} levels.", limit=True)
    except Misread as error:
        return _failed(lines, error)
    except UnexpectedInput as error:
        return _failed(lines, _unexpected(error, text))
    try:
        return Reading(msgspec.convert(tree, program), (), (1, 1), tree, reader.marks, lines)
    except msgspec.ValidationError as error:
        return _failed(lines, _invalid(error, tree, reader.marks))


def _failed(lines: list[int], error: Misread) -> Reading[Any]:
    line, column = _position(lines, error.at)
    code = TYPESCRIPT_LIMIT if error.limit else TYPESCRIPT_FORM
    code = TYPESCRIPT_SYNTAX if isinstance(error, _Unexpected) else code
    message = one_line(f"Line {line}, column {column}: {error}", 500)
    return Reading(None, (code.at((), message, expected=one_line(error.expected, 300)),), (line, column))


class _Unexpected(Misread):
    """The text breaks the grammar."""


def _unexpected(error: UnexpectedInput, text: str) -> _Unexpected:
    if not isinstance(error, UnexpectedToken):
        raise AssertionError(f"the lexer is ours, yet Lark raised {error!r}") from error
    token = error.token
    names = sorted({SHOWN.get(name, name) for name in error.accepts or error.expected}, key=_likelihood)
    shown = ", ".join(names[:_MOST_EXPECTED]) + (" ..." if len(names) > _MOST_EXPECTED else "")
    if token.type == "$END":
        return _Unexpected(len(text), "The text ends too early.", expected=shown)
    what = f"{SHOWN['NAME']} ({token.value})" if token.type == "NAME" else one_line(str(token.value), 40)
    return _Unexpected(token.start_pos or 0, f"Here stands {what}.", expected=shown)


def _likelihood(name: str) -> tuple[bool, str]:
    """Ends of things are what is forgotten most."""
    return name not in ("';'", "','", "')'", "']'", "'}'"), name


def _invalid(error: msgspec.ValidationError, tree: Tree, marks: Marks) -> Misread:
    message, _, where = str(error).partition(" - at `$")
    path = tuple(name or int(index) for name, index in _SEGMENT.findall(where))
    return Misread(_mark(tree, marks, path), f"{message}.")


def _mark(tree: Tree, marks: Marks, path: Path) -> int:
    """Where the innermost structure around ``path`` begins."""
    value: Any = tree
    found = marks.get(id(tree), 0)
    for segment in path:
        if isinstance(segment, int):
            value = value[segment] if isinstance(value, list) and segment < len(value) else None
        else:
            value = value.get(segment) if isinstance(value, dict) else None
        found = marks.get(id(value), found)
    return found


def _position(lines: list[int], at: int) -> tuple[int, int]:
    line = bisect_right(lines, max(at, 0))
    return line, max(at, 0) - lines[line - 1] + 1


def _is_deep(tree: Tree) -> bool:
    level: list[Any] = [tree]
    for _ in range(MAX_NESTING):
        if not level:
            return False
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
    return bool(level)
