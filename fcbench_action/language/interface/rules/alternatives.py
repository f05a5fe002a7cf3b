"""oneOf: no value may belong to two alternatives.

Two schemas are told apart where it can be shown that no value matches both: by JSON type, by constants, by
format, by limits that do not meet, by a required property whose schemas are told apart, or because each
object requires a property that the other does not mention. What cannot be shown (two patterns, for
instance) counts as ambiguous, as long as the work stays within its bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import inf

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.interface.nodes import (
    Array,
    Boolean,
    Constant,
    Integer,
    Null,
    Number,
    Object,
    OneOf,
    Reference,
    Schema,
    String,
)
from fcbench_action.language.interface.payload import accepts, identity
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.interface.walk import alternatives

MOST_COMPARISONS = 20_000
"""Pairs of schemas looked at for one interface; pairs beyond count as told apart."""

DEEPEST_COMPARISON = 30
"""Levels of properties and elements that are looked into to tell two schemas apart."""


def alternatives_are_told_apart(scope: Scope) -> Iterator[Diagnostic]:
    """Every value makes clear which alternative it means."""
    comparison = _Comparison(scope.types)
    for visit in scope.visits:
        if isinstance(visit.schema, OneOf):
            pair = comparison.overlap(visit.schema)
            if pair:
                yield _ambiguous(visit.path, *pair)


def _ambiguous(path: Path, first: int, second: int) -> Diagnostic:
    return codes.AMBIGUOUS_ALTERNATIVES.at(
        (*path, "oneOf", second),
        f"A value of this alternative may match alternative {first} of the oneOf as well.",
        expected="alternatives that differ in type, in a constant property, or in what they require",
    )


@dataclass(slots=True)
class _Comparison:
    """Compares schemas, remembering what it found and counting what it did."""

    types: Mapping[str, Schema]
    known: dict[tuple[int, int], bool] = field(default_factory=dict)
    leaves: dict[str, list[Schema] | None] = field(default_factory=dict)
    left: int = MOST_COMPARISONS
    depth: int = 0

    def overlap(self, schema: OneOf) -> tuple[int, int] | None:
        """The first two alternatives, by index, that some value may match both; None where there are none."""
        by_kind: dict[str, list[tuple[int, Schema]]] = {}
        constants: dict[object, int] = {}
        for index, one in enumerate(schema.one_of):
            for leaf in self._alternatives(one) or []:
                if isinstance(leaf, Constant):
                    before = constants.setdefault((_kind(leaf), identity(leaf.const)), index)
                    if before != index:
                        return before, index
                by_kind.setdefault(_kind(leaf), []).append((index, leaf))
        for group in by_kind.values():
            pair = self._overlap_within(group)
            if pair:
                return pair
        return None

    def _overlap_within(self, group: Sequence[tuple[int, Schema]]) -> tuple[int, int] | None:
        """As :meth:`overlap`, among schemas of one JSON type; constants were compared with each other."""
        if all(isinstance(leaf, Constant) for _, leaf in group):
            return None
        for (first, leaf), (second, other) in combinations(group, 2):
            if self.left <= 0:
                return None
            if first != second and not self._apart(leaf, other):
                return first, second
        return None

    def _alternatives(self, schema: Schema) -> list[Schema] | None:
        """What :func:`alternatives` says, once for each name."""
        if not isinstance(schema, Reference):
            return alternatives(self.types, schema)
        if schema.ref not in self.leaves:
            self.leaves[schema.ref] = alternatives(self.types, schema)
        return self.leaves[schema.ref]

    def told_apart(self, left: Schema, right: Schema) -> bool:
        """Whether it can be shown that no value matches both."""
        lefts, rights = self._alternatives(left), self._alternatives(right)
        if lefts is None or rights is None:
            return False
        return all(self._apart(a, b) for a in lefts for b in rights)

    def _apart(self, left: Schema, right: Schema) -> bool:
        """For schemas that are neither references nor oneOfs."""
        if _kind(left) != _kind(right):
            return True
        self.left -= 1
        if self.left <= 0:
            return True
        pair = (id(left), id(right))
        if pair not in self.known:
            self.known[pair] = False  # meeting the pair again inside of itself shows nothing
            self.depth += 1
            self.known[pair] = self.depth <= DEEPEST_COMPARISON and self._compare(left, right)
            self.depth -= 1
        return self.known[pair]

    def _compare(self, left: Schema, right: Schema) -> bool:
        if isinstance(left, Constant) and isinstance(right, Constant):
            return bool(identity(left.const) != identity(right.const))
        if isinstance(right, Constant):
            return not accepts(self.types, left, right.const)
        match left, right:
            case (Constant(), _):
                return not accepts(self.types, right, left.const)
            case (String(), String()):
                return _strings_apart(left, right)
            case (Integer() | Number(), Integer() | Number()):
                return _beyond(_range(left), _range(right))
            case (Array(), Array()):
                return self._arrays_apart(left, right)
            case (Object(), Object()):
                return self._objects_apart(left, right)
        return False

    def _arrays_apart(self, left: Array, right: Array) -> bool:
        lengths = [(a.min_items or 0, inf if a.max_items is None else a.max_items) for a in (left, right)]
        if _apart_ranges(*lengths):
            return True
        return bool(left.min_items or right.min_items) and self.told_apart(left.items, right.items)

    def _objects_apart(self, left: Object, right: Object) -> bool:
        left_lacks = [name for name in right.required if name not in left.properties]
        right_lacks = [name for name in left.required if name not in right.properties]
        if left_lacks and right_lacks:
            return True
        if (left_lacks and not left.additional_properties) or (
            right_lacks and not right.additional_properties
        ):
            return True
        both = set(right.required)
        shared = [n for n in left.required if n in both and n in left.properties and n in right.properties]
        return any(self.told_apart(left.properties[n], right.properties[n]) for n in shared)


def _kind(schema: Schema) -> str:
    """The JSON type of the values of a schema that is neither reference nor oneOf."""
    match schema:
        case Constant(const=bool()) | Boolean():
            return "boolean"
        case Constant(const=str()) | String():
            return "string"
        case Constant() | Integer() | Number():
            return "number"
        case Array():
            return "array"
        case Null():
            return "null"
    return "object"


def _strings_apart(left: String, right: String) -> bool:
    if left.format and right.format and left.format != right.format:
        return True
    lengths = [(s.min_length or 0, inf if s.max_length is None else s.max_length) for s in (left, right)]
    return _apart_ranges(*lengths)


def _range(schema: Integer | Number) -> tuple[tuple[float, bool], tuple[float, bool]]:
    """Least and greatest value, each with whether it is excluded."""
    low = max(
        (-inf if schema.minimum is None else schema.minimum, False),
        (-inf if schema.exclusive_minimum is None else schema.exclusive_minimum, True),
    )
    high = min(
        (inf if schema.maximum is None else schema.maximum, True),
        (inf if schema.exclusive_maximum is None else schema.exclusive_maximum, False),
    )
    return low, (high[0], not high[1])


def _beyond(
    left: tuple[tuple[float, bool], tuple[float, bool]], right: tuple[tuple[float, bool], tuple[float, bool]]
) -> bool:
    """Whether one range ends before the other begins."""
    return any(
        below[1][0] < above[0][0] or (below[1][0] == above[0][0] and (below[1][1] or above[0][1]))
        for below, above in ((left, right), (right, left))
    )


def _apart_ranges(left: tuple[float, float], right: tuple[float, float]) -> bool:
    return left[1] < right[0] or right[1] < left[0]
