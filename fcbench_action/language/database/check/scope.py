"""What the rules look things up in."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from fcbench_action.diagnostics import Path
from fcbench_action.language.database.nodes import Application, ForeignField, Model, PlainField


@dataclass(slots=True)
class Speller:
    """Finds the name that was probably meant, as long as its budget of comparisons lasts.

    Comparing every unknown name with every known one would take quadratic time on a hostile reply; a
    comparison of long names takes up to 50 microseconds.
    """

    comparisons: int = 600

    def hint(self, name: str, known: Collection[str]) -> str:
        """``, did you mean "todos"?`` or nothing."""
        if len(known) > self.comparisons:
            return ""
        self.comparisons -= len(known)
        near = difflib.get_close_matches(name, known, 1, 0.75)
        return f', did you mean "{near[0]}"?' if near else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table at its place. ``columns`` holds the first column of each name."""

    model: Model
    path: Path
    columns: dict[str, str]

    @property
    def name(self) -> str:
        """Its name."""
        return self.model.name

    def foreign_fields(self) -> Iterator[tuple[Path, ForeignField]]:
        """The foreign keys, with their paths."""
        for index, key in enumerate(self.model.foreign_fields):
            yield (*self.path, "foreignFields", index), key

    def plain_fields(self) -> Iterator[tuple[Path, PlainField]]:
        """The plain columns, with their paths."""
        for index, column in enumerate(self.model.plain_fields):
            yield (*self.path, "plainFields", index), column


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole application, and the part of it that is judged.

    ``given`` is the number of leading files that are context. ``tables`` are those of all other files;
    ``known`` holds the first table of each name, wherever it is.
    """

    application: Application
    given: int
    tables: tuple[Table, ...]
    known: dict[str, Table]
    speller: Speller = field(default_factory=Speller)


def scope_of(application: Application, given: int) -> Scope:
    """The scope of an application of which the first ``given`` files are context."""
    tables: list[Table] = []
    known: dict[str, Table] = {}
    for at, file in enumerate(application.files):
        for index, model in enumerate(file.models):
            table = Table(model, ("files", at, "models", index), _columns(model))
            known.setdefault(model.name, table)
            if at >= given:
                tables.append(table)
    return Scope(application, given, tuple(tables), known)


def _columns(model: Model) -> dict[str, str]:
    """Column name to type."""
    columns: dict[str, str] = {column.name: column.type for column in reversed(model.plain_fields)}
    columns |= {key.name: key.type for key in reversed(model.foreign_fields)}
    return columns | {model.primary_field.name: model.primary_field.type}
