"""What may be taken out of a JSON Schema for an endpoint that does not take it. Pure functions, each total on
any schema of ``language.schema``, and bounded: no result is larger than :data:`LARGEST` allows.

What a schema loses is said in a description, as far as words can.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

JsonSchema = dict[str, Any]

DEPTH = 10
"""Levels of schemas that a cut schema keeps; OpenAI's strict mode takes ten."""

LONGEST_ENUM = 16
"""Values of a choice that ``no-enum`` leaves standing."""

LARGEST = 64_000
"""Bytes that a written-out schema may take, more than twice the largest full one: it is paid for in every
request, and a context that holds the prompt has to hold it, too."""

BOUNDS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
)

_REF = "#/$defs/"
_OR_NULL = "OrNull"
_UNROLLED = 6
_MOST_UNROLLED = 24


def walk(schema: Any) -> Iterator[JsonSchema]:
    """A schema and all schemas inside it."""
    pending = [schema]
    while pending:
        here = pending.pop()
        if isinstance(here, dict):
            yield here
            pending += _inner(here)


def _inner(schema: JsonSchema) -> list[Any]:
    members = [schema.get(name) for name in ("items", "additionalProperties", "propertyNames")]
    for name in ("properties", "$defs"):
        members += (schema.get(name) or {}).values()
    for name in ("anyOf", "oneOf"):
        members += schema.get(name) or ()
    return [member for member in members if isinstance(member, dict)]


def rebuilt(schema: JsonSchema, change: Callable[[JsonSchema], JsonSchema]) -> JsonSchema:
    """The schema with ``change`` applied to every schema in it, the innermost first."""
    out = dict(schema)
    for name in ("items", "additionalProperties", "propertyNames"):
        if isinstance(out.get(name), dict):
            out[name] = rebuilt(out[name], change)
    for name in ("properties", "$defs"):
        if name in out:
            out[name] = {key: rebuilt(inner, change) for key, inner in out[name].items()}
    for name in ("anyOf", "oneOf"):
        if name in out:
            out[name] = [rebuilt(inner, change) for inner in out[name]]
    return change(out)


def described(schema: JsonSchema, words: str) -> JsonSchema:
    """The schema with a sentence more in its description."""
    said = schema.get("description", "")
    return {**schema, "description": f"{said} {words}".strip()}


# One keyword less


def without(*keywords: str) -> Callable[[JsonSchema], JsonSchema]:
    """Leaves keywords out, and says them in words."""

    def change(schema: JsonSchema) -> JsonSchema:
        found = {name: schema[name] for name in keywords if name in schema}
        if not found:
            return schema
        kept = {name: value for name, value in schema.items() if name not in found}
        said = ", ".join(f"{name} {_text(value)}" for name, value in found.items())
        return described(kept, f"({said})")

    return lambda schema: rebuilt(schema, change)


def without_const(schema: JsonSchema) -> JsonSchema:
    """Writes a constant as a choice of one."""

    def change(here: JsonSchema) -> JsonSchema:
        if "const" not in here:
            return here
        return {
            ("enum" if name == "const" else name): [v] if name == "const" else v for name, v in here.items()
        }

    return rebuilt(schema, change)


def without_long_enums(schema: JsonSchema) -> JsonSchema:
    """Says choices of many values in words."""

    def change(here: JsonSchema) -> JsonSchema:
        values = here.get("enum")
        if not isinstance(values, list) or len(values) <= LONGEST_ENUM:
            return here
        kept = {name: value for name, value in here.items() if name != "enum"}
        return described(kept, f"(one of {_text(values)})")

    return rebuilt(schema, change)


def open_objects(schema: JsonSchema) -> JsonSchema:
    """Drops ``additionalProperties`` and ``propertyNames``; what a map holds is said in words."""

    def change(here: JsonSchema) -> JsonSchema:
        others = here.get("additionalProperties")
        kept = {k: v for k, v in here.items() if k not in ("additionalProperties", "propertyNames")}
        if not isinstance(others, dict):
            return kept
        value = _in_words(others) if _target(others) else f"as this JSON Schema says: {_text(others)}"
        return described(kept, f"(a map; each value is {value})")

    return rebuilt(schema, change)


