"""All that is wrong with a JSON value, at exact paths: the value walked along its shape.

The walk goes node before members, members by index or name: the order in which diagnostics are shown. So
the first ones are kept, and the rest is only counted. It never enters a value whose type or variant is wrong,
for what that holds was meant for something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fcbench_action.diagnostics import Code, Diagnostic, Segment, sort
from fcbench_action.diagnostics import reply as codes
from fcbench_action.judge.limits import MAX_DIAGNOSTICS
from fcbench_action.judge.shape import TAG, Array, Object, Shape, compiled_pattern
from fcbench_action.judge.wording import Finding, Wording
from fcbench_action.language.schema import JsonSchema


@dataclass(frozen=True, slots=True)
class Explanation:
    """The diagnostics that are kept, sorted, and how many more there are."""

    diagnostics: tuple[Diagnostic, ...]
    omitted: int


def explain(value: Any, shape: Shape, limit: int = MAX_DIAGNOSTICS) -> Explanation:
    """Every way in which ``value`` is not what ``shape`` allows; nothing where it is.

    Linear in the size of the value, whose nesting the reading has bounded.
    """
    walk = _Walk(limit)
    walk.visit(value, shape)
    wording = Wording()
    return Explanation(tuple(sort(map(wording.diagnostic, walk.found))), walk.omitted)


class _Walk:
    """The findings so far, and the path to where the walk is."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.found: list[Finding] = []
        self.omitted = 0
        self.path: list[Segment] = []

    def note(self, code: Code, value: Any, about: Any, at: Segment | None = None) -> None:
        if len(self.found) >= self.limit:
            self.omitted += 1
        else:
            path = tuple(self.path) if at is None else (*self.path, at)
            self.found.append(Finding(code, path, value, about))

    def visit(self, value: Any, shape: Shape) -> None:
        if value.__class__ is dict and shape.variants:
            self.variant(value, shape)
        elif value.__class__ is dict and shape.object is not None:
            self.members(value, shape.object)
        elif value.__class__ is list and shape.array is not None:
            self.items(value, shape.array)
        elif (schema := shape.scalar_for(value)) is not None:
            self.scalar(value, schema)
        elif isinstance(value, str) and shape.takes_containers and looks_like_json(value):
            self.note(codes.JSON_IN_STRING, value, shape)
        else:
            self.note(codes.WRONG_TYPE, value, shape)

    def variant(self, value: dict[str, Any], shape: Shape) -> None:
        tag = value.get(TAG)
        if TAG not in value:
            self.note(codes.MISSING_VARIANT, value, shape, TAG)
        elif not isinstance(tag, str):
            self.note(codes.WRONG_TYPE, tag, TAG_SHAPE, TAG)
        elif (variant := shape.variants.get(tag)) is None:
            self.note(codes.UNKNOWN_VARIANT, tag, shape, TAG)
        else:
            self.members(value, variant)

    def members(self, value: dict[str, Any], declared: Object) -> None:
        self.count(value, declared.schema, "Properties")
        absent = declared.required - value.keys()
        if len(self.found) >= self.limit:
            self.omitted += len(absent)
            absent = frozenset()
        for name in sorted(value.keys() | absent):
            if name not in value:
                self.note(codes.MISSING_PROPERTY, name, declared, name)
            elif (shape := declared.properties.get(name, declared.others)) is None:
                self.note(codes.UNEXPECTED_PROPERTY, name, (declared, value.keys()), name)
            else:
                self.path.append(name)
                if declared.names is not None:
                    self.text(name, declared.names)
                self.visit(value[name], shape)
                self.path.pop()

    def items(self, value: list[Any], declared: Array) -> None:
        self.count(value, declared.schema, "Items")
        self.path.append(0)
        for index, item in enumerate(value):
            self.path[-1] = index
            self.visit(item, declared.items)
        self.path.pop()

    def scalar(self, value: Any, schema: JsonSchema) -> None:
        if "const" in schema or "enum" in schema:
            if value not in schema.get("enum", [schema.get("const")]):
                self.note(codes.VALUE_NOT_ALLOWED, value, schema)
        elif isinstance(value, str):
            self.text(value, schema)
        elif isinstance(value, int | float) and is_out_of_bounds(value, schema):
            self.note(codes.NUMBER_BOUNDS, value, schema)

    def text(self, value: str, schema: JsonSchema) -> None:
        if "pattern" in schema and not compiled_pattern(schema["pattern"]).search(value):
            self.note(codes.PATTERN_MISMATCH, value, schema)
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            self.note(codes.TEXT_LENGTH, value, schema)

    def count(self, value: dict[str, Any] | list[Any], schema: JsonSchema, noun: str) -> None:
        if not schema.get(f"min{noun}", 0) <= len(value) <= schema.get(f"max{noun}", len(value)):
            self.note(codes.ITEM_COUNT, value, schema)


TAG_SHAPE = Shape(scalars={"string": {"type": "string"}})


def looks_like_json(text: str) -> bool:
    """Whether ``text`` is framed like an object or array."""
    text = text.strip()
    return text[:1] + text[-1:] in ("{}", "[]")


def is_out_of_bounds(value: float, schema: JsonSchema) -> bool:
    """Whether a number breaks a bound, or is no multiple of what it must be a multiple of."""
    return (
        ("minimum" in schema and value < schema["minimum"])
        or ("maximum" in schema and value > schema["maximum"])
        or ("exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"])
        or ("exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"])
        or ("multipleOf" in schema and value % schema["multipleOf"] != 0)
    )
