"""The rules of relations."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import database as codes
from fcbench_action.language.database.check.graph import circles
from fcbench_action.language.database.check.scope import Scope
from fcbench_action.language.database.nodes import Model

_FEW = 12


def targets_exist(scope: Scope) -> Iterator[Diagnostic]:
    """Every foreign key refers to a table of the application."""
    expected = (
        f"one of {', '.join(sorted(scope.known))}"
        if len(scope.known) <= _FEW
        else "a table of the application"
    )
    for table in scope.tables:
        for path, key in table.foreign_fields():
            target = key.relation.target_model
            if target not in scope.known:
                yield codes.UNKNOWN_TABLE.at(
                    (*path, "relation", "targetModel"),
                    f'There is no table "{target}"{scope.speller.hint(target, scope.known) or "."}',
                    expected=expected,
                    actual=target,
                )


def targets_are_no_views(scope: Scope) -> Iterator[Diagnostic]:
    """A materialized view only caches rows, so nothing may depend on them."""
    for table in scope.tables:
        for path, key in table.foreign_fields():
            target = scope.known.get(key.relation.target_model)
            if target is not None and target.model.material:
                yield codes.VIEW_AS_TARGET.at(
                    (*path, "relation", "targetModel"),
                    f'"{target.name}" is a materialized view, which no foreign key may refer to.',
                    expected="a table that is no view",
                    actual=target.name,
                )


def rows_need_no_earlier_row_of_their_own_table(scope: Scope) -> Iterator[Diagnostic]:
    """A key to the own table is nullable, for the first row has nothing to refer to."""
    for table in scope.tables:
        for path, key in table.foreign_fields():
            if key.relation.target_model == table.name and not key.nullable:
                yield codes.REQUIRED_SELF_REFERENCE.at(
                    (*path, "nullable"),
                    f'Every row of "{table.name}" would need an earlier row through "{key.name}", '
                    "so there could be no first one.",
                    expected="true",
                    actual="false",
                )


def required_keys_form_no_circle(scope: Scope) -> Iterator[Diagnostic]:
    """Following required keys from table to table never comes back to where it began."""
    circle_of = circles({name: _needs(table.model, scope) for name, table in scope.known.items()})
    for table in scope.tables:
        for path, key in table.foreign_fields():
            target = key.relation.target_model
            if key.nullable or target == table.name:
                continue
            if circle_of.get(table.name, -1) == circle_of.get(target, -2):
                yield codes.REQUIRED_KEY_CYCLE.at(
                    (*path, "nullable"),
                    f'"{table.name}" requires "{target}", which directly or through others requires '
                    f'"{table.name}", so neither could get a first row.',
                    expected="true for one key of the circle",
                    actual="false",
                )


def _needs(model: Model, scope: Scope) -> list[str]:
    targets = {key.relation.target_model for key in model.foreign_fields if not key.nullable}
    return sorted(name for name in targets if name in scope.known and name != model.name)
