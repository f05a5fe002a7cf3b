"""``fcbench compile test`` and ``fcbench compile operation``: programs, as trees or as TypeScript."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from fcbench_action.cli.compile_output import (
    database_of,
    decoded,
    file_argument,
    finish,
    format_option,
    interface_of,
    tolerate_option,
)
from fcbench_action.cli.files import read_text
from fcbench_action.diagnostics import Diagnostic
from fcbench_action.judge.shape import TAG, Shape, shape_of
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.node import Node
from fcbench_action.language.program import typescript
from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.environment import Environment, environment
from fcbench_action.language.program.statements import OperationProgram, TestProgram

_interface = click.option(
    "--interface",
    "interface_file",
    type=click.Path(path_type=Path),
    required=True,
    help="Interface document that the program is about.",
)
_emit = click.option(
    "--emit", type=click.Choice(("typescript", "json")), help="What to print where it compiles."
)


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What differs between tests and operations."""

    program: type[Node]
    check: Callable[[Any, Environment], list[Diagnostic]]
    parse: Callable[[str], typescript.Reading[Any]]
    emit: Callable[[Any], str]


_TEST = _Dialect(TestProgram, check_test, typescript.parse_test, typescript.emit_test)
_OPERATION = _Dialect(
    OperationProgram, check_operation, typescript.parse_operation, typescript.emit_operation
)


@click.command("test")
@file_argument
@_interface
@click.option(
    "--database", "database_file", type=click.Path(path_type=Path), help="Database tree behind the interface."
)
@_emit
@tolerate_option
@format_option
def compile_test(
    file: Path,
    interface_file: Path,
    database_file: Path | None,
    emit: str | None,
    tolerate_unknown: bool,
    format_: str,
) -> None:
    """Compile the test program in FILE (- for standard input).

    FILE holds a tree as JSON, or TypeScript, which begins with a word or a comment.
    """
    _compile(_TEST, file, interface_file, database_file, emit, tolerate_unknown, format_)


@click.command("operation")
@file_argument
@_interface
@click.option(
    "--database",
    "database_file",
    type=click.Path(path_type=Path),
    required=True,
    help="Database tree that the operation reads and writes.",
)
@_emit
@tolerate_option
@format_option
def compile_operation(
    file: Path,
    interface_file: Path,
    database_file: Path,
    emit: str | None,
    tolerate_unknown: bool,
    format_: str,
) -> None:
    """Compile the operation program in FILE (- for standard input).

    FILE holds a tree as JSON, or TypeScript, which begins with a word or a comment.
    """
    _compile(_OPERATION, file, interface_file, database_file, emit, tolerate_unknown, format_)


def _compile(
    dialect: _Dialect,
    file: Path,
    interface_file: Path,
    database_file: Path | None,
    emit: str | None,
    tolerate_unknown: bool,
    format_: str,
) -> None:
    rows = database_of(database_file, tolerate_unknown) if database_file else None
    document = interface_of(interface_file, rows, tolerate_unknown)
    known = environment(rows or Application(files=()), document)
    write = {"typescript": dialect.emit, "json": _json}[emit] if emit else None
    text = read_text(file)
    if is_typescript(text):
        reading = dialect.parse(text)
        found = list(reading.diagnostics) or dialect.check(reading.program, known)
        finish(file, found, 0, format_, write, reading.program, reading.place)
        return
    keep = partial(_known, shape=shape_of(dialect.program)) if tolerate_unknown else _as_it_is
    tree = decoded(text, dialect.program, keep)
    found = list(tree.diagnostics) or dialect.check(tree.argument, known)
    finish(file, found, tree.omitted, format_, write, tree.argument)


def is_typescript(text: str) -> bool:
    """Whether a program is written as TypeScript: it begins with a word or a comment, as no object does."""
    start = text.lstrip()[:1]
    return start.isalpha() or start == "/"


def _json(program: Node) -> str:
    return msgspec.json.format(msgspec.json.encode(program), indent=2).decode() + "\n"


def _as_it_is(value: Any) -> Any:
    return value


def _known(value: Any, shape: Shape) -> Any:
    """A JSON value without the properties that its node types lack."""
    if isinstance(value, list):
        return [_known(one, shape.array.items) for one in value] if shape.array else value
    if not isinstance(value, dict):
        return value
    tag = value.get(TAG)
    declared = shape.variants.get(tag) if isinstance(tag, str) else None
    declared = declared or shape.object
    if declared is None:
        return value
    return {
        key: _known(one, declared.properties[key]) for key, one in value.items() if key in declared.properties
    }
