"""The rules of an interface, in passes: a pass runs where those before found no error."""

from __future__ import annotations

from fcbench_action.diagnostics import Diagnostic, errors, sort
from fcbench_action.language.interface.rules import (
    alternatives,
    graph,
    limits,
    names,
    operations,
    references,
    tracing,
)
from fcbench_action.language.interface.rules.scope import Rule, Scope

_WRITING: tuple[Rule, ...] = (
    names.paths_are_templates,
    names.endpoints_differ,
    names.paths_are_spelled_alike,
    names.operation_names_differ,
    names.type_names_are_valid,
    names.property_names_are_identifiers,
    names.actors_differ,
    references.types_exist,
    references.roles_exist,
    references.prerequisites_exist,
    limits.schemas_are_shallow,
    limits.required_properties_are_declared,
    limits.limits_agree,
    limits.patterns_compile,
    limits.alternatives_are_two,
    operations.get_takes_no_body,
    operations.authorization_agrees,
    tracing.tables_exist,
)
"""What can be judged place by place."""

_FOLLOWING: tuple[Rule, ...] = (
    graph.references_lead_somewhere,
    references.prerequisites_end,
    operations.parameters_match_paths,
)
"""What needs names that mean something."""

_MEANING: tuple[Rule, ...] = (
    graph.types_are_finite,
    graph.types_are_used,
    alternatives.alternatives_are_told_apart,
    operations.parameters_are_scalars,
    operations.bodies_are_objects,
    tracing.properties_hold_columns,
)
"""What needs references that lead somewhere."""

PASSES = (_WRITING, _FOLLOWING, _MEANING)


def examine(scope: Scope) -> list[Diagnostic]:
    """All findings of the passes up to the first that finds errors, sorted."""
    found: list[Diagnostic] = []
    for rules in PASSES:
        found += [diagnostic for rule in rules for diagnostic in rule(scope)]
        if errors(found):
            break
    return sort(found)