def one_of(schema: JsonSchema) -> JsonSchema:
    """Says ``oneOf`` for ``anyOf``: our variants exclude one another, but whole numbers are numbers."""

    def change(here: JsonSchema) -> JsonSchema:
        if "anyOf" not in here:
            return here
        kinds = {option.get("type") for option in here["anyOf"]}
        options = [o for o in here["anyOf"] if o.get("type") != "integer" or "number" not in kinds]
        return {**{name: value for name, value in here.items() if name != "anyOf"}, "oneOf": options}

    return rebuilt(schema, change)


def any_object(_: JsonSchema) -> JsonSchema:
    """Nothing but that it is an object."""
    return {"type": "object", "properties": {}}


# No recursion, no definitions, no variants, no depth


def unrolled(schema: JsonSchema) -> JsonSchema:
    """Definitions that reach themselves become copies, one a level; below the last is any object.

    A reference that closes a circle leads one level down; as many levels as fit into :data:`LARGEST`, at
    least two.
    """
    defs = schema.get("$defs") or {}
    circular = _circular(defs)
    if not circular:
        return schema
    best = _levels(schema, defs, circular, 2)
    for count in range(3, _MOST_UNROLLED if len(defs) < 8 else _UNROLLED):
        more = _levels(schema, defs, circular, count)
        if _size(more) > LARGEST:
            break
        best = more
    return best


def _levels(schema: JsonSchema, defs: JsonSchema, circular: set[str], count: int) -> JsonSchema:
    out: dict[str, JsonSchema] = {}
    for name, definition in defs.items():
        levels = range(count) if name in circular else (0,)
        for level in levels:
            out[_level_name(name, level)] = _leading(definition, circular, level + (name in circular), count)
    top = {name: value for name, value in schema.items() if name != "$defs"}
    return _reachable({**_leading(top, circular, 0, count), "$defs": out})


def _leading(schema: JsonSchema, circular: set[str], level: int, count: int) -> JsonSchema:
    """The schema with its circular references leading to ``level``, or nowhere beyond the last one."""

    def change(here: JsonSchema) -> JsonSchema:
        name = _target(here)
        if name is None or name not in circular:
            return here
        if level >= count:
            return _anything(name, here)
        return {**here, "$ref": _REF + _level_name(name, level)}

    return rebuilt(schema, change)


def _level_name(name: str, level: int) -> str:
    return name if level == 0 else f"{name}_{level + 1}"


def inlined(schema: JsonSchema) -> JsonSchema:
    """Every reference is replaced by what it refers to, as deep as :data:`LARGEST` allows; below, it is any
    object of the definition's name.
    """
    defs = schema.get("$defs") or {}
    top = {name: value for name, value in schema.items() if name != "$defs"}
    best = _inlined(top, defs, 0, LARGEST) or top
    for depth in range(1, 4 * DEPTH):
        more = _inlined(top, defs, depth, LARGEST)
        if more is None or more == best:
            break
        best = more
    return best


class _TooLarge(Exception):
    """A schema grows beyond its bound."""


def _inlined(top: JsonSchema, defs: JsonSchema, depth: int, room: int) -> JsonSchema | None:
    """References followed ``depth`` times; nothing where that takes more than ``room`` bytes."""
    left = room

    def resolve(schema: JsonSchema, follow: int) -> JsonSchema:
        nonlocal left
        name = _target(schema)
        if name is not None:
            if follow == 0:
                return _anything(name, schema)
            more = {key: value for key, value in schema.items() if key != "$ref"}
            return {**resolve(defs[name], follow - 1), **more}
        out = _mapped(schema, lambda inner: resolve(inner, follow))
        left -= sum(len(key) + 6 + (len(v) if isinstance(v, str) else 4) for key, v in out.items())
        if left < 0:
            raise _TooLarge
        return out

    try:
        found = resolve(top, depth)
    except _TooLarge:
        return None
    return found if depth == 0 or _size(found) <= room else None


