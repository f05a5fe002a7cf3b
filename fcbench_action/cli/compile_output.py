"""What subcommands of ``fcbench compile`` share: options, reading trees, and printing what was found."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from fcbench_action.cli.files import printed_json, read_text
from fcbench_action.diagnostics import Diagnostic, errors, render_path
from fcbench_action.diagnostics import Path as TreePath
from fcbench_action.errors import GateFailed
from fcbench_action.judge.decode import Decoded, typed
from fcbench_action.judge.parse import Parsed, parse
from fcbench_action.language import database, interface
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.node import Node
from fcbench_action.sinks import one_line, terminal

NodeType = TypeVar("NodeType", bound=Node)
Place = Callable[[TreePath], tuple[int, int]]
"""Line and column of what stands at a path, for trees that were written as text."""

file_argument = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
tolerate_option = click.option(
    "--tolerate-unknown", is_flag=True, help="Accept and drop properties that the language does not have."
)
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print diagnostics.",
)


def database_of(file: Path, tolerate_unknown: bool) -> Application:
    """The database in ``file``. Says why, and raises GateFailed, where it does not compile."""
    tree = decoded(
        read_text(file), Application, partial(database.normalise, tolerate_unknown=tolerate_unknown)
    )
    found = list(tree.diagnostics)
    if isinstance(tree.argument, Application):
        found = errors(database.check(tree.argument))
        if not found:
            return tree.argument
    click.echo(_text(file, found, tree.omitted, "text", None), err=True)
    raise GateFailed(
        f"{terminal(str(file), lines=False)}: the database does not compile, so the rest was not looked at"
    )


def interface_of(file: Path, rows: Application | None, tolerate_unknown: bool) -> Document:
    """The interface in ``file``. Says why, and raises GateFailed, where it does not compile."""
    tree = decoded(read_text(file), Document, partial(interface.normalise, tolerate_unknown=tolerate_unknown))
    found = list(tree.diagnostics)
    if isinstance(tree.argument, Document):
        found = errors(interface.check(tree.argument, rows))
        if not found:
            return tree.argument
    click.echo(_text(file, found, tree.omitted, "text", None), err=True)
    raise GateFailed(
        f"{terminal(str(file), lines=False)}: the interface does not compile, so the rest was not looked at"
    )


def decoded(text: str, node: type[NodeType], normalise: Callable[[Any], Any]) -> Decoded:
    """The tree that ``text`` holds as JSON, once it is normalised; or what is wrong with it."""
    parsed = parse(text)
    if parsed.diagnostics:
        return Decoded(parsed, None, parsed.diagnostics, parsed.omitted)
    return typed(Parsed(normalise(parsed.value)), node)


def finish(
    file: Path,
    found: list[Diagnostic],
    omitted: int,
    format_: str,
    emit: Callable[[Any], str] | str | None,
    tree: Node | None,
    place: Place | None = None,
) -> None:
    """Print diagnostics and what is emitted, and exit with 1 where there are errors."""
    failed = len(errors(found)) + omitted
    if emit:
        if not failed:
            emitted = cast("Callable[[Any], str]", emit)(tree)
            click.echo(terminal(emitted) if sys.stdout.isatty() else emitted, nl=False)
        if found:
            click.echo(_text(file, found, omitted, format_, place), err=True)
    else:
        click.echo(_text(file, found, omitted, format_, place))
    if failed:
        raise SystemExit(1)


def _text(file: Path, found: list[Diagnostic], omitted: int, format_: str, place: Place | None) -> str:
    if format_ == "json":
        report = {"diagnostics": found, "omitted": omitted, "compiles": not errors(found) and not omitted}
        if place:
            report["positions"] = [place(d.path) for d in found]
        return printed_json(report)
    failed = len(errors(found)) + omitted
    warned = len(found) - len(errors(found))
    counts = [f"{failed} error{'s' * (failed != 1)}"] if failed else []
    counts += [f"{warned} warning{'s' * (warned != 1)}"] if warned else []
    verdict = "does not compile" if failed else "compiles"
    lines = [_line(d, place) for d in found] + ([f"... and {omitted} more"] if omitted else [])
    tail = f": {', '.join(counts)}" if counts else ""
    return "\n".join([*lines, f"{terminal(str(file), lines=False)} {verdict}{tail}"])


def _line(diagnostic: Diagnostic, place: Place | None = None) -> str:
    where = one_line(render_path(diagnostic.path), 300)
    if place:
        line, column = place(diagnostic.path)
        where = f"{line}:{column}: {where}"
    return f"{where}: {diagnostic.severity} [{diagnostic.code}] {one_line(diagnostic.message, 500)}"
