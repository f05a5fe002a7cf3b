"""Names: well-formed, and used once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fcbench_action.diagnostics import Diagnostic
from fcbench_action.diagnostics import interface as codes
from fcbench_action.language.interface.nodes import Object
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.near import quoted

_OPERATION = re.compile(r"[a-z][A-Za-z0-9]*")
_TYPE = re.compile(r"[A-Z][A-Za-z0-9_]*(\.[A-Z][A-Za-z0-9_]*)*")
_PROPERTY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_SEGMENT = re.compile(r"[A-Za-z0-9_~-]+|\{[A-Za-z_][A-Za-z0-9_]*\}")


def placeholders(path: str) -> list[str]:
    """The names between the braces of a path, in order."""
    return [part[1:-1] for part in path.split("/") if part.startswith("{") and part.endswith("}")]


def shape(path: str) -> str:
    """The path with its placeholders made equal: two paths of one shape answer the same requests."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def paths_are_templates(scope: Scope) -> Iterator[Diagnostic]:
    """Slash-separated words and placeholders, each placeholder once."""
    for index, operation in enumerate(scope.operations):
        wrong = _path_error(operation.path)
        if wrong:
            yield codes.INVALID_PATH.at(
                ("operations", index, "path"),
                f"The path {quoted(operation.path)} {wrong}.",
                expected="a path such as /articles/{articleId}/comments",
                actual=quoted(operation.path),
            )


def _path_error(path: str) -> str:
    if not path.startswith("/"):
        return "does not begin with a slash"
    if path == "/":
        return ""
    for part in path[1:].split("/"):
        if not part:
            return "has an empty segment"
        if not _SEGMENT.fullmatch(part):
            return (
                f"has the segment {quoted(part)}, which is neither a plain word nor a placeholder in braces"
            )
    repeated = [name for name, times in Counter(placeholders(path)).items() if times > 1]
    return f"has the placeholder {quoted(repeated[0])} more than once" if repeated else ""


def endpoints_differ(scope: Scope) -> Iterator[Diagnostic]:
    """No two operations answer the same requests."""
    seen = {(o.method, shape(o.path)): f"{o.method} {o.path}" for o in scope.given_operations}
    for index, operation in enumerate(scope.operations):
        key = operation.method, shape(operation.path)
        if key in seen:
            yield codes.DUPLICATE_ENDPOINT.at(
                ("operations", index, "path"),
                f"{operation.method} {quoted(operation.path)} answers the same requests as "
                f"{quoted(seen[key])}.",
                expected="one operation for each method and path",
                actual=f"{operation.method} {quoted(operation.path)}",
            )
        seen.setdefault(key, f"{operation.method} {operation.path}")


def paths_are_spelled_alike(scope: Scope) -> Iterator[Diagnostic]:
    """Operations on one path name its placeholders alike, as OpenAPI has each path once."""
    seen = {shape(o.path): o.path for o in scope.given_operations}
    seen |= {shape(endpoint.path): endpoint.path for endpoint in scope.pinned}
    for index, operation in enumerate(scope.operations):
        first = seen.setdefault(shape(operation.path), operation.path)
        if first != operation.path:
            yield codes.INCONSISTENT_PATH.at(
                ("operations", index, "path"),
                f"{quoted(operation.path)} is {quoted(first)} with other names for its placeholders.",
                expected=quoted(first),
                actual=quoted(operation.path),
            )


def operation_names_differ(scope: Scope) -> Iterator[Diagnostic]:
    """A name is a camelCase word, and unique among the operations of its path, placeholders aside."""
    seen = {accessor(o.path, o.name): f"{o.method} {o.path}" for o in scope.given_operations}
    for index, operation in enumerate(scope.operations):
        at = ("operations", index, "name")
        if not _OPERATION.fullmatch(operation.name):
            yield codes.INVALID_OPERATION_NAME.at(
                at,
                f"The operation name {quoted(operation.name)} is no camelCase word.",
                expected="a camelCase word such as create or resetPassword",
                actual=quoted(operation.name),
            )
            continue
        key = accessor(operation.path, operation.name)
        if key in seen:
            yield codes.DUPLICATE_OPERATION_NAME.at(
                at,
                f"{quoted(operation.name)} is also the name of {quoted(seen[key])}, "
                "whose path differs in placeholders only.",
                expected="a name of its own",
                actual=quoted(operation.name),
            )
        seen.setdefault(key, f"{operation.method} {operation.path}")


def accessor(path: str, name: str) -> str:
    """The operation's name for programs: the path's words and its own, with dots."""
    return ".".join([*(part for part in path.split("/") if part and not part.startswith("{")), name])


def type_names_are_valid(scope: Scope) -> Iterator[Diagnostic]:
    """PascalCase words with dots, so that they can be written in a reference and in a program."""
    for name in scope.schemas:
        if not _TYPE.fullmatch(name):
            yield codes.INVALID_TYPE_NAME.at(
                (*scope.schemas_at, name),
                f"The type name {quoted(name)} is not made of PascalCase words joined by dots.",
                expected="a name such as IArticle or IArticle.ICreate",
                actual=quoted(name),
            )


def property_names_are_identifiers(scope: Scope) -> Iterator[Diagnostic]:
    """Properties are written as identifiers in programs."""
    for visit in scope.visits:
        if isinstance(visit.schema, Object):
            for name in visit.schema.properties:
                if not _PROPERTY.fullmatch(name):
                    yield codes.INVALID_PROPERTY_NAME.at(
                        (*visit.path, "properties", name),
                        f"The property name {quoted(name)} is no identifier.",
                        expected="letters, digits and underscores, not beginning with a digit",
                        actual=quoted(name),
                    )


def actors_differ(scope: Scope) -> Iterator[Diagnostic]:
    """No two actors share a name."""
    seen: set[str] = set()
    for index, actor in enumerate(scope.actors or ()):
        if actor.name in seen:
            yield codes.DUPLICATE_ACTOR.at(
                ("components", "authorization", index, "name"),
                f"There are two actors named {quoted(actor.name)}.",
                expected="a name of its own",
                actual=quoted(actor.name),
            )
        seen.add(actor.name)
