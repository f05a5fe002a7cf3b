"""Walking schema trees, each node with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fcbench_action.diagnostics import Path
from fcbench_action.language.interface.nodes import (
    REFERENCE_PREFIX,
    Array,
    Object,
    OneOf,
    Reference,
    Schema,
)

DEEPEST_SCHEMA = 60
"""Levels of a schema tree, its root being 1. Deeper nodes are not visited; the check refuses such trees."""


MOST_LINKS = 1_000
"""References and alternatives followed from one schema; what lies beyond counts as unknown."""

_OPEN = frozenset({Object, OneOf, Array})
"""The types of schemas that have others inside."""


class Visit(NamedTuple):
    """A node of a schema tree, where it is, and at which level below its root."""

    path: Path
    schema: Schema
    level: int


def children(schema: Schema) -> list[tuple[Path, Schema]]:
    """The schemas directly inside, with their paths relative to ``schema``."""
    if isinstance(schema, Object):
        return [(("properties", name), inner) for name, inner in schema.properties.items()]
    if isinstance(schema, OneOf):
        return [(("oneOf", index), inner) for index, inner in enumerate(schema.one_of)]
    if isinstance(schema, Array):
        return [(("items",), schema.items)]
    return []


def walk(path: Path, schema: Schema) -> Iterator[Visit]:
    """``schema``, which is at ``path``, and all that is inside."""
    rest = [Visit(path, schema, 1)]
    while rest:
        visit = rest.pop()
        yield visit
        if type(visit.schema) in _OPEN and visit.level < DEEPEST_SCHEMA:
            rest.extend(
                Visit(visit.path + step, inner, visit.level + 1) for step, inner in children(visit.schema)
            )


def target(reference: Reference) -> str:
    """The name of the type that is referred to; whatever is written where that is no type's name."""
    return reference.ref.removeprefix(REFERENCE_PREFIX)


def alternatives(schemas: Mapping[str, Schema], schema: Schema) -> list[Schema] | None:
    """The schemas that a value may match, oneOf and references resolved.

    None where one of them cannot be known: it leads nowhere, or only after :data:`MOST_LINKS` links.
    """
    found: list[Schema] = []
    seen: set[int] = set()
    rest: list[Schema | None] = [schema]
    while rest:
        at = rest.pop()
        if at is None or len(seen) > MOST_LINKS:
            return None
        if id(at) in seen:
            continue
        seen.add(id(at))
        if isinstance(at, Reference):
            rest.append(schemas.get(target(at)))
        elif isinstance(at, OneOf):
            rest.extend(reversed(at.one_of))
        else:
            found.append(at)
    return found
