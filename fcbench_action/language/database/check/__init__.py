"""Checks of a database tree that its schema cannot express.

The passes go from names over columns to relations, and end where a later one would only add noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fcbench_action.diagnostics import Diagnostic, errors, sort
from fcbench_action.language.database.check import indexes, names, relations
from fcbench_action.language.database.check.scope import Scope, scope_of
from fcbench_action.language.database.nodes import Application

Rule = Callable[[Scope], Iterable[Diagnostic]]

PASSES: tuple[tuple[Rule, ...], ...] = (
    (
        names.files_differ,
        names.tables_differ,
        names.columns_differ,
        names.relations_differ_from_each_other_and_from_columns,
        names.tables_avoid_reserved_words,
        names.views_are_told_by_their_prefix,
    ),
    (
        indexes.indexes_name_columns_of_the_table_once,
        indexes.unique_indexes_are_unique,
        indexes.text_search_is_on_strings,
        indexes.indexes_are_declared_once,
        indexes.indexes_are_no_beginning_of_another,
        indexes.indexes_are_not_covered_by_unique_ones,
        indexes.unique_indexes_do_not_follow_from_smaller_ones,
    ),
    (
        relations.targets_exist,
        relations.targets_are_no_views,
        relations.rows_need_no_earlier_row_of_their_own_table,
        relations.required_keys_form_no_circle,
    ),
)


def check(application: Application, *, given: int = 0) -> list[Diagnostic]:
    """What is wrong with an application, sorted; errors and warnings of stage compile.

    The first ``given`` files are context: the others may refer to them and must not clash with them, but
    nothing is said about them. Paths start at the application. Takes time linear in the size of the tree.
    """
    scope = scope_of(application, given)
    found: list[Diagnostic] = []
    for rules in PASSES:
        for rule in rules:
            found += rule(scope)
        if errors(found):
            break
    return sort(found)


__all__ = ["PASSES", "check"]
