"""References: whatever is named exists."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic, Path
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.interface.nodes import REFERENCE_PREFIX, Reference
from fcbench_action.language.interface.rules.names import shape
from fcbench_action.language.interface.rules.scope import Scope, cyclic
from fcbench_action.language.interface.walk import target
from fcbench_action.language.near import Nearest, quoted


def types_exist(scope: Scope) -> Iterator[Diagnostic]:
    """References and bodies name types that are defined or given."""
    known = scope.types.keys() | scope.glossary
    nearest = Nearest(known, scope.hints)
    for visit in scope.visits:
        if isinstance(visit.schema, Reference):
            name = target(visit.schema)
            if not visit.schema.ref.startswith(REFERENCE_PREFIX):
                yield _invalid((*visit.path, "$ref"), visit.schema.ref)
            elif name not in known:
                yield _unknown((*visit.path, "$ref"), name, nearest)
    for index, operation in enumerate(scope.operations):
        for key, body in (("requestBody", operation.request_body), ("responseBody", operation.response_body)):
            if body is not None and body.type_name not in known:
                yield _unknown(("operations", index, key, "typeName"), body.type_name, nearest)


def _invalid(path: Path, ref: str) -> Diagnostic:
    return codes.INVALID_REFERENCE.at(
        path,
        f"{quoted(ref)} does not point at a schema of the components.",
        expected=f"{REFERENCE_PREFIX} followed by the name of a type",
        actual=quoted(ref),
    )


def _unknown(path: Path, name: str, nearest: Nearest) -> Diagnostic:
    return codes.UNKNOWN_TYPE.at(
        path,
        f"There is no type {quoted(name)}.{nearest.hint(name)}",
        expected="the name of a type that is defined",
        actual=quoted(name),
    )


def roles_exist(scope: Scope) -> Iterator[Diagnostic]:
    """Roles are names of actors, where the interface says who there is."""
    if scope.actors is None:
        return
    known = {actor.name for actor in scope.actors}
    nearest = Nearest(known, scope.hints)
    for index, operation in enumerate(scope.operations):
        role = operation.authorization_role
        if role is not None and role not in known:
            yield codes.UNKNOWN_ACTOR.at(
                ("operations", index, "authorizationRole"),
                f"There is no actor {quoted(role)}.{nearest.hint(role)}",
                expected="null or the name of an actor",
                actual=quoted(role),
            )


def prerequisites_exist(scope: Scope) -> Iterator[Diagnostic]:
    """Prerequisites are operations that are defined or given."""
    known = {(o.method, o.path) for o in (*scope.operations, *scope.given_operations)}
    known |= {(endpoint.method, endpoint.path) for endpoint in scope.pinned}
    nearest = Nearest((f"{method} {path}" for method, path in known), scope.hints)
    for index, operation in enumerate(scope.operations):
        for i, prerequisite in enumerate(operation.prerequisites):
            endpoint = prerequisite.endpoint
            if (endpoint.method, endpoint.path) not in known:
                wanted = f"{endpoint.method} {endpoint.path}"
                yield codes.UNKNOWN_PREREQUISITE.at(
                    ("operations", index, "prerequisites", i, "endpoint"),
                    f"There is no operation {quoted(wanted)}.{nearest.hint(wanted)}",
                    expected="method and path of an operation, its placeholders named alike",
                    actual=quoted(wanted),
                )


def prerequisites_end(scope: Scope) -> Iterator[Diagnostic]:
    """No operation has to come before itself, directly or through others."""
    edges = {
        f"{o.method} {shape(o.path)}": [
            f"{p.endpoint.method} {shape(p.endpoint.path)}" for p in o.prerequisites
        ]
        for o in (*scope.given_operations, *scope.operations)
    }
    on_cycle = cyclic(edges)
    for index, operation in enumerate(scope.operations):
        if f"{operation.method} {shape(operation.path)}" in on_cycle:
            yield codes.PREREQUISITE_CYCLE.at(
                ("operations", index, "prerequisites"),
                f"{operation.method} {quoted(operation.path)} is, through its prerequisites, "
                "a prerequisite of itself.",
                expected="operations that can be called before this one",
            )
