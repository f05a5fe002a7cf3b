"""Checks of a requirements tree that its schema cannot express.

The passes go from names over entities to conditions, and end where a later one would only add noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fcbench_action.diagnostics import Diagnostic, errors, sort
from fcbench_action.language.requirements.check import conditions, machines, names, types
from fcbench_action.language.requirements.check.scope import Scope, scope_of
from fcbench_action.language.requirements.nodes import Analysis

Rule = Callable[[Scope], Iterable[Diagnostic]]

PASSES: tuple[tuple[Rule, ...], ...] = (
    (
        names.declarations_differ,
        names.lists_name_each_once,
        names.accounts_exist,
        names.targets_exist,
        names.relations_to_many_lead_back,
        types.ranges_are_not_empty,
        types.patterns_can_be_used,
        machines.entities_begin_in_a_state,
        machines.transitions_name_states_and_actors,
    ),
    (
        machines.states_can_be_reached,
        machines.transitions_are_deterministic,
        conditions.guards_make_sense,
        conditions.predicates_make_sense,
        conditions.rules_make_sense,
        conditions.predicates_form_no_circle,
        conditions.predicates_are_used,
    ),
)


def check(analysis: Analysis, given: Analysis = Analysis()) -> list[Diagnostic]:  # noqa: B008  (it is frozen)
    """What is wrong with an analysis, sorted; errors and warnings of stage compile.

    ``given`` is context: the analysis may refer to it and must not clash with it, but nothing is said about
    it. Paths start at ``analysis``. Takes time about linear in the size of the tree.
    """
    scope = scope_of(analysis, given)
    found: list[Diagnostic] = []
    for rules in PASSES:
        for rule in rules:
            found += rule(scope)
        if errors(found):
            break
    return sort(found)


__all__ = ["PASSES", "check"]
