"""``fcbench compile``: any database or interface tree, its diagnostics, and what it compiles to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import click
import msgspec

from fcbench_action.cli.files import read_text
from fcbench_action.diagnostics import Diagnostic, errors, render_path
from fcbench_action.errors import GateFailed
from fcbench_action.judge.decode import Decoded, typed
from fcbench_action.judge.parse import Parsed, parse
from fcbench_action.language import database, interface
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.node import Node
from fcbench_action.sinks import one_line, terminal

NodeType = TypeVar("NodeType", bound=Node)

DATABASE_EMITTERS: dict[str, Callable[[Application], str]] = {
    "prisma": database.emit_prisma,
    "sql": database.emit_sql,
    "erd": database.emit_erd,
}
INTERFACE_EMITTERS: dict[str, Callable[[Document], str]] = {"openapi": interface.emit_openapi}

_file = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
_tolerate = click.option(
    "--tolerate-unknown", is_flag=True, help="Accept and drop properties that the language does not have."
)
_format = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print diagnostics.",
)


@click.group("compile")
def command() -> None:
    """Compile a tree: print its diagnostics, or emit what it stands for.

    Diagnostics go to standard output, or to standard error beside what is emitted. Exit code 1 where there
    are errors; warnings do not count.
    """


@command.command("database")
@_file
@click.option("--emit", type=click.Choice(tuple(DATABASE_EMITTERS)), help="What to print where it compiles.")
@_tolerate
@_format
def compile_database(file: Path, emit: str | None, tolerate_unknown: bool, format_: str) -> None:
    """Compile the database tree in FILE (- for standard input)."""
    tree = _decoded(file, Application, partial(database.normalise, tolerate_unknown=tolerate_unknown))
    application, found = tree.argument, list(tree.diagnostics)
    if isinstance(application, Application):
        found = database.check(application)
    _finish(file, found, tree.omitted, format_, emit and DATABASE_EMITTERS[emit], application)


@command.command("interface")
@_file
@click.option(
    "--database",
    "database_file",
    type=click.Path(path_type=Path),
    help="Database tree to trace the interface to.",
)
@click.option("--emit", type=click.Choice(tuple(INTERFACE_EMITTERS)), help="What to print where it compiles.")
@_tolerate
@_format
def compile_interface(
    file: Path, database_file: Path | None, emit: str | None, tolerate_unknown: bool, format_: str
) -> None:
    """Compile the interface document in FILE (- for standard input).

    Its schemas may be tagged, as models write them, or plain JSON Schema, as AutoBE publishes them.
    """
    rows = _database(database_file, tolerate_unknown) if database_file else None
    tree = _decoded(file, Document, partial(interface.normalise, tolerate_unknown=tolerate_unknown))
    document, found = tree.argument, list(tree.diagnostics)
    if isinstance(document, Document):
        found = interface.check(document, rows)
    _finish(file, found, tree.omitted, format_, emit and INTERFACE_EMITTERS[emit], document)


def _database(file: Path, tolerate_unknown: bool) -> Application:
    tree = _decoded(file, Application, partial(database.normalise, tolerate_unknown=tolerate_unknown))
    found = list(tree.diagnostics)
    if isinstance(tree.argument, Application):
        found = errors(database.check(tree.argument))
        if not found:
            return tree.argument
    raise GateFailed(
        f"{file}: the database does not compile ({_line(found[0])}); see 'fcbench compile database'"
    )


def _decoded(file: Path, node: type[NodeType], normalise: Callable[[Any], Any]) -> Decoded:
    parsed = parse(read_text(file))
    if parsed.diagnostics:
        return Decoded(parsed, None, parsed.diagnostics, parsed.omitted)
    return typed(Parsed(normalise(parsed.value)), node)


def _finish(
    file: Path,
    found: list[Diagnostic],
    omitted: int,
    format_: str,
    emit: Callable[[Any], str] | str | None,
    tree: Node | None,
) -> None:
    """Print, and exit with 1 where there are errors."""
    failed = len(errors(found)) + omitted
    if emit:
        if not failed:
            click.echo(cast("Callable[[Any], str]", emit)(tree), nl=False)
        if found:
            click.echo(_text(file, found, omitted, format_), err=True)
    else:
        click.echo(_text(file, found, omitted, format_))
    if failed:
        raise SystemExit(1)


def _text(file: Path, found: list[Diagnostic], omitted: int, format_: str) -> str:
    if format_ == "json":
        report = {"diagnostics": found, "omitted": omitted, "compiles": not errors(found) and not omitted}
        return msgspec.json.format(msgspec.json.encode(report), indent=2).decode()
    failed = len(errors(found)) + omitted
    warned = len(found) - len(errors(found))
    counts = [f"{failed} error{'s' * (failed != 1)}"] if failed else []
    counts += [f"{warned} warning{'s' * (warned != 1)}"] if warned else []
    verdict = "does not compile" if failed else "compiles"
    lines = [_line(d) for d in found] + ([f"... and {omitted} more"] if omitted else [])
    tail = f": {', '.join(counts)}" if counts else ""
    return "\n".join([*lines, f"{terminal(str(file), lines=False)} {verdict}{tail}"])


def _line(diagnostic: Diagnostic) -> str:
    where = one_line(render_path(diagnostic.path), 300)
    return f"{where}: {diagnostic.severity} [{diagnostic.code}] {one_line(diagnostic.message, 500)}"
