"""The database phase: ``database.tables`` asks for the tables of one module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from fcbench_action.language.database.nodes import File
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


@dataclass(frozen=True, slots=True)
class TablesTask:
    """What one case of ``database.tables`` pins.

    ``requirements`` are (number, text) pairs such as ``("R1", "A member ...")``. ``glossary`` names every table
    and column of ``reference``. ``given`` are the files of other modules that exist already. ``filename`` and
    ``namespace`` are those of ``reference``.
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
