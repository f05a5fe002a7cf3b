"""The errors inside an argument that simulated models make, each by name.

Each changes one place. What that comes to is the judge's business; ``stage`` says what it is to be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.diagnostics import Path, Segment
from fcbench_action.endpoint.simulated.draws import Draws
from fcbench_action.endpoint.simulated.places import Place, at, listed, put

Plant = Callable[[Any, list[Place], Draws], Path | None]
"""Spoils the value in place and says where, or ``None`` where the value offers no place for it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error. ``stage`` is ``schema``, ``compile`` or ``grade`` (the argument stays valid)."""

    name: str
    stage: str
    summary: str
    plant: Plant


def missing_property(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Leaves out a property that the schema requires."""
    options = [
        (*place.path, name)
        for place in found
        if isinstance(place.value, dict)
        for name in listed(place.schema, "required")
        if isinstance(name, str) and name in place.value
    ]
    if not options:
        return None
    path = draws.pick(options)
    del at(value, path[:-1])[path[-1]]
    return path


def unexpected_property(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Adds a property that the schema does not know."""
    options = [
        p.path
        for p in found
        if isinstance(p.value, dict)
        and p.schema.get("additionalProperties") is False
        and "comment" not in p.value
    ]
    if not options:
        return None
    path = (*draws.pick(options), "comment")
    put(value, path, "see the requirements")
    return path


def wrong_type(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Writes a truth value as text, or a text as a number."""
    options = [p for p in found if p.path and p.path[-1] != "const" and _is_plain(p)]
    if not options:
        return None
    place = draws.pick(options)
    put(value, place.path, str(place.value).lower() if isinstance(place.value, bool) else len(place.value))
    return place.path


def _is_plain(place: Place) -> bool:
    return place.schema.get("type") in ("boolean", "string") and "enum" not in place.schema


def misspelled_variant(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Misspells one of the words that the schema lists."""
    options = [
        p
        for p in found
        if p.path and isinstance(p.value, str) and p.value and ("enum" in p.schema or "const" in p.schema)
    ]
    if not options:
        return None
    place = draws.pick(options)
    put(value, place.path, place.value[:-1] if len(place.value) > 3 else place.value * 2)
    return place.path


def stringified_member(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Sends an object or a list as a text that holds its JSON."""
    options = [p.path for p in found if p.path and isinstance(p.value, dict | list) and p.value]
    if not options:
        return None
    path = draws.pick(options)
    put(value, path, msgspec.json.encode(at(value, path)).decode())
    return path


_REFERENCES = ("targetModel", "$ref", "relation", "predicate", "toState")


def dangling_reference(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Refers to a table, a schema, a state or a name that does not exist, or takes a parameter that the path
    lacks."""
    options = [p.path for p in found if p.path and isinstance(p.value, str) and _refers(value, p)]
    if not options:
        return None
    path = draws.pick(options)
    put(value, path, at(value, path) + "_missing")
    return path


def _refers(value: Any, place: Place) -> bool:
    key = place.path[-1]
    if key == "name":
        return "parameters" in place.path or at(value, place.path[:-1]).get("type") == "identifier"
    return key in _REFERENCES


def duplicate_name(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Gives two columns, tables, properties or sessions one name, or two operations one method and path."""
    lists = [p.path for p in found if isinstance(p.value, list) and len(p.value) > 1 and _has_names(p)]
    if not lists:
        return None
    path = draws.pick(lists)
    items = at(value, path)
    first, second = 0, 1 + draws.index(len(items) - 1)
    keys = ("method", "path") if "method" in items[first] else ("name",)
    for key in keys:
        items[second][key] = items[first][key]
    return (*path, second, keys[-1])


_MAY_REPEAT = ("of", "orderBy", "statements", "then", "else", "body", "path")


def _has_names(place: Place) -> bool:
    """Whether it is a list of what has a name of its own."""
    if place.path and place.path[-1] in _MAY_REPEAT:
        return False
    return all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in place.value)


def forgotten_constraints(value: Any, found: list[Place], draws: Draws) -> Path | None:
    """Forgets a third of what is asked for: limits, unique indexes, required columns, roles, conditions,
    assertions."""
    options = [p.path for p in found if p.path and _is_constraint(value, p)]
    if not options:
        return None
    first = draws.pick(options)
    for path in reversed(options):  # from the end, so that indices of lists stay right
        if path == first or draws.chance() < _FORGOTTEN:
            _forget(at(value, path[:-1]), path[-1])
    return first


def _forget(parent: Any, key: Segment) -> None:
    if key == "nullable":
        parent[key] = True
    elif key == "authorizationRole":
        parent[key] = None
    else:
        del parent[key]


_FORGOTTEN = 1 / 3
_LIMITS = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern"}
)


_ASSERTIONS = ("assertEqual", "assertNotEqual", "assertThat")


def _is_constraint(whole: Any, place: Place) -> bool:
    key, value = place.path[-1], place.value
    if len(place.path) > 1 and place.path[-2] == "uniqueIndexes":
        return True
    if len(place.path) > 1 and place.path[-2] == "of":
        return bool(at(whole, place.path[:-2]).get("type") == "all")
    if len(place.path) == 2 and place.path[0] == "statements" and isinstance(key, int):
        return _is_assertion(value) and any(_is_assertion(other) for other in whole["statements"][key + 1 :])
    if key == "nullable":
        return value is False
    return (key in _LIMITS and not isinstance(value, dict)) or (
        key == "authorizationRole" and value is not None
    )


def _is_assertion(statement: Any) -> bool:
    return isinstance(statement, dict) and statement.get("type") in _ASSERTIONS


def _kind(name: str, stage: str, plant: Plant) -> Kind:
    return Kind(name, stage, plant.__doc__ or "", plant)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("forgotten-constraints", "grade", forgotten_constraints),
        _kind("missing-property", "schema", missing_property),
        _kind("unexpected-property", "schema", unexpected_property),
        _kind("wrong-type", "schema", wrong_type),
        _kind("misspelled-variant", "schema", misspelled_variant),
        _kind("stringified-member", "schema", stringified_member),
        _kind("dangling-reference", "compile", dangling_reference),
        _kind("duplicate-name", "compile", duplicate_name),
    )
}
"""By name, in the order in which they are planted: what is left out first cannot hide an error."""
