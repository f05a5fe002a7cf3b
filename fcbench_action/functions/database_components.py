"""``database.components`` plans the database of a module: which tables go together, and which need which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import plan as codes
from fcbench_action.functions.base import Function, Grade, Prompt, total
from fcbench_action.functions.planning import Statements, agreement, check_statements, overlap
from fcbench_action.functions.prompts import Requirements, head, section
from fcbench_action.language.database.check.graph import circles
from fcbench_action.language.near import Nearest, quoted
from fcbench_action.language.node import Node
from fcbench_action.sinks import markdown

Name = Annotated[str, Meta(min_length=1, max_length=100, description="A name, exactly as the task gives it.")]


class Need(Node, frozen=True):
    """That rows of a table refer to rows of another, by a foreign key."""

    table: Annotated[
        str, Meta(min_length=1, max_length=100, description="The table referred to; it may be the same one.")
    ]
    required: Annotated[
        bool, Meta(description="Whether no row can be without it; false where every such key may be null.")
    ]


class PlannedTable(Node, frozen=True):
    """A table and what it refers to."""

    name: Name
    needs: Annotated[
        tuple[Need, ...],
        Meta(description="Every table that a foreign key of this one refers to, each once."),
    ]


class Component(Node, frozen=True):
    """A file of tables that belong together."""

    filename: Name
    tables: Annotated[tuple[PlannedTable, ...], Meta(min_length=1, description="The tables in this file.")]
    statements: Annotated[Statements, Meta(description="The requirements that decide how these tables look.")]


class ComponentPlan(Node, frozen=True):
    """The database of a module, planned: every file and every table that the task names, once."""

    components: Annotated[tuple[Component, ...], Meta(description="The files, in any order.")]


@dataclass(frozen=True, kw_only=True)
class ComponentsTask:
    """What one case of ``database.components`` pins.

    ``files`` are names and what each is about, ``tables`` names and meanings, both without saying which goes
    where. ``given`` are the tables of other modules, name to meaning.
    """

    title: str
    summary: str
    module: str
    brief: str
    requirements: Requirements
    files: Mapping[str, str]
    tables: Mapping[str, str]
    given: Mapping[str, str]
    reference: ComponentPlan


def prompt(task: ComponentsTask) -> Prompt:
    """What a model is told: requirements, names of files and tables, and the tables that exist already."""
    sections = [
        *head(task),
        section("Files to plan", _FILES, (f"`{name}`: {about}" for name, about in task.files.items())),
        section("Tables to plan", _TABLES, (f"`{name}`: {about}" for name, about in task.tables.items())),
        section(
            "Tables that exist already", "", (f"`{name}`: {about}" for name, about in task.given.items())
        ),
    ]
    return Prompt(_SYSTEM, "\n\n".join(filter(None, sections)) + "\n")


_SYSTEM = (
    "You plan the database of a backend, before its columns are designed. Answer with one call of the "
    "function `database_components` whose argument is complete; text outside the call is not read. The "
    "descriptions in the function's schema are binding. A compiler checks the plan; then it is compared with "
    "the database."
)
_FILES = "Each holds tables that belong together. Every table goes into exactly one of them."
_TABLES = (
    "Exactly these. What each refers to, and whether a row can be without it, follows from the requirements. "
    "A table may refer to tables of this module and to those that exist already."
)


def compile_components(task: ComponentsTask, answer: ComponentPlan) -> list[Diagnostic]:
    """What is wrong with a plan: names, each once and all of them, and circles of requirements."""
    lists = (
        (("components", i, "statements"), component.statements)
        for i, component in enumerate(answer.components)
    )
    return sort(
        [
            *_files(task, answer),
            *_tables(task, answer),
            *_needs(task, answer),
            *_circles(answer),
            *check_statements(task.requirements, lists),
        ]
    )


def _files(task: ComponentsTask, answer: ComponentPlan) -> Iterator[Diagnostic]:
    nearest, seen = Nearest(task.files), set[str]()
    for index, component in enumerate(answer.components):
        name, path = component.filename, ("components", index, "filename")
        if name not in task.files:
            yield codes.UNKNOWN_COMPONENT.at(
                path,
                f"The task names no file {quoted(name)}.{nearest.hint(name)}",
                expected=", ".join(task.files),
                actual=quoted(name),
            )
        elif name in seen:
            yield codes.REPEATED_COMPONENT.at(path, f"The file {quoted(name)} is planned already.")
        seen.add(name)
    for name in task.files:
        if name not in seen:
            yield codes.MISSING_COMPONENT.at(
                ("components",), f"The file {quoted(name)} is not planned.", expected=f"a file named {name}"
            )


def _tables(task: ComponentsTask, answer: ComponentPlan) -> Iterator[Diagnostic]:
    nearest, seen = Nearest(task.tables), set[str]()
    for i, component in enumerate(answer.components):
        for j, table in enumerate(component.tables):
            path = ("components", i, "tables", j, "name")
            if table.name not in task.tables:
                yield codes.UNKNOWN_PLANNED_TABLE.at(
                    path,
                    f"The task asks for no table {quoted(table.name)}.{nearest.hint(table.name)}",
                    expected="a table to plan",
                    actual=quoted(table.name),
                )
            elif table.name in seen:
                yield codes.MISPLACED_TABLE.at(path, f"The table {quoted(table.name)} is planned already.")
            seen.add(table.name)
    for name in task.tables:
        if name not in seen:
            yield codes.UNPLANNED_TABLE.at(
                ("components",),
                f"The table {quoted(name)} is in no file.",
                expected=f"a table named {name} in one of the files",
            )


def _needs(task: ComponentsTask, answer: ComponentPlan) -> Iterator[Diagnostic]:
    known = {**task.tables, **task.given}
    nearest = Nearest(known)
    for i, component in enumerate(answer.components):
        for j, table in enumerate(component.tables):
            seen: set[str] = set()
            for k, need in enumerate(table.needs):
                path = ("components", i, "tables", j, "needs", k, "table")
                if need.table not in known:
                    yield codes.UNKNOWN_PLANNED_TABLE.at(
                        path,
                        f"There is no table {quoted(need.table)} to refer to.{nearest.hint(need.table)}",
                        expected="a table to plan, or one that exists already",
                        actual=quoted(need.table),
                    )
                elif need.table in seen:
                    yield codes.REPEATED_NEED.at(
                        path, f"{quoted(table.name)} names {quoted(need.table)} already."
                    )
                seen.add(need.table)


def _circles(answer: ComponentPlan) -> Iterator[Diagnostic]:
    tables = [table for component in answer.components for table in component.tables]
    graph = {table.name: sorted({n.table for n in table.needs if n.required}) for table in tables}
    own = {name: [target for target in targets if target in graph] for name, targets in graph.items()}
    circle_of = circles(own)
    for i, component in enumerate(answer.components):
        for j, table in enumerate(component.tables):
            for k, need in enumerate(table.needs):
                alone = need.table == table.name
                if need.required and (
                    alone or circle_of.get(table.name, -1) == circle_of.get(need.table, -2)
                ):
                    yield codes.NEED_CIRCLE.at(
                        ("components", i, "tables", j, "needs", k, "required"),
                        f"{quoted(table.name)} requires {quoted(need.table)}, which directly or through "
                        f"others requires {quoted(table.name)}, so neither could get a first row.",
                        expected="false for one need of the circle",
                        actual="true",
                    )


def grade(task: ComponentsTask, answer: ComponentPlan) -> Grade:
    """Points for tables in the right file, for what each refers to and must refer to, and for statements."""
    wanted, made = task.reference, answer
    home, theirs = _homes(wanted), _homes(made)
    needs, other = _links(wanted), _links(made)
    common = sorted(needs.keys() & other.keys())
    return total(
        [
            agreement("files", 2.0, [(table, theirs.get(table) == home[table]) for table in home]),
            overlap("references", 4.0, needs.keys(), other.keys()),
            agreement("required", 2.0, [(link, needs[link] == other[link]) for link in common]),
            overlap("statements", 2.0, _served(wanted), _served(made)),
        ]
    )


def _homes(plan: ComponentPlan) -> dict[str, str]:
    return {table.name: c.filename for c in plan.components for table in c.tables}


def _links(plan: ComponentPlan) -> dict[str, bool]:
    return {
        f"{table.name} -> {need.table}": need.required
        for component in plan.components
        for table in component.tables
        for need in table.needs
    }


def _served(plan: ComponentPlan) -> set[str]:
    return {f"{c.filename}: {number}" for c in plan.components for number in c.statements}


def emit(answers: dict[str, ComponentPlan]) -> dict[str, str]:
    """``database/components.md``: a table a file, what its tables refer to."""
    lines = ["# Files of tables", ""]
    for case in sorted(answers):
        for component in answers[case].components:
            lines += [f"## {markdown(component.filename)}", "", "| table | refers to |", "| --- | --- |"]
            lines += [f"| {markdown(t.name)} | {_told(t.needs)} |" for t in component.tables]
            lines += ["", f"Requirements: {markdown(', '.join(component.statements), 1000)}", ""]
    return {"database/components.md": "\n".join(lines)}


def _told(needs: tuple[Need, ...]) -> str:
    return ", ".join(f"{markdown(n.table)}{'' if n.required else ' (optional)'}" for n in needs)


COMPONENTS = Function(
    name="database.components",
    phase="database",
    title="Plan of a database",
    description="Plans the database of one module: files, the tables in each, and what each refers to.",
    argument=ComponentPlan,
    prompt=prompt,
    compile=compile_components,
    grade=grade,
    emit=emit,
)
