"""The JSON Schema of a node type: what a model is sent, and what every reader of a reply walks.

Variants of a union stand under ``anyOf``, each a reference to an object whose ``type`` property is a
``const``. They exclude one another by that property, so ``oneOf`` would accept the same values; but a
validator may stop at the first match of ``anyOf``, and it is the one keyword for alternatives that strict
modes of servers take. A ``discriminator`` is not written: the constants say the same.

A pattern is searched for in a text, as JSON Schema says, and covers all of it with ``^`` and ``$``. Python's
``$`` also matches before a newline at the end, so node types declare such patterns through :func:`exact`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args

import msgspec
from msgspec import inspect as types

from fcbench_action.language.node import Node

JsonSchema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_REF = "#/$defs/"
_TEXT_END = r"$(?!\n)"
_KEPT = {
    "description",
    "type",
    "const",
    "enum",
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "required",
}
_UNPORTABLE = re.compile(r"\(\?(?!:)|\.")


def exact(pattern: str) -> str:
    """``pattern``, its ``$`` matching at the very end only. The exported schema has the plain ``$`` again.

    Raises ValueError for what other regular expression engines read differently, such as ``.``, and for any
    backslash: at one, the grammars of llama-cpp-python 0.3.36 end its whole process. A class does as well.
    """
    outside_classes = re.sub(r"\[[^\]]*\]", "[]", pattern)
    if "\\" in pattern or _UNPORTABLE.search(outside_classes):
        raise ValueError(
            f"pattern {pattern!r} means different things to different engines; write out its classes"
        )
    if not pattern.endswith("$") or "$" in outside_classes[:-1]:
        raise ValueError(f"pattern {pattern!r} needs its one $ at its end")
    return pattern[:-1] + _TEXT_END


@cache
def export(argument: type[Node]) -> JsonSchema:
    """The JSON Schema (draft 2020-12) of a node type, an object at its top; shared, so never change it.

    Every structure and every union of tagged structures is one ``$defs`` entry, by its class's name or by
    the name that its module gives the union. Equal declarations export to equal text.

    Raises TypeError where a declaration uses what no reader of the schema knows.
    """
    (root,), components = msgspec.json.schema_components([argument], ref_template=_REF + "{name}")
    structures = _structures(argument)
    names = _union_names(structures)
    unions: dict[str, JsonSchema] = {}
    defs = {name: _tidy(schema, names, unions) for name, schema in components.items()}
    top = defs[_target(root)]
    _refuse_lone_variants(structures, [root, *(ref for schema in defs.values() for ref in _refs(schema))])
    defs |= {name: _without(argument.absent_variants, union, defs) for name, union in unions.items()}
    used = _reachable(top, defs)
    kept = {name: defs[name] for name in sorted(defs) if name in used}
    return {**top, "$defs": kept} if kept else dict(top)


def subschemas(schema: JsonSchema) -> Iterator[JsonSchema]:
    """The schemas that stand directly inside ``schema``, ``$defs`` left out."""
    yield from schema.get("properties", {}).values()
    yield from schema.get("anyOf", ())
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if isinstance(inner := schema.get(keyword), dict):
            yield inner


def _tidy(schema: JsonSchema, names: dict[frozenset[str], str], unions: dict[str, JsonSchema]) -> JsonSchema:
    """One exported schema in our form; the unions met on the way are added to ``unions``."""
    out: JsonSchema = {}
    for keyword, value in schema.items():
        if keyword in ("title", "discriminator"):
            continue
        if keyword == "properties":
            out[keyword] = {name: _tidy(inner, names, unions) for name, inner in value.items()}
        elif keyword == "anyOf" and "discriminator" in schema:
            out["$ref"] = _hoist(value, names, unions)
        elif keyword == "anyOf":
            out[keyword] = [_tidy(inner, names, unions) for inner in value]
        elif keyword in ("items", "additionalProperties", "propertyNames") and isinstance(value, dict):
            out[keyword] = _tidy(value, names, unions)
        elif keyword == "enum":
            out |= _choice(value)
        elif keyword in _KEPT or keyword in ("$ref", "additionalProperties"):
            out[keyword] = _plain(keyword, value)
        else:
            raise TypeError(f"a node type uses the schema keyword {keyword}, which no reader knows")
    return out


def _plain(keyword: str, value: Any) -> Any:
    if keyword == "description":
        return " ".join(inspect.cleandoc(value).split())
    if keyword == "pattern":
        if "$" in value.removesuffix(_TEXT_END).replace(r"\$", ""):
            raise TypeError(f"pattern {value!r} must be declared through language.schema.exact")
        return value.removesuffix(_TEXT_END) + "$" if value.endswith(_TEXT_END) else value
    return value


def _choice(values: list[Any]) -> JsonSchema:
    """``const`` for a single value and ``enum`` for several, always with their type."""
    by_type: dict[str, list[Any]] = {
        "string": [v for v in values if isinstance(v, str)],
        "integer": [v for v in values if isinstance(v, int)],
        "null": [v for v in values if v is None],
    }
    options: list[JsonSchema] = [
        {"type": kind, "const": of[0]} if len(of) == 1 else {"type": kind, "enum": of}
        for kind, of in by_type.items()
        if of
    ]
    return options[0] if len(options) == 1 else {"anyOf": options}


def _hoist(
    variants: list[JsonSchema], names: dict[frozenset[str], str], unions: dict[str, JsonSchema]
) -> str:
    members = [_target(variant) for variant in variants]
    name = names.get(frozenset(members)) or "Or".join(members)
    unions.setdefault(name, {"anyOf": [{"$ref": _REF + member} for member in members]})
    return _REF + name


def _refuse_lone_variants(structures: set[type[Node]], refs: Iterable[JsonSchema]) -> None:
    """Raises TypeError where a reference outside the unions is to a variant."""
    variants = {cls.__name__ for cls in structures if cls.__struct_config__.tag is not None}
    if lone := sorted(variants & {_target(ref) for ref in refs}):
        raise TypeError(f"{lone[0]} is a variant, and the decoder takes it without its tag outside a union")


def _without(absent: frozenset[str], union: JsonSchema, defs: dict[str, JsonSchema]) -> JsonSchema:
    tags = {ref["$ref"]: defs[_target(ref)]["properties"]["type"]["const"] for ref in union["anyOf"]}
    return {"anyOf": [ref for ref in union["anyOf"] if tags[ref["$ref"]] not in absent]}


def _reachable(top: JsonSchema, defs: dict[str, JsonSchema]) -> set[str]:
    found: set[str] = set()
    pending = [top]
    while pending:
        names = {_target(ref) for ref in _refs(pending.pop())} - found
        found |= names
        pending += [defs[name] for name in names]
    return found


def _target(schema: JsonSchema) -> str:
    return str(schema["$ref"]).removeprefix(_REF)


def _refs(schema: JsonSchema) -> Iterator[JsonSchema]:
    if "$ref" in schema:
        yield schema
    for inner in subschemas(schema):
        yield from _refs(inner)


def _union_names(structures: set[type[Node]]) -> dict[frozenset[str], str]:
    """The names that modules give to unions of ``structures``."""
    modules = {cls.__module__ for cls in structures}
    names: dict[frozenset[str], str] = {}
    for module in sorted(modules):
        for name, value in vars(sys.modules[module]).items():
            members = [m for m in get_args(value) if isinstance(m, type) and issubclass(m, Node)]
            if len(members) > 1 and not name.startswith("_"):
                names.setdefault(frozenset(m.__name__ for m in members), name)
    return names


def _structures(argument: type[Node]) -> set[type[Node]]:
    """The structures reachable from ``argument``."""
    found: set[Any] = set()
    pending: list[Any] = [types.type_info(argument)]
    while pending:
        info = pending.pop()
        if isinstance(info, types.StructType):
            if info.cls in found:
                continue
            found.add(info.cls)
            pending += [field.type for field in info.fields]
        else:
            pending += [
                getattr(info, name) for name in ("type", "item_type", "value_type") if hasattr(info, name)
            ]
            pending += getattr(info, "types", ())
    return found
