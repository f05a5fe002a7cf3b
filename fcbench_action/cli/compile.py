"""``fcbench compile``: any tree, its diagnostics, and what it compiles to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from fcbench_action.cli import compile_program
from fcbench_action.cli.compile_output import (
    database_of,
    decoded,
    file_argument,
    finish,
    format_option,
    tolerate_option,
)
from fcbench_action.cli.files import read_text
from fcbench_action.language import database, interface, requirements
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import Document
from fcbench_action.language.requirements.nodes import Analysis

DATABASE_EMITTERS: dict[str, Callable[[Application], str]] = {
    "prisma": database.emit_prisma,
    "sql": database.emit_sql,
    "erd": database.emit_erd,
}
INTERFACE_EMITTERS: dict[str, Callable[[Document], str]] = {"openapi": interface.emit_openapi}


REQUIREMENTS_EMITTERS: dict[str, Callable[[Analysis], str]] = {
    "entities": requirements.emit_entities,
    "permissions": lambda analysis: requirements.emit_permissions([("Rules", analysis)]),
}


@click.group("compile")
def command() -> None:
    """Compile a tree: print its diagnostics, or emit what it stands for.

    Diagnostics go to standard output, or to standard error beside what is emitted. Exit code 1 where there
    are errors; warnings do not count.
    """


@command.command("requirements")
@file_argument
@click.option(
    "--emit", type=click.Choice(tuple(REQUIREMENTS_EMITTERS)), help="What to print where it compiles."
)
@format_option
def compile_requirements(file: Path, emit: str | None, format_: str) -> None:
    """Compile the analysis in FILE (- for standard input): actors, entities, actions, predicates, rules."""
    tree = decoded(read_text(file), Analysis, lambda value: value)
    analysis, found = tree.argument, list(tree.diagnostics)
    if isinstance(analysis, Analysis):
        found = requirements.check(analysis)
    finish(file, found, tree.omitted, format_, emit and REQUIREMENTS_EMITTERS[emit], analysis)


@command.command("database")
@file_argument
@click.option("--emit", type=click.Choice(tuple(DATABASE_EMITTERS)), help="What to print where it compiles.")
@tolerate_option
@format_option
def compile_database(file: Path, emit: str | None, tolerate_unknown: bool, format_: str) -> None:
    """Compile the database tree in FILE (- for standard input)."""
    tree = decoded(
        read_text(file), Application, partial(database.normalise, tolerate_unknown=tolerate_unknown)
    )
    application, found = tree.argument, list(tree.diagnostics)
    if isinstance(application, Application):
        found = database.check(application)
    finish(file, found, tree.omitted, format_, emit and DATABASE_EMITTERS[emit], application)


@command.command("interface")
@file_argument
@click.option(
    "--database",
    "database_file",
    type=click.Path(path_type=Path),
    help="Database tree to trace the interface to.",
)
@click.option("--emit", type=click.Choice(tuple(INTERFACE_EMITTERS)), help="What to print where it compiles.")
@tolerate_option
@format_option
def compile_interface(
    file: Path, database_file: Path | None, emit: str | None, tolerate_unknown: bool, format_: str
) -> None:
    """Compile the interface document in FILE (- for standard input).

    Its schemas may be tagged, as models write them, or plain JSON Schema, as AutoBE publishes them.
    """
    rows = database_of(database_file, tolerate_unknown) if database_file else None
    tree = decoded(read_text(file), Document, partial(interface.normalise, tolerate_unknown=tolerate_unknown))
    document, found = tree.argument, list(tree.diagnostics)
    if isinstance(document, Document):
        found = interface.check(document, rows)
    finish(file, found, tree.omitted, format_, emit and INTERFACE_EMITTERS[emit], document)


command.add_command(compile_program.compile_test)
command.add_command(compile_program.compile_operation)
