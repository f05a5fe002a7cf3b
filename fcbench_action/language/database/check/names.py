"""The rules of names."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import database as codes
from fcbench_action.language.database.check.scope import Scope, Table

VIEW_PREFIX = "mv_"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRISMA_WORDS = _words(
    """
    async await break case catch class const continue debugger default delete do else enum export extends
    false finally for function if implements import in instanceof interface let new null package private
    protected public return super switch this throw true typeof using var void while with yield
    """
)
"""What Prisma refuses as a model's name, as far as it is snake_case."""

SQL_WORDS = _words(
    """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
    create current_date current_role current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign from grant group having in initially intersect into
    lateral leading limit localtime localtimestamp not null offset on only or order placing primary
    references returning select session_user some symmetric system_user table then to trailing true union
    unique user using variadic when where window with
    """
)
"""The reserved key words of PostgreSQL: such a table must be quoted in every statement that names it."""


def files_differ(scope: Scope) -> Iterator[Diagnostic]:
    """Each file has a name of its own."""
    seen: dict[str, int] = {}
    for at, file in enumerate(scope.application.files):
        first = seen.setdefault(file.filename, at)
        if first != at and at >= scope.given:
            yield codes.DUPLICATE_FILE.at(
                ("files", at, "filename"),
                f'The file name "{file.filename}" is taken by another file.',
                expected="a file name of its own",
                actual=file.filename,
            )


def tables_differ(scope: Scope) -> Iterator[Diagnostic]:
    """Each table has a name of its own, across all files."""
    for table in scope.tables:
        if scope.known[table.name] is not table:
            yield codes.DUPLICATE_TABLE.at(
                (*table.path, "name"),
                f'The table "{table.name}" exists already.',
                expected="a name that no other table of the application has",
                actual=table.name,
            )


def columns_differ(scope: Scope) -> Iterator[Diagnostic]:
    """Each column of a table has a name of its own, the primary key included."""
    for table in scope.tables:
        seen: set[str] = set()
        for path, name in _columns(table):
            if name in seen:
                yield codes.DUPLICATE_COLUMN.at(
                    path,
                    f'The table "{table.name}" has a column "{name}" already.',
                    expected="a name that no other column of the table has",
                    actual=name,
                )
            seen.add(name)


def relations_differ_from_each_other_and_from_columns(scope: Scope) -> Iterator[Diagnostic]:
    """A relation shares one namespace with its table's columns and other relations."""
    for table in scope.tables:
        seen: set[str] = set()
        for path, key in table.foreign_fields():
            name, at = key.relation.name, (*path, "relation", "name")
            if name in table.columns:
                yield codes.RELATION_COLUMN_CLASH.at(
                    at,
                    f'The relation "{name}" is named like a column of the table "{table.name}".',
                    expected="a name that no column of the table has",
                    actual=name,
                )
            elif name in seen:
                yield codes.DUPLICATE_RELATION.at(
                    at,
                    f'The table "{table.name}" has a relation "{name}" already.',
                    expected="a name that no other relation of the table has",
                    actual=name,
                )
            seen.add(name)


def tables_avoid_reserved_words(scope: Scope) -> Iterator[Diagnostic]:
    """No table is named by a word of Prisma or SQL, or as if SQLite had made it."""
    for table in scope.tables:
        name = table.name
        if name in PRISMA_WORDS or name in SQL_WORDS or name.startswith("sqlite_"):
            owner = "Prisma" if name in PRISMA_WORDS else "SQL" if name in SQL_WORDS else "SQLite"
            yield codes.RESERVED_TABLE_NAME.at(
                (*table.path, "name"),
                f'The table name "{name}" is reserved by {owner}.',
                expected="a name that is no key word",
                actual=name,
            )


def views_are_told_by_their_prefix(scope: Scope) -> Iterator[Diagnostic]:
    """A table is a materialized view exactly if its name says so."""
    for table in scope.tables:
        if table.model.material and not table.name.startswith(VIEW_PREFIX):
            yield codes.VIEW_PREFIX.at(
                (*table.path, "name"),
                f'"{table.name}" is a materialized view, so its name must begin with {VIEW_PREFIX}.',
                expected=f"{VIEW_PREFIX}{table.name}, or material: false",
                actual=table.name,
            )
        if not table.model.material and table.name.startswith(VIEW_PREFIX):
            yield codes.VIEW_PREFIX.at(
                (*table.path, "material"),
                f'"{table.name}" is named like a materialized view but is none.',
                expected=f"material: true, or a name without {VIEW_PREFIX}",
                actual="false",
            )


def _columns(table: Table) -> Iterator[tuple[Path, str]]:
    yield (*table.path, "primaryField", "name"), table.model.primary_field.name
    for path, key in table.foreign_fields():
        yield (*path, "name"), key.name
    for path, column in table.plain_fields():
        yield (*path, "name"), column.name
