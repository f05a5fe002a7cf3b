"""What the judge's tests share: small recursive node types, values of an exported schema, and an oracle.

The values are drawn from the schema alone, and the oracle is jsonschema: neither knows the code under test.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Annotated, Any, Literal

import jsonschema
import msgspec
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import Meta

from fcbench_action.language.node import Node
from fcbench_action.language.schema import JsonSchema, exact, export

Count = Annotated[int, Meta(ge=0, le=5)]


class NumberNode(Node, frozen=True, tag="number", tag_field="type"):
    """A number."""

    value: Annotated[float, Meta(ge=-10, lt=10, description="Its value.")]
    step: Annotated[int, Meta(multiple_of=3)] = 0


class TextNode(Node, frozen=True, tag="text", tag_field="type"):
    """A text."""

    text: Annotated[str, Meta(min_length=1, max_length=3)]
    name: Annotated[str, Meta(pattern=exact("^[a-z]+(_[a-z]+)*$"))]
    kind: Literal["short", "long"] | None = None
    code: Literal[1, 2, "many"] = 1


class ListNode(Node, frozen=True, tag="list", tag_field="type"):
    """A list."""

    items: Annotated[tuple[Tree, ...], Meta(max_length=3, description="What it holds.")]
    first: Tree | None = None


class MapNode(Node, frozen=True, tag="map", tag_field="type"):
    """A map."""

    members: Annotated[dict[Annotated[str, Meta(pattern=exact("^[a-c]{1,3}$"))], Tree], Meta(max_length=3)]
    ref: Annotated[str, Meta(max_length=4)] = msgspec.field(name="$ref", default="")


Tree = NumberNode | TextNode | ListNode | MapNode


class Detail(Node, frozen=True):
    """A structure without variants that refers to itself."""

    count: Count
    more_details: tuple[Detail, ...] = ()
    scalar: bool | int | float | str | None = None


class Root(Node, frozen=True):
    """An argument."""

    tree: Annotated[Tree, Meta(description="The tree.")]
    detail: Detail
    flag: bool
    title: str = ""


class Dialect(Node, frozen=True):
    """An argument below which there are no maps and no texts."""

    absent_variants = frozenset({"map", "text"})

    tree: Tree
    title: str = ""


def draw_value(draw: st.DrawFn, schema: JsonSchema, root: JsonSchema, size: int) -> Any:
    """A value that ``schema`` accepts; the smaller ``size``, the sooner its branches end."""
    if "$ref" in schema:
        return draw_value(draw, _target(schema, root), root, size)
    if "anyOf" in schema:
        options = sorted(schema["anyOf"], key=lambda option: _cost(option, root))
        affordable = [option for option in options if _cost(option, root) <= size] or options[:1]
        return draw_value(draw, draw(st.sampled_from(affordable)), root, size)
    if "const" in schema or "enum" in schema:
        return draw(st.sampled_from(schema.get("enum", [schema.get("const")])))
    if schema["type"] == "object":
        return _draw_object(draw, schema, root, size)
    if schema["type"] == "array":
        least = schema.get("minItems", 0)
        most = max(least, min(schema.get("maxItems", 3), 3 if size > 0 else 0))
        return [
            draw_value(draw, schema["items"], root, size - 1) for _ in range(draw(st.integers(least, most)))
        ]
    return draw(_scalars(schema))


def _draw_object(draw: st.DrawFn, schema: JsonSchema, root: JsonSchema, size: int) -> dict[str, Any]:
    value = {}
    for name, inner in schema.get("properties", {}).items():
        if name in schema["required"] or (size > _cost(inner, root) and draw(st.booleans())):
            value[name] = draw_value(draw, inner, root, size - 1)
    if isinstance(others := schema["additionalProperties"], dict) and size > _cost(others, root):
        names = _texts(schema.get("propertyNames", {}))
        for name in draw(st.lists(names, max_size=min(2, schema.get("maxProperties", 2)), unique=True)):
            value[name] = draw_value(draw, others, root, size - 1)
    order = draw(st.permutations(list(value)))
    return {name: value[name] for name in order}


def _scalars(schema: JsonSchema) -> st.SearchStrategy[Any]:
    kind = schema["type"]
    if kind == "integer":
        step = schema.get("multipleOf", 1)
        least, most = schema.get("minimum"), schema.get("maximum")
        return st.integers(least, most).map(lambda n: n * step)
    if kind == "number":
        least, most = schema.get("minimum"), schema.get("maximum", schema.get("exclusiveMaximum"))
        floats = st.floats(least, most, allow_nan=False, allow_infinity=False)
        return floats.filter(lambda n: n != schema.get("exclusiveMaximum"))
    if kind == "string":
        return _texts(schema)
    return st.booleans() if kind == "boolean" else st.none()


@cache
def _matching(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern.replace("$", r"\Z"))


def _texts(schema: JsonSchema) -> st.SearchStrategy[str]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if "pattern" in schema:
        return _matching(schema["pattern"]).filter(lambda text: most is None or len(text) <= most)
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    return st.text(characters, min_size=least, max_size=most if most is not None else least + 6)


def _target(schema: JsonSchema, root: JsonSchema) -> JsonSchema:
    return root["$defs"][schema["$ref"].removeprefix("#/$defs/")]


def _cost(schema: JsonSchema, root: JsonSchema, seen: tuple[str, ...] = ()) -> int:
    """The least nesting that a value of ``schema`` needs; large where every way leads back into itself."""
    if "$ref" in schema:
        if schema["$ref"] in seen:
            return 1000
        return _cost(_target(schema, root), root, (*seen, schema["$ref"]))
    if "anyOf" in schema:
        return min(_cost(option, root, seen) for option in schema["anyOf"])
    if schema.get("type") == "object":
        inner = [schema["properties"][name] for name in schema.get("required", ())]
        return 1 + max((_cost(one, root, seen) for one in inner), default=0)
    if schema.get("type") == "array" and schema.get("minItems"):
        return 1 + _cost(schema["items"], root, seen)
    return 0


def values_of(argument: type[Node], size: int = 3) -> st.SearchStrategy[Any]:
    """JSON values that the exported schema of ``argument`` accepts."""
    schema = export(argument)
    return st.composite(lambda draw: draw_value(draw, schema, schema, size))()


JUNK = st.sampled_from(
    [None, True, 0, 7, -1, 1.0, 2.5, "", "x", "number", "list", "a\n", "{}", "[1]", [], {}, [1]]
).map(copy.deepcopy)


@st.composite
def mutated(draw: st.DrawFn, argument: type[Node]) -> Any:
    """A value of the type with up to three changes at random places; it may still be valid."""
    holder = [draw(values_of(argument))]
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from(_places(holder)))
        change = draw(st.sampled_from(["tweak", "tweak", "replace", "remove", "add", "rename"]))
        if change == "tweak":
            container[key] = draw(st.sampled_from(_tweaks(container[key])))
        elif change == "replace" or container is holder:
            container[key] = draw(JUNK)
        elif change == "remove":
            del container[key]
        elif isinstance(container, list):
            container.insert(key, draw(JUNK))
        elif change == "add":
            container[draw(st.sampled_from(["type", "extra", "value", "$ref"]))] = draw(JUNK)
        else:
            container[key + "s"] = container.pop(key)
    return holder[0]


def _tweaks(value: Any) -> list[Any]:
    """Values of the same type that may break a bound, a pattern or a choice."""
    if isinstance(value, str):
        return [value + "\n", value.upper(), value * 60, value + "x", ""]
    if isinstance(value, bool | None):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 20, value * 1.0, 10]
    return [[copy.deepcopy(item) for item in value * 4], []] if isinstance(value, list) else [{}]


def _places(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, list):
        keys: list[Any] = list(range(len(value)))
    else:
        keys = list(value) if isinstance(value, dict) else []
    return [(value, key) for key in keys] + [place for key in keys for place in _places(value[key])]


def _any_of(validator: Any, options: list[Any], instance: Any, schema: Any) -> Any:
    if not any(validator.evolve(schema=option).is_valid(instance) for option in options):
        yield jsonschema.ValidationError("none of the alternatives")


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Any:
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError("no match")


_CHECKER = Draft202012Validator.TYPE_CHECKER.redefine(
    "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
)
_ORACLE = jsonschema.validators.extend(
    Draft202012Validator, {"anyOf": _any_of, "pattern": _pattern}, type_checker=_CHECKER
)


def is_valid(argument: type[Node], value: Any) -> bool:
    """jsonschema's verdict on the exported schema.

    It is told three things: 1.0 is no integer, ``$`` is the very end, and one match of anyOf is enough.
    """
    return bool(_ORACLE(export(argument)).is_valid(value))
