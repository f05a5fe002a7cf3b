"""Declarations by name, as conditions look them up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from fcbench_action.language.requirements.nodes import (
    Action,
    Actor,
    Analysis,
    Attribute,
    Entity,
    Input,
    Predicate,
    Relation,
    Rule,
    State,
)
from fcbench_action.language.requirements.predicates import depths


@dataclass(frozen=True)
class KnownEntity:
    """An entity with its parts by name; of two with one name the first counts."""

    entity: Entity

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """Attributes by name."""
        return {one.name: one for one in reversed(self.entity.attributes)}

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """Relations by name."""
        return {one.name: one for one in reversed(self.entity.relations)}

    @cached_property
    def states(self) -> dict[str, State]:
        """States by name."""
        return {one.name: one for one in reversed(self.entity.states)}


@dataclass(frozen=True)
class Known:
    """What an analysis declares, by name; of two with one name the first counts."""

    analysis: Analysis

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Kinds of actors by name."""
        return {one.name: one for one in reversed(self.analysis.actors)}

    @cached_property
    def entities(self) -> dict[str, KnownEntity]:
        """Entities by name."""
        return {one.name: KnownEntity(one) for one in reversed(self.analysis.entities)}

    @cached_property
    def actions(self) -> dict[str, Action]:
        """Actions by name."""
        return {one.name: one for one in reversed(self.analysis.actions)}

    @cached_property
    def predicates(self) -> dict[str, Predicate]:
        """Predicates by name."""
        return {one.name: one for one in reversed(self.analysis.predicates)}

    @cached_property
    def depths(self) -> dict[str, int]:
        """How deep predicates are, by name."""
        return depths(self.predicates)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules, by action."""
        return {one.action: one for one in reversed(self.analysis.rules)}

    @cached_property
    def inputs(self) -> dict[str, dict[str, Input]]:
        """Inputs by action."""
        return {a.name: {one.name: one for one in reversed(a.inputs)} for a in self.actions.values()}


def together(first: Analysis, second: Analysis) -> Analysis:
    """Both analyses as one; the first one's declarations come first."""
    return Analysis(
        actors=first.actors + second.actors,
        entities=first.entities + second.entities,
        actions=first.actions + second.actions,
        predicates=first.predicates + second.predicates,
        rules=first.rules + second.rules,
    )