def _mapped(schema: JsonSchema, change: Callable[[JsonSchema], JsonSchema]) -> JsonSchema:
    """The schema with ``change`` applied to those directly inside it."""
    out = dict(schema)
    for name in ("items", "additionalProperties", "propertyNames"):
        if isinstance(out.get(name), dict):
            out[name] = change(out[name])
    if "properties" in out:
        out["properties"] = {key: change(inner) for key, inner in out["properties"].items()}
    for name in ("anyOf", "oneOf"):
        if name in out:
            out[name] = [change(inner) for inner in out[name]]
    return out


def merged(schema: JsonSchema) -> JsonSchema:
    """One object in place of variants: it has the properties of all, and says in words which go together.

    Definitions of variants that nothing refers to any
    more are gone. Choices inside choices are merged first.
    """
    for patient in (True, True, True, True, False):
        schema = _merged_once(schema, patient)
    defs = schema.get("$defs") or {}
    nullable = {name + _OR_NULL: _or_null(definition) for name, definition in defs.items()}
    return _reachable({**schema, "$defs": {**defs, **nullable}})


def _merged_once(schema: JsonSchema, patient: bool) -> JsonSchema:
    """Merges the choices; a ``patient`` one leaves those alone of which an option is a choice itself."""
    defs = schema.get("$defs") or {}

    def change(here: JsonSchema) -> JsonSchema:
        options = here.get("anyOf") or here.get("oneOf")
        if not isinstance(options, list):
            return here
        if patient and any({"anyOf", "oneOf"} & _resolved(option, defs).keys() for option in options):
            return here
        kept = {name: value for name, value in here.items() if name not in ("anyOf", "oneOf")}
        real = [option for option in options if option.get("type") != "null"]
        words: list[str] = []
        one = real[0] if len(real) == 1 else _one_for(real, defs, words)
        if len(real) < len(options):
            one = {**one, "$ref": one["$ref"] + _OR_NULL} if "$ref" in one else _or_null(one)
        for said in words:
            kept = described(kept, said)
        description = f"{one.get('description', '')} {kept.pop('description', '')}".strip()
        return {**one, **kept, **({"description": description} if description else {})}

    return rebuilt(schema, change)


def _one_for(options: list[JsonSchema], defs: JsonSchema, words: list[str]) -> JsonSchema:
    """One schema that accepts what any of ``options`` does; what it cannot say is added to ``words``."""
    resolved = [_resolved(option, defs) for option in options]
    if not all(option.get("type") == "object" and "properties" in option for option in resolved):
        words.append(f"(one of: {'; '.join(map(_in_words, options))})")
        kinds = {option.get("type") for option in resolved}
        return {"type": kinds.pop()} if len(kinds) == 1 and None not in kinds else {}
    properties: dict[str, JsonSchema] = {}
    for option in resolved:
        for name, inner in option["properties"].items():
            known = properties.get(name)
            properties[name] = inner if known is None or known == inner else _either(known, inner)
    words += [_variant_in_words(option) for option in resolved]
    needed = [set(option.get("required", ())) for option in resolved]
    required = [name for name in resolved[0].get("required", ()) if all(name in names for names in needed)]
    closed = all(option.get("additionalProperties") is False for option in resolved)
    found: JsonSchema = {"type": "object", "properties": properties, "required": required}
    return {**found, "additionalProperties": False} if closed else found


def _or_null(schema: JsonSchema) -> JsonSchema:
    """The schema, which then also accepts null."""
    out = {name: value for name, value in schema.items() if name != "const"}
    if "type" in out:
        kinds = out["type"] if isinstance(out["type"], list) else [out["type"]]
        out["type"] = [*kinds, "null"]
    if (values := _choice(schema)) is not None:
        out["enum"] = [*values, None]
    return out


def _either(one: JsonSchema, other: JsonSchema) -> JsonSchema:
    """What accepts either of two properties of one name: choices are joined, anything else is left open."""
    said = " / ".join(
        dict.fromkeys(schema.get("description") or _in_words(schema) for schema in (one, other))
    )
    bare = [{name: v for name, v in schema.items() if name != "description"} for schema in (one, other)]
    if bare[0] == bare[1]:
        return {**bare[0], "description": said}
    values = [_choice(schema) for schema in bare]
    if values[0] is not None and values[1] is not None:
        joined = {_text(value): value for value in (*values[0], *values[1])}
        kind = {"type": one["type"]} if "type" in one and one["type"] == other.get("type") else {}
        return {**kind, "enum": list(joined.values())}
    same = {"type": one["type"]} if "type" in one and one["type"] == other.get("type") else {}
    return {**same, "description": said}


