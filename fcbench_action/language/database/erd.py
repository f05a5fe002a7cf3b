"""Emits entity-relationship diagrams: Mermaid in a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action import sinks
from fcbench_action.language.database.names import tables
from fcbench_action.language.database.nodes import Application, File, Model


def emit_erd(application: Application) -> str:
    """A Markdown page with one diagram and one list of tables for each file.

    A table of another file is drawn where it is referred to, without its columns.
    """
    known = {model.name: model for model in tables(application)}
    parts = ["# Entity relationships"]
    for file in application.files:
        parts.append(f"## {sinks.markdown(file.namespace)}")
        parts.append("\n".join(["```mermaid", "erDiagram", *_diagram(file, known), "```"]))
        parts.append("\n".join(_table_line(model) for model in file.models))
    return "\n\n".join(parts) + "\n"


def _diagram(file: File, known: dict[str, Model]) -> Iterator[str]:
    for model in file.models:
        yield f"  {_quoted(model.name)} {{"
        yield from _columns(model)
        yield "  }"
    for model in file.models:
        for key in model.foreign_fields:
            target = key.relation.target_model
            if target in known:
                many, one = ("o|" if key.unique else "o{"), ("|o" if key.nullable else "||")
                yield (
                    f"  {_quoted(target)} {one}--{many} {_quoted(model.name)} : {_quoted(key.relation.name)}"
                )


def _columns(model: Model) -> Iterator[str]:
    alone = {index.field_names[0] for index in model.unique_indexes if len(index.field_names) == 1}
    yield f"    uuid {sinks.mermaid(model.primary_field.name)} PK"
    for key in model.foreign_fields:
        is_unique = key.unique or key.name in alone
        yield f"    uuid {sinks.mermaid(key.name)} FK{', UK' if is_unique else ''}{_nullable(key.nullable)}"
    for column in model.plain_fields:
        unique = " UK" if column.name in alone else ""
        yield f"    {column.type} {sinks.mermaid(column.name)}{unique}{_nullable(column.nullable)}"


def _nullable(is_nullable: bool) -> str:
    return ' "nullable"' if is_nullable else ""


def _table_line(model: Model) -> str:
    return f"- **{sinks.markdown(model.name)}**: {sinks.markdown(model.description, 500)}"


def _quoted(name: str) -> str:
    """A name that may be a key word of Mermaid's."""
    return f'"{sinks.mermaid(name)}"'
