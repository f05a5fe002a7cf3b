"""Names that the emitters derive: of constraints, of indexes, and of the other ends of relations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from fcbench_action.language.database.nodes import LONGEST_NAME, Application, Model


@dataclass(slots=True)
class Names:
    """Hands out names that differ from each other and from those taken already.

    The same requests in the same order get the same names.
    """

    taken: set[str] = field(default_factory=set)
    tries: dict[str, int] = field(default_factory=dict)

    def claim(self, wanted: str) -> str:
        """``wanted`` where it is free and PostgreSQL keeps it whole; else a shorter, marked form of it."""
        name = wanted
        while name in self.taken or len(name) > LONGEST_NAME:
            self.tries[wanted] = self.tries.get(wanted, 0) + 1
            mark = hashlib.sha256(f"{self.tries[wanted]} {wanted}".encode()).hexdigest()[:8]
            name = f"{wanted[: LONGEST_NAME - 9]}_{mark}"
        self.taken.add(name)
        return name


@dataclass(frozen=True, slots=True)
class TableNames:
    """The constraint names of one table, in the order of its declarations."""

    primary: str
    foreign: tuple[str, ...]
    foreign_unique: tuple[str, ...]
    unique: tuple[str, ...]
    plain: tuple[str, ...]
    gin: tuple[str, ...]


def constraint_names(application: Application) -> list[TableNames]:
    """Names of all constraints and indexes of each table, in the order of :func:`tables`.

    Unlike in a table's own scope, these share one namespace with each other and with the tables.
    """
    names = Names({model.name for model in tables(application)})
    return [_of_table(model, names) for model in tables(application)]


def default_name(table: str, columns: Iterable[str], kind: str) -> str:
    """The name that Prisma and PostgreSQL would choose: ``<table>_<columns>_<kind>``."""
    return "_".join((table, *columns, kind))


def tables(application: Application) -> list[Model]:
    """All tables, in the order of the files."""
    return [model for file in application.files for model in file.models]


def _of_table(model: Model, names: Names) -> TableNames:
    def claim(columns: Iterable[str], kind: str) -> str:
        return names.claim(default_name(model.name, columns, kind))

    return TableNames(
        primary=claim((), "pkey"),
        foreign=tuple(claim([f.name], "fkey") for f in model.foreign_fields),
        foreign_unique=tuple(claim([f.name], "key") if f.unique else "" for f in model.foreign_fields),
        unique=tuple(claim(i.field_names, "key") for i in model.unique_indexes),
        plain=tuple(claim(i.field_names, "idx") for i in model.plain_indexes),
        gin=tuple(claim([i.field_name], "idx") for i in model.gin_indexes),
    )
