"""The database phase: ``database.tables`` asks for the tables of one module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import database as codes
from fcbench_action.functions.base import Function, Grade, Prompt, total
from fcbench_action.functions.database_grading import behaviour_part, structure_parts
from fcbench_action.functions.prompts import head
from fcbench_action.language.database import check, emit_erd, emit_prisma, emit_sql
from fcbench_action.language.database.arrange import Plan, arrange
from fcbench_action.language.database.exercise import Answer, exercise
from fcbench_action.language.database.nodes import Application, File, ForeignField, Model, PlainField
from fcbench_action.language.database.probe import Probe
from fcbench_action.language.node import Node


class Term(Node, frozen=True):
    """A column that a case wants, by name, with its meaning but nothing that the model must find out."""

    name: Annotated[str, Meta(description="Name of the column.")]
    meaning: Annotated[str, Meta(description="What it holds, without type, nullability, uniqueness or key.")]


class Entry(Node, frozen=True):
    """A table that a case wants, with its columns (all of the reference's, the primary key included)."""

    name: Annotated[str, Meta(description="Name of the table.")]
    meaning: Annotated[str, Meta(description="What one row stands for.")]
    columns: Annotated[tuple[Term, ...], Meta(min_length=1, description="Its columns.")]


@dataclass(frozen=True)
class TablesTask:
    """What one case of ``database.tables`` pins.

    ``requirements`` are (number, text) pairs such as ``("R1", "A member ...")``. ``glossary`` names every
    table and column of ``reference``. ``given`` are the files of other modules that exist already.
    ``filename`` and ``namespace`` are those of ``reference``.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: tuple[tuple[str, str], ...]
    glossary: tuple[Entry, ...]
    filename: str
    namespace: str
    given: tuple[File, ...]
    reference: File
    probes: tuple[Probe, ...]

    @cached_property
    def plan(self) -> Plan:
        """The probes, arranged once for all grades of the case."""
        return arrange(self.probes)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """What the reference answers to each probe; found out once, for all grades of the case."""
        return exercise(Application(files=(*self.given, self.reference)), self.plan)


def prompt(task: TablesTask) -> Prompt:
    """What a model is told: the requirements, the names to use, and the tables that exist already."""
    sections = [
        *head(task),
        f"## To declare\n\n{_ORDER.format(filename=task.filename, namespace=task.namespace)}\n\n"
        + "\n".join(_entry_lines(task.glossary)),
    ]
    if task.given:
        lines = "\n".join(_given_line(model) for file in task.given for model in file.models)
        sections.append(f"## Tables that exist already\n\n{_GIVEN}\n\n{lines}")
    return Prompt(_SYSTEM, "\n\n".join(sections) + "\n")


_SYSTEM = (
    "You design the database of a backend. Answer with one call of the function `database_tables` whose "
    "argument is complete; text outside the call is not read. The descriptions in the function's schema are "
    "binding. A compiler checks the argument, and then a database is made from it and used."
)
_ORDER = (
    "One file named `{filename}` with the namespace `{namespace}`, and in it exactly the tables below with "
    "these columns. Names are fixed. What each column is - primary key, foreign key or plain, its type, "
    "whether it may be null - and which sets of columns are unique or indexed follows from the requirements."
)
_GIVEN = (
    "Other files declare them. Refer to them; do not declare them again. `?` marks what may be null, and an "
    "arrow the table that a foreign key refers to."
)


def _entry_lines(glossary: tuple[Entry, ...]) -> Iterator[str]:
    for entry in glossary:
        yield f"- `{entry.name}`: {entry.meaning}"
        for column in entry.columns:
            yield f"  - `{column.name}`: {column.meaning}"


def _given_line(model: Model) -> str:
    columns = [f"{model.primary_field.name} uuid primary key"]
    columns += [f"{_typed(key)} -> {key.relation.target_model}" for key in model.foreign_fields]
    columns += [_typed(column) for column in model.plain_fields]
    return f"- `{model.name}` ({', '.join(columns)})"


def _typed(column: ForeignField | PlainField) -> str:
    return f"{column.name} {column.type}{'?' if column.nullable else ''}"


def compile_tables(task: TablesTask, answer: File) -> list[Diagnostic]:
    """What is wrong with an answer, beside the given files and for this task; paths start at the answer."""
    application = Application(files=(*task.given, answer))
    found = [
        replace(diagnostic, path=diagnostic.path[2:])
        for diagnostic in check(application, given=len(task.given))
    ]
    return sort([*found, *_as_told(task, answer), *_wanted(task, answer)])


def _as_told(task: TablesTask, answer: File) -> Iterator[Diagnostic]:
    if answer.filename != task.filename:
        yield codes.WRONG_FILENAME.at(
            ("filename",),
            "The file has another name than the task says.",
            expected=task.filename,
            actual=answer.filename,
        )
    if answer.namespace != task.namespace:
        yield codes.WRONG_NAMESPACE.at(
            ("namespace",),
            "The namespace is another one than the task says.",
            expected=task.namespace,
            actual=answer.namespace,
        )


def _wanted(task: TablesTask, answer: File) -> Iterator[Diagnostic]:
    entries = {entry.name: entry for entry in task.glossary}
    declared = {model.name for model in answer.models}
    taken = {model.name for file in task.given for model in file.models}
    for name in entries:
        if name not in declared:
            yield codes.MISSING_TABLE.at(
                ("models",), f'The table "{name}" is not declared.', expected=f"a table named {name}"
            )
    for index, model in enumerate(answer.models):
        if model.name in entries:
            yield from _missing_columns(entries[model.name], model, index)
        elif model.name not in taken:
            yield codes.UNEXPECTED_TABLE.at(
                ("models", index, "name"),
                f'The task does not ask for a table "{model.name}".',
                expected=f"only {', '.join(entries)}",
                actual=model.name,
            )


def _missing_columns(entry: Entry, model: Model, index: int) -> Iterator[Diagnostic]:
    names = {model.primary_field.name}
    names |= {key.name for key in model.foreign_fields} | {column.name for column in model.plain_fields}
    for column in entry.columns:
        if column.name not in names:
            yield codes.MISSING_COLUMN.at(
                ("models", index),
                f'The table "{model.name}" lacks the column "{column.name}".',
                expected=f"a column named {column.name}",
            )


def grade(task: TablesTask, answer: File) -> Grade:
    """How good an answer is that compiles (see ``database_grading``)."""
    answers = exercise(Application(files=(*task.given, answer)), task.plan)
    behaviour = behaviour_part(task.probes, task.answers, answers)
    return total([behaviour, *structure_parts(task.reference, answer)])


def emit(answers: dict[str, File]) -> dict[str, str]:
    """The database of a topic: its tables in the order of the case ids, each table once."""
    files: list[File] = []
    seen: set[str] = set()
    for case in sorted(answers):
        models = tuple(model for model in answers[case].models if model.name not in seen)
        seen |= {model.name for model in models}
        if models:
            files.append(replace(answers[case], models=models))
    if not files:
        return {}
    application = Application(files=tuple(files))
    return {
        "database/schema.prisma": emit_prisma(application),
        "database/schema.sql": emit_sql(application),
        "database/erd.md": emit_erd(application),
    }


TABLES = Function(
    name="database.tables",
    phase="database",
    title="Database tables",
    description="Declares the database tables of one module, with their columns, foreign keys and indexes.",
    argument=File,
    prompt=prompt,
    compile=compile_tables,
    grade=grade,
    emit=emit,
)