def _choice(schema: JsonSchema) -> list[Any] | None:
    """The values of a constant or of a choice."""
    values = schema.get("enum")
    return [schema["const"]] if "const" in schema else list(values) if isinstance(values, list) else None


def _variant_in_words(option: JsonSchema) -> str:
    tag = option["properties"].get("type", {})
    name = tag.get("const", (tag.get("enum") or ["?"])[0])
    others = [prop for prop in option["properties"] if prop != "type"]
    needed = [prop for prop in option.get("required", ()) if prop != "type"]
    free = [prop for prop in others if prop not in needed]
    said = option.get("description")
    parts = [f"type {_text(name)}" + (f": {said}" if said else "")]
    parts += [f"needs {', '.join(needed)}"] if needed else []
    parts += [f"may have {', '.join(free)}"] if free else []
    return f"({'; '.join(parts)})"


def shallow(schema: JsonSchema, depth: int = DEPTH) -> JsonSchema:
    """Everything written out, and below ``depth`` levels any value of the kind that stands there."""

    def cut(here: JsonSchema, left: int) -> JsonSchema:
        if left == 1:
            inside = (
                "properties",
                "items",
                "anyOf",
                "oneOf",
                "required",
                "additionalProperties",
                "propertyNames",
            )
            if not any(name in here for name in ("properties", "items", "anyOf", "oneOf")):
                return here
            bare = {name: value for name, value in here.items() if name not in inside}
            return described(bare, f"(inside: {_in_words(here)})")
        return _mapped(here, lambda inner: cut(inner, left - 1))

    return cut(inlined(schema), depth)


# Parts of the above


def _target(schema: JsonSchema) -> str | None:
    ref = schema.get("$ref")
    return ref.removeprefix(_REF) if isinstance(ref, str) else None


def _resolved(schema: JsonSchema, defs: JsonSchema) -> JsonSchema:
    found: JsonSchema = defs.get(_target(schema) or "", schema)
    return found


def _anything(name: str, here: JsonSchema) -> JsonSchema:
    """Any object, where a definition can no longer be shown."""
    said = here.get("description", "")
    return {"type": "object", "description": f"{said} (a {name}, built like those above it)".strip()}


def _in_words(schema: JsonSchema) -> str:
    """A schema in a few words."""
    if (name := _target(schema)) is not None:
        return f"a {name}"
    if (values := _choice(schema)) is not None:
        return " or ".join(map(_text, values))
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return " or ".join(map(_in_words, schema[keyword]))
    if "properties" in schema:
        return f"an object of {', '.join(schema['properties'])}"
    if isinstance(schema.get("items"), dict):
        return f"a list, each {_in_words(schema['items'])}"
    return str(schema.get("type") or schema.get("description") or "anything")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refs(schema: JsonSchema) -> set[str]:
    return {name for here in walk({**schema, "$defs": {}}) if (name := _target(here)) is not None}


def _circular(defs: JsonSchema) -> set[str]:
    """The definitions that reach themselves."""
    reaches = {name: _refs(definition) for name, definition in defs.items()}
    changed = True
    while changed:
        changed = False
        for name, known in reaches.items():
            more = set().union(known, *(reaches.get(other, set()) for other in known))
            if more != known:
                reaches[name], changed = more, True
    return {name for name, known in reaches.items() if name in known}


def _reachable(schema: JsonSchema) -> JsonSchema:
    """The schema without definitions that nothing leads to."""
    defs = schema.get("$defs") or {}
    found: set[str] = set()
    pending = list(_refs(schema))
    while pending:
        name = pending.pop()
        if name not in found and name in defs:
            found.add(name)
            pending += _refs(defs[name])
    kept = {name: defs[name] for name in defs if name in found}
    bare = {name: value for name, value in schema.items() if name != "$defs"}
    return {**bare, "$defs": kept} if kept else bare


def _size(schema: JsonSchema) -> int:
    return len(msgspec.json.encode(schema))
