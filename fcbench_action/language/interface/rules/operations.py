"""Operations: parameters, bodies and authorization fit together."""

from __future__ import annotations

from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.interface.nodes import (
    Boolean,
    Constant,
    Integer,
    Number,
    Object,
    Operation,
    String,
)
from fcbench_action.language.interface.payload import named
from fcbench_action.language.interface.rules.names import placeholders
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.interface.walk import alternatives
from fcbench_action.language.near import Hints, Nearest, quoted


def parameters_match_paths(scope: Scope) -> Iterator[Diagnostic]:
    """One parameter for each placeholder, and none beside."""
    for index, operation in enumerate(scope.operations):
        yield from _parameters(index, operation, scope.hints)


def _parameters(index: int, operation: Operation, hints: Hints) -> Iterator[Diagnostic]:
    wanted = placeholders(operation.path)
    known, nearest = set(wanted), Nearest(wanted, hints)
    seen: set[str] = set()
    for i, parameter in enumerate(operation.parameters):
        at = ("operations", index, "parameters", i, "name")
        if parameter.name in seen:
            yield codes.DUPLICATE_PARAMETER.at(
                at,
                f"There are two parameters named {quoted(parameter.name)}.",
                expected="one parameter for each placeholder",
                actual=quoted(parameter.name),
            )
        elif parameter.name not in known:
            yield codes.UNEXPECTED_PARAMETER.at(
                at,
                f"The path {quoted(operation.path)} has no placeholder "
                f"{quoted(parameter.name)}.{nearest.hint(parameter.name)}",
                expected="the name of a placeholder of the path; search criteria go into a request body",
                actual=quoted(parameter.name),
            )
        seen.add(parameter.name)
    for name in wanted:
        if name not in seen:
            yield codes.MISSING_PARAMETER.at(
                ("operations", index, "parameters"),
                f"The placeholder {quoted(name)} of the path has no parameter.",
                expected=f"a parameter named {quoted(name)}",
            )


def parameters_are_scalars(scope: Scope) -> Iterator[Diagnostic]:
    """What stands in a path is a boolean, a number or a string."""
    for index, operation in enumerate(scope.operations):
        for i, parameter in enumerate(operation.parameters):
            leaves = alternatives(scope.types, parameter.schema)
            if leaves is None or not all(
                isinstance(leaf, Boolean | Constant | Integer | Number | String) for leaf in leaves
            ):
                yield codes.NON_SCALAR_PARAMETER.at(
                    ("operations", index, "parameters", i, "schema"),
                    f"The parameter {quoted(parameter.name)} can hold what a path cannot.",
                    expected="a boolean, integer, number, string or constant schema, or a oneOf of those",
                )


def bodies_are_objects(scope: Scope) -> Iterator[Diagnostic]:
    """Bodies are JSON objects, so that they can grow. A oneOf of objects will do."""
    for index, operation in enumerate(scope.operations):
        for key, body in (("requestBody", operation.request_body), ("responseBody", operation.response_body)):
            if body is None or body.type_name not in scope.types:
                continue
            leaves = alternatives(scope.types, named(body.type_name))
            if leaves is not None and not all(isinstance(leaf, Object) for leaf in leaves):
                yield codes.NON_OBJECT_BODY.at(
                    ("operations", index, key, "typeName"),
                    f"The type {quoted(body.type_name)} of this body accepts values that are no objects.",
                    expected="a type that is an object, or a oneOf of objects",
                    actual=quoted(body.type_name),
                )


def get_takes_no_body(scope: Scope) -> Iterator[Diagnostic]:
    """A GET request has no body."""
    for index, operation in enumerate(scope.operations):
        if operation.method == "get" and operation.request_body is not None:
            yield codes.UNEXPECTED_BODY.at(
                ("operations", index, "requestBody"),
                "A GET operation takes no request body.",
                expected="null, or the method patch for a search by criteria",
            )


def authorization_agrees(scope: Scope) -> Iterator[Diagnostic]:
    """Joining, signing in and refreshing are POSTs that return a session; the first two, to a stranger."""
    for index, operation in enumerate(scope.operations):
        kind = operation.authorization_type
        if kind is None:
            continue
        faults = [
            (operation.method != "post", "method", "must be post", '"post"', operation.method),
            (operation.response_body is None, "responseBody", "must return the session", "a body", "null"),
            (
                kind != "refresh" and operation.authorization_role is not None,
                "authorizationRole",
                "must be open to everybody, as its caller is not signed in yet",
                "null",
                quoted(operation.authorization_role or ""),
            ),
        ]
        for wrong, key, must, expected, actual in faults:
            if wrong:
                yield codes.CONTRADICTORY_AUTHORIZATION.at(
                    ("operations", index, key),
                    f"An operation of authorizationType {kind} {must}.",
                    expected=expected,
                    actual=actual,
                )
