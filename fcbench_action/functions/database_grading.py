"""Grading of tables: what their database accepts, and how their structure compares with the reference's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from fcbench_action.functions.base import Part
from fcbench_action.language.database.exercise import ACCEPTED, Answer
from fcbench_action.language.database.nodes import File, Model
from fcbench_action.language.database.probe import Probe

POINTS = {
    "behaviour": 60.0,
    "types": 10.0,
    "nullability": 6.0,
    "foreign keys": 10.0,
    "unique sets": 8.0,
    "indexes": 4.0,
    "nothing added": 2.0,
}
"""What each part is worth."""

_MOST_MISSES = 30
_TEXT_SEARCH = "text search"

Column = tuple[str, str]
Columns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """What a file declares, by (table, column) or as sets, without regard to order and spelling.

    ``unique`` leaves out sets that hold a column which is unique alone; ``look_ups`` are the plain and text
    indexes, ``served`` every beginning of any index. Text indexes begin with a mark that no column can be.
    """

    types: Mapping[Column, str]
    required: Mapping[Column, bool]
    targets: Set[tuple[str, str, str]]
    unique: Set[tuple[str, frozenset[str]]]
    look_ups: Sequence[tuple[str, Columns]]
    served: Set[tuple[str, Columns]]


def behaviour_part(probes: Sequence[Probe], expected: Sequence[Answer], actual: Sequence[Answer]) -> Part:
    """The share of probes whose preparation is accepted and whose last step is accepted, or rejected for the
    same reason, as by the reference. Required columns that the answer added were filled in."""
    told = [_told(*row) for row in zip(probes, expected, actual, strict=True)]
    return _part("behaviour", len(probes), [text for text in told if text])


def structure_parts(reference: File, answer: File) -> tuple[Part, ...]:
    """The other parts: the share of columns that are equal, or of sets the size of the intersection by that
    of the union. A reference's index counts where any index begins like it. Columns that the answer adds are
    named under ``nothing added``."""
    wanted, made = structure_of(reference), structure_of(answer)
    return (
        _equal("types", wanted.types, made.types),
        _equal("nullability", wanted.required, made.required),
        _overlap("foreign keys", wanted.targets, {t for t in made.targets if t[:2] in wanted.types}),
        _overlap("unique sets", wanted.unique, made.unique),
        _served(wanted.look_ups, made.served),
        _nothing_added(wanted, made),
    )


def structure_of(file: File) -> Structure:
    """The structure that a file declares; linear in its size."""
    types: dict[Column, str] = {}
    required: dict[Column, bool] = {}
    for model in file.models:
        for key in model.foreign_fields:
            types[model.name, key.name] = "uuid"
            required[model.name, key.name] = not key.nullable
        for column in model.plain_fields:
            types[model.name, column.name] = column.type
            required[model.name, column.name] = not column.nullable
    look_ups = [(model.name, columns) for model in file.models for columns in _look_ups(model)]
    all_indexes = look_ups + [(model.name, columns) for model in file.models for columns in _unique(model)]
    return Structure(
        types=types,
        required=required,
        targets={
            (model.name, key.name, key.relation.target_model)
            for model in file.models
            for key in model.foreign_fields
        },
        unique={(model.name, columns) for model in file.models for columns in _unique_sets(model)},
        look_ups=look_ups,
        served={(table, cs[:length]) for table, cs in all_indexes for length in range(1, len(cs) + 1)},
    )


def _look_ups(model: Model) -> list[Columns]:
    plain = [index.field_names for index in model.plain_indexes]
    return plain + [(_TEXT_SEARCH, index.field_name) for index in model.gin_indexes]


def _unique(model: Model) -> list[Columns]:
    keys: list[Columns] = [(key.name,) for key in model.foreign_fields if key.unique]
    return keys + [index.field_names for index in model.unique_indexes]


def _unique_sets(model: Model) -> set[frozenset[str]]:
    sets = {frozenset(columns) for columns in _unique(model)}
    alone = {name for columns in sets if len(columns) == 1 for name in columns}
    key = model.primary_field.name
    return {s for s in sets if key not in s and (len(s) == 1 or not s & alone)}


def _told(probe: Probe, expected: Answer, actual: Answer) -> str:
    """What went wrong with a probe; empty where nothing did."""
    last = len(probe.steps) - 1
    if (probe.expected == "accepted") != (expected.rejection == ACCEPTED) or expected.step != last:
        return f"{probe.requirement}, {probe.name}: the reference itself does not ({_said(expected)})"
    if actual == expected:
        return ""
    wish = "acceptance" if expected.rejection == ACCEPTED else f"rejection ({expected.rejection})"
    return f"{probe.requirement}, {probe.name}: expected {wish}, got {_said(actual)}"


def _said(answer: Answer) -> str:
    if answer.rejection == ACCEPTED:
        return "acceptance"
    return f"rejection ({answer.rejection}) of step {answer.step + 1}"


def _equal(name: str, wanted: Mapping[Column, object], made: Mapping[Column, object]) -> Part:
    misses = [
        f"{table}.{column}"
        for (table, column) in wanted
        if made.get((table, column)) != wanted[table, column]
    ]
    return _part(name, len(wanted), misses)


def _overlap(name: str, wanted: Set[tuple[object, ...]], made: Set[tuple[object, ...]]) -> Part:
    missing = [f"missing: {text}" for text in sorted(map(_text, wanted - made))]
    surplus = [f"surplus: {text}" for text in sorted(map(_text, made - wanted))]
    return _part(name, len(wanted | made), missing + surplus)


def _served(wanted: Sequence[tuple[str, Columns]], served: Set[tuple[str, Columns]]) -> Part:
    return _part("indexes", len(wanted), [_text(index) for index in wanted if index not in served])


def _nothing_added(wanted: Structure, made: Structure) -> Part:
    added = [column for column in made.types if column not in wanted.types]
    misses = [
        f"{table}.{column}{' (required; filled in for the probes)' if made.required[table, column] else ''}"
        for table, column in added
    ]
    return _part("nothing added", len(wanted.types) + len(added), misses)


def _part(name: str, count: int, misses: list[str]) -> Part:
    """The part that has ``count`` things of equal worth, of which some went wrong."""
    if not count:
        return Part(name, 0.0, 0.0)
    earned = POINTS[name] * (count - len(misses)) / count
    return Part(name, round(earned, 6), POINTS[name], tuple(misses[:_MOST_MISSES]))


def _text(item: tuple[object, ...]) -> str:
    return " ".join(", ".join(sorted(p)) if isinstance(p, frozenset) else _plain(p) for p in item)


def _plain(part: object) -> str:
    return f"({', '.join(part)})" if isinstance(part, tuple) else str(part)
