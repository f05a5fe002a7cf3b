"""The rules of indexes."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import database as codes
from fcbench_action.language.database.check.scope import Scope, Table

Columns = tuple[str, ...]


def indexes_name_columns_of_the_table_once(scope: Scope) -> Iterator[Diagnostic]:
    """An index is over columns that exist, each of them once."""
    for table in scope.tables:
        for path, name, is_repeated in _named_columns(table):
            if name not in table.columns:
                yield codes.UNKNOWN_COLUMN.at(
                    path,
                    f'The table "{table.name}" has no column "{name}"'
                    f"{scope.speller.hint(name, table.columns) or '.'}",
                    expected=f'a column of "{table.name}"',
                    actual=name,
                )
            elif is_repeated:
                yield codes.REPEATED_COLUMN.at(
                    path,
                    f'The index names the column "{name}" a second time.',
                    expected="each column once",
                    actual=name,
                )


def unique_indexes_are_unique(scope: Scope) -> Iterator[Diagnostic]:
    """A unique index says so."""
    for table in scope.tables:
        for at, index in enumerate(table.model.unique_indexes):
            if not index.unique:
                yield codes.UNIQUE_INDEX_NOT_UNIQUE.at(
                    (*table.path, "uniqueIndexes", at, "unique"),
                    "A unique index is unique; an index that allows duplicates belongs to plainIndexes.",
                    expected="true",
                    actual="false",
                )


def text_search_is_on_strings(scope: Scope) -> Iterator[Diagnostic]:
    """A text search index is on a plain column of type string."""
    for table in scope.tables:
        strings = {column.name for column in table.model.plain_fields if column.type == "string"}
        for at, index in enumerate(table.model.gin_indexes):
            if index.field_name in table.columns and index.field_name not in strings:
                actual = table.columns[index.field_name]
                yield codes.TEXT_INDEX_TYPE.at(
                    (*table.path, "ginIndexes", at, "fieldName"),
                    f'Text search needs a string, and "{index.field_name}" is of type {actual}.',
                    expected="a plain column of type string",
                    actual=f"{index.field_name} of type {actual}",
                )


def indexes_are_declared_once(scope: Scope) -> Iterator[Diagnostic]:
    """No index is declared twice; a unique index does not depend on the order of its columns."""
    for table in scope.tables:
        seen: set[tuple[str, object]] = set()
        for path, kind, columns in _indexes(table):
            key = (kind, frozenset(columns) if kind == "uniqueIndexes" else columns)
            if key in seen:
                yield codes.DUPLICATE_INDEX.at(
                    path,
                    f'The index on {_listed(columns)} of "{table.name}" is declared twice.',
                    expected="each index once",
                    actual=_listed(columns),
                )
            seen.add(key)


def indexes_are_no_beginning_of_another(scope: Scope) -> Iterator[Diagnostic]:
    """A plain index is not the beginning of another plain index, which serves the same look-ups."""
    for table in scope.tables:
        longer = _proper_beginnings(index.field_names for index in table.model.plain_indexes)
        for at, index in enumerate(table.model.plain_indexes):
            if index.field_names in longer:
                short, long = _listed(index.field_names), _listed(longer[index.field_names])
                yield codes.REDUNDANT_INDEX.at(
                    (*table.path, "plainIndexes", at),
                    f"The index on {short} is the beginning of the one on {long}.",
                    expected="an index that no other one serves",
                    actual=short,
                )


def indexes_are_not_covered_by_unique_ones(scope: Scope) -> Iterator[Diagnostic]:
    """A plain index repeats no unique one, in whole or as its beginning."""
    for table in scope.tables:
        unique = [columns for _, columns in _unique_sets(table)]
        longer = _proper_beginnings(unique) | {columns: columns for columns in unique}
        for at, index in enumerate(table.model.plain_indexes):
            if index.field_names in longer:
                other = longer[index.field_names]
                yield codes.COVERED_INDEX.at(
                    (*table.path, "plainIndexes", at),
                    f"Look-ups by {_listed(index.field_names)} are served by the unique index "
                    f"on {_listed(other)} already.",
                    expected="an index that no other one serves",
                    actual=_listed(index.field_names),
                )


def unique_indexes_do_not_follow_from_smaller_ones(scope: Scope) -> Iterator[Diagnostic]:
    """If a column is unique, so is every set that contains it; a unique index there says nothing new."""
    for table in scope.tables:
        single = {columns[0] for _, columns in _unique_sets(table) if len(columns) == 1}
        unique_keys = {key.name for key in table.model.foreign_fields if key.unique}
        keys = {table.model.primary_field.name} | unique_keys
        for at, index in enumerate(table.model.unique_indexes):
            implied = keys if len(index.field_names) == 1 else keys | single
            for name in index.field_names:
                if name in implied:
                    yield codes.COVERED_UNIQUE_INDEX.at(
                        (*table.path, "uniqueIndexes", at),
                        f'"{name}" alone is unique already, so the unique index on '
                        f"{_listed(index.field_names)} adds nothing.",
                        expected="a unique set that does not contain a smaller one",
                        actual=_listed(index.field_names),
                    )
                    break


def _indexes(table: Table) -> Iterator[tuple[Path, str, Columns]]:
    for at, unique in enumerate(table.model.unique_indexes):
        yield (*table.path, "uniqueIndexes", at), "uniqueIndexes", unique.field_names
    for at, plain in enumerate(table.model.plain_indexes):
        yield (*table.path, "plainIndexes", at), "plainIndexes", plain.field_names
    for at, gin in enumerate(table.model.gin_indexes):
        yield (*table.path, "ginIndexes", at), "ginIndexes", (gin.field_name,)


def _named_columns(table: Table) -> Iterator[tuple[Path, str, bool]]:
    """Every mention of a column by an index, and whether that index has named it before."""
    for path, kind, columns in _indexes(table):
        seen: set[str] = set()
        for at, name in enumerate(columns):
            yield (
                (*path, "fieldName") if kind == "ginIndexes" else (*path, "fieldNames", at),
                name,
                name in seen,
            )
            seen.add(name)


def _unique_sets(table: Table) -> Iterator[tuple[Path, Columns]]:
    for path, key in table.foreign_fields():
        if key.unique:
            yield path, (key.name,)
    for at, index in enumerate(table.model.unique_indexes):
        yield (*table.path, "uniqueIndexes", at), index.field_names


def _proper_beginnings(indexes: Iterator[Columns] | list[Columns]) -> dict[Columns, Columns]:
    """Every proper beginning of the given indexes, with one index that begins so."""
    return {columns[:length]: columns for columns in indexes for length in range(1, len(columns))}


def _listed(columns: Columns) -> str:
    return f"({', '.join(columns)})"
