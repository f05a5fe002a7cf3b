"""Types that refer to types: no loops, no infinite values, none that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.interface.nodes import Array, Object, OneOf, Reference, Schema
from fcbench_action.language.interface.rules.scope import Scope, cyclic
from fcbench_action.language.interface.walk import target, walk
from fcbench_action.language.near import quoted


def references_lead_somewhere(scope: Scope) -> Iterator[Diagnostic]:
    """Following references and alternatives, one always comes to a schema with content."""
    on_loop = cyclic({name: _stand_ins(schema) for name, schema in scope.types.items()})
    for name in scope.schemas:
        if name in on_loop:
            yield codes.REFERENCE_LOOP.at(
                (*scope.schemas_at, name),
                f"{quoted(name)} stands for itself, through references and alternatives only.",
                expected="a schema with content of its own on every way around",
            )


def _stand_ins(schema: Schema) -> list[str]:
    """The types that a value of ``schema`` may be a value of, as a whole."""
    names = []
    rest = [schema]
    while rest:
        at = rest.pop()
        if isinstance(at, Reference):
            names.append(target(at))
        elif isinstance(at, OneOf):
            rest.extend(at.one_of)
    return names


def types_are_finite(scope: Scope) -> Iterator[Diagnostic]:
    """Every type has a value that ends somewhere."""
    finite = finite_types(scope.types)
    for name in scope.schemas:
        if name not in finite:
            yield codes.INFINITE_TYPE.at(
                (*scope.schemas_at, name),
                f"Every value of {quoted(name)} would have to hold another one, without end.",
                expected="a way out: an optional property, an array that may be empty, or a oneOf with null",
            )


def finite_types(types: Mapping[str, Schema]) -> set[str]:
    """The named types that have a finite value. Unknown types count as finite. Linear time.

    A node waits for as many of its parts as it needs; a part that turns out finite tells those that wait.
    """
    waiting: dict[int, int] = {}
    listeners: dict[int, list[int]] = {}
    ready: list[int] = []
    for root in types.values():
        for _, schema, _ in walk((), root):
            node = id(schema)
            if node in waiting:
                continue
            parts = [id(part) for part in _needed(types, schema)]
            waiting[node] = min(1, len(parts)) if isinstance(schema, OneOf) else len(parts)
            for part in parts:
                listeners.setdefault(part, []).append(node)
            if not parts:
                ready.append(node)
    finite: set[int] = set()
    while ready:
        node = ready.pop()
        finite.add(node)
        for listener in listeners.get(node, ()):
            waiting[listener] -= 1
            if not waiting[listener]:
                ready.append(listener)
    return {name for name, schema in types.items() if id(schema) in finite}


def _needed(types: Mapping[str, Schema], schema: Schema) -> list[Schema]:
    """The schemas that every value of ``schema`` has values of; of a oneOf, those that it may choose from."""
    match schema:
        case Object():
            return [schema.properties[name] for name in set(schema.required) if name in schema.properties]
        case Array():
            return [schema.items] if schema.min_items else []
        case OneOf():
            return list(schema.one_of)
        case Reference() if target(schema) in types:
            return [types[target(schema)]]
    return []


def types_are_used(scope: Scope) -> Iterator[Diagnostic]:
    """Every type serves some operation. Says nothing where there are no operations."""
    if not scope.operations:
        return
    bodies = [body for o in scope.operations for body in (o.request_body, o.response_body) if body]
    rest = [body.type_name for body in bodies]
    used: set[str] = set()
    while rest:
        name = rest.pop()
        if name in used or name not in scope.types:
            continue
        used.add(name)
        rest += [target(v.schema) for v in walk((), scope.types[name]) if isinstance(v.schema, Reference)]
    for name in scope.schemas:
        if name not in used:
            yield codes.UNUSED_TYPE.at(
                (*scope.schemas_at, name), f"No operation uses the type {quoted(name)}, directly or not."
            )
