"""Arranges probes for their exercise: once for a case, however many answers are graded.

Probes that begin alike share a branch, so that their common steps run once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from fcbench_action.language.database.probe import Delete, Insert, Probe, Step, Value
from fcbench_action.language.database.sql import quote


@dataclass(frozen=True, slots=True)
class Action:
    """A step as a database is told it.

    ``mentioned`` are the columns that the step names; SQLite itself would read an unknown one as a text in
    quotes. ``row`` is what an insert gives. ``change`` is the statement of an update or a delete, empty for
    an insert, and ``values`` are what it is told.
    """

    table: str
    mentioned: frozenset[str]
    row: Mapping[str, Value]
    change: str = ""
    values: tuple[Value, ...] = ()


@dataclass(slots=True)
class Branch:
    """A step, the indexes of the probes that end with it, and the steps that come after it."""

    action: Action
    ends: list[int] = field(default_factory=list)
    then: dict[bytes, Branch] = field(default_factory=dict)
    """By the JSON of the step."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Probes, ready to be asked: how many there are, how they begin, and the tables that they name."""

    probes: int
    begin: Mapping[bytes, Branch]
    tables: frozenset[str]


def arrange(probes: Iterable[Probe]) -> Plan:
    """The plan of these probes."""
    probes, begin = tuple(probes), dict[bytes, Branch]()
    for index, probe in enumerate(probes):
        branches = begin
        for step in probe.steps:
            branch = branches.setdefault(msgspec.json.encode(step), Branch(_action(step)))
            branches = branch.then
        branch.ends.append(index)
    return Plan(len(probes), begin, frozenset(step.table for probe in probes for step in probe.steps))


def _action(step: Step) -> Action:
    if isinstance(step, Insert):
        return Action(step.table, frozenset(step.values), _bound(step.values))
    where = _bound(step.where)
    condition = " AND ".join(f"{quote(name)} IS ?" for name in where) or "TRUE"
    if isinstance(step, Delete):
        change = f"DELETE FROM {quote(step.table)} WHERE {condition}"
        return Action(step.table, frozenset(where), {}, change, tuple(where.values()))
    new = _bound(step.values)
    changes = ", ".join(f"{quote(name)} = ?" for name in new)
    change = f"UPDATE {quote(step.table)} SET {changes} WHERE {condition}"
    return Action(step.table, frozenset({*where, *new}), {}, change, (*new.values(), *where.values()))


def _bound(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as the database holds them: ``@name`` is a UUID made from the name."""
    return {name: _uuid(v) if isinstance(v, str) and v.startswith("@") else v for name, v in values.items()}


def _uuid(name: str) -> str:
    digits = hashlib.sha256(name.encode()).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"
