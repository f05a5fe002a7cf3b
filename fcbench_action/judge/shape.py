"""An exported schema, compiled for walking: for each JSON type, at most one thing that it may be.

Explaining and lenient reading both walk shapes. A value's own JSON type, and for tagged objects the value of
the tag, decides the one branch to follow, so no branch is ever tried in vain.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fcbench_action.language.node import Node
from fcbench_action.language.schema import JsonSchema, export

TAG = "type"
"""The property that tells variants apart."""

_REF = "#/$defs/"


@dataclass(slots=True, eq=False)
class Shape:
    """What is allowed at a place; an alternative is absent where its JSON type is not allowed.

    ``scalars`` maps ``null boolean integer number string`` to their schemas.
    An object is either a structure, or one of the tagged ``variants``, or a map.
    Shapes refer to one another in cycles, so they are filled after they are made, and then left alone.
    """

    scalars: dict[str, JsonSchema] = field(default_factory=dict)
    array: Array | None = None
    object: Object | None = None
    variants: dict[str, Object] = field(default_factory=dict)

    @property
    def takes_containers(self) -> bool:
        """Whether an object or an array may stand here."""
        return bool(self.array or self.object or self.variants)

    @property
    def objects(self) -> list[Object]:
        """All objects that may stand here."""
        return [*self.variants.values(), *([self.object] if self.object else [])]

    def scalar_for(self, value: Any) -> JsonSchema | None:
        """The schema for a scalar. Integers are the numbers without fraction and exponent."""
        if value.__class__ is int:
            return self.scalars.get("integer") or self.scalars.get("number")
        return self.scalars.get(_SCALARS.get(value.__class__, ""))


_SCALARS = {str: "string", bool: "boolean", float: "number", type(None): "null"}


@dataclass(slots=True, eq=False)
class Array:
    """An array: the shape of its items, and the schema with its bounds."""

    schema: JsonSchema
    items: Shape


@dataclass(slots=True, eq=False)
class Object:
    """An object: the shapes of its declared properties, of all others, and of their names."""

    schema: JsonSchema
    properties: dict[str, Shape]
    required: frozenset[str]
    others: Shape | None
    names: JsonSchema | None


@cache
def shape_of(argument: type[Node]) -> Shape:
    """The shape of a node type's exported schema."""
    return compile_shape(export(argument))


def compile_shape(schema: JsonSchema) -> Shape:
    """The shape of a schema as :func:`export` makes them; its ``$defs`` become shared shapes.

    Raises TypeError where two alternatives share a JSON type and no tag tells them apart.
    """
    return _Compiler(schema.get("$defs", {})).shape({k: v for k, v in schema.items() if k != "$defs"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What holds for all values of a type.

    ``nesting`` is how deep they can nest at most, infinite for a type that contains itself; ``numbers`` is
    whether numbers may be in them; ``null_defaults`` whether members may be left out instead of being null.
    """

    nesting: float
    numbers: bool
    null_defaults: bool


@cache
def traits_of(argument: type[Node]) -> Traits:
    """The traits of a node type's values."""
    shapes: list[Shape] = []
    nesting = _nesting(shape_of(argument), {}, shapes)
    numbers = any({"integer", "number"} & shape.scalars.keys() for shape in shapes)
    members = [m for s in shapes for o in s.objects for m in o.schema.get("properties", {}).values()]
    return Traits(nesting, numbers, any(member.get("default", ...) is None for member in members))


def _nesting(shape: Shape, known: dict[int, float], met: list[Shape]) -> float:
    """Depth first; a shape that is met again while it is being measured contains itself."""
    if id(shape) in known:
        return known[id(shape)]
    known[id(shape)] = math.inf
    met.append(shape)
    inside = [shape.array.items] if shape.array else []
    for declared in shape.objects:
        inside += [*declared.properties.values(), *([declared.others] if declared.others else [])]
    deepest = max((_nesting(inner, known, met) for inner in inside), default=0)
    known[id(shape)] = shape.takes_containers + deepest
    return known[id(shape)]


@cache
def compiled_pattern(pattern: str) -> re.Pattern[str]:
    """A schema's pattern for ``search``, its ``$`` matching at the very end only, as JSON Schema has it."""
    return re.compile(pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern)


class _Compiler:
    """Compiles each definition once."""

    def __init__(self, defs: dict[str, JsonSchema]) -> None:
        self.defs = defs
        self.done: dict[str, Shape] = {}
        self.objects: dict[int, Object] = {}

    def shape(self, schema: JsonSchema) -> Shape:
        if (ref := schema.get("$ref")) is not None:
            return self.definition(ref.removeprefix(_REF))
        shape = Shape()
        self.fill(shape, schema)
        return shape

    def definition(self, name: str) -> Shape:
        if name not in self.done:
            self.done[name] = Shape()
            self.fill(self.done[name], self.defs[name])
        return self.done[name]

    def fill(self, shape: Shape, schema: JsonSchema) -> None:
        alternatives = list(self.alternatives(schema))
        tagged = len([a for a in alternatives if a.get("type") == "object"]) > 1
        for alternative in alternatives:
            self.add(shape, alternative, tagged=tagged)

    def alternatives(self, schema: JsonSchema) -> Iterator[JsonSchema]:
        """The alternatives of ``schema``, references and nested alternatives resolved."""
        if (ref := schema.get("$ref")) is not None:
            yield from self.alternatives(self.defs[ref.removeprefix(_REF)])
        elif "anyOf" in schema:
            for inner in schema["anyOf"]:
                yield from self.alternatives(inner)
        else:
            yield schema

    def add(self, shape: Shape, schema: JsonSchema, *, tagged: bool) -> None:
        kind = schema["type"]
        if kind == "object" and tagged:
            shape.variants[schema["properties"][TAG]["const"]] = self.object(schema)
        elif kind == "object":
            shape.object = self.object(schema)
        elif kind in shape.scalars or (kind == "array" and shape.array):
            raise TypeError(f"two alternatives of type {kind} cannot be told apart")
        elif kind == "array":
            shape.array = Array(schema, self.shape(schema["items"]))
        else:
            shape.scalars[kind] = schema

    def object(self, schema: JsonSchema) -> Object:
        if (known := self.objects.get(id(schema))) is not None:
            return known
        made = Object(schema, {}, frozenset(schema.get("required", ())), None, schema.get("propertyNames"))
        self.objects[id(schema)] = made
        made.properties = {name: self.shape(inner) for name, inner in schema.get("properties", {}).items()}
        if (others := schema["additionalProperties"]) is not False:
            made.others = self.shape(others)
        return made
