"""The interface phase: ``interface.operations`` and ``interface.schemas`` ask for operations and types.

What a case pins, and so what a suite provides, is described in :mod:`.interface_tasks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import interface as codes
from fcbench_action.functions.base import Function
from fcbench_action.functions.interface_grading import grade_operations, grade_schemas
from fcbench_action.functions.interface_prompts import operations_prompt, schemas_prompt
from fcbench_action.functions.interface_tasks import (
    Operations,
    OperationsTask,
    Payload,
    Probe,
    Schemas,
    SchemasTask,
)
from fcbench_action.language.interface.nodes import Components, Document, Object, Operation, Schema
from fcbench_action.language.interface.openapi import emit_openapi
from fcbench_action.language.interface.payload import named
from fcbench_action.language.interface.rules import examine
from fcbench_action.language.interface.rules.names import shape
from fcbench_action.language.interface.rules.scope import Scope
from fcbench_action.language.interface.walk import alternatives
from fcbench_action.language.near import Hints, Nearest, quoted

__all__ = [
    "OPERATIONS",
    "SCHEMAS",
    "Operations",
    "OperationsTask",
    "Payload",
    "Probe",
    "Schemas",
    "SchemasTask",
]


def compile_operations(task: OperationsTask, answer: Operations) -> list[Diagnostic]:
    """Exactly the endpoints asked for, and sound as far as operations without schemas can be."""
    written = {(o.method, shape(o.path)) for o in answer.operations}
    scope = Scope(
        operations=answer.operations,
        actors=task.actors,
        given_operations=tuple(o for o in task.given if (o.method, shape(o.path)) not in written),
        pinned=task.endpoints,
        glossary=frozenset(task.types),
        database=task.database,
    )
    return sort([*_endpoints(task, answer), *examine(scope)])


def _endpoints(task: OperationsTask, answer: Operations) -> Iterator[Diagnostic]:
    wanted = {(e.method, e.path): f"{e.method} {e.path}" for e in task.endpoints}
    nearest = Nearest(wanted.values(), Hints())
    written = {(o.method, o.path) for o in answer.operations}
    for key, endpoint in wanted.items():
        if key not in written:
            yield codes.MISSING_OPERATION.at(
                ("operations",),
                f"The operation {quoted(endpoint)} was asked for and is not there.",
                expected=quoted(endpoint),
            )
    for index, operation in enumerate(answer.operations):
        if (operation.method, operation.path) not in wanted:
            endpoint = f"{operation.method} {operation.path}"
            yield codes.UNEXPECTED_OPERATION.at(
                ("operations", index, "path"),
                f"The operation {quoted(endpoint)} was not asked for.{nearest.hint(endpoint)}",
                expected="method and path of an operation that was asked for, exactly as written there",
                actual=quoted(endpoint),
            )


def compile_schemas(task: SchemasTask, answer: Schemas) -> list[Diagnostic]:
    """Exactly the types asked for, sound, and objects where operations use them as bodies."""
    scope = Scope(
        schemas=answer.schemas,
        schemas_at=("schemas",),
        given_schemas={name: s for name, s in task.given.items() if name not in answer.schemas},
        database=task.database,
    )
    return sort([*_types(task, answer), *_bodies(task, scope), *examine(scope)])


def _types(task: SchemasTask, answer: Schemas) -> Iterator[Diagnostic]:
    nearest = Nearest([*task.wanted, *task.helpers], Hints())
    for name in task.wanted:
        if name not in answer.schemas:
            yield codes.MISSING_TYPE.at(
                ("schemas",),
                f"The type {quoted(name)} was asked for and is not there.",
                expected=f"a schema named {quoted(name)}",
            )
    for name in answer.schemas:
        if name not in task.wanted and name not in task.helpers:
            yield codes.UNEXPECTED_TYPE.at(
                ("schemas", name),
                f"The type {quoted(name)} was not asked for.{nearest.hint(name)}",
                expected="only types that were asked for",
                actual=quoted(name),
            )


def _bodies(task: SchemasTask, scope: Scope) -> Iterator[Diagnostic]:
    bodies = [body for o in task.operations for body in (o.request_body, o.response_body) if body]
    for name in sorted({body.type_name for body in bodies} & scope.schemas.keys()):
        leaves = alternatives(scope.types, named(name))
        if leaves is not None and not all(isinstance(leaf, Object) for leaf in leaves):
            yield codes.NON_OBJECT_BODY.at(
                ("schemas", name),
                f"{quoted(name)} is the type of a body and accepts values that are no objects.",
                expected="an object schema, or a oneOf of objects",
            )


def emit_openapi_file(answers: Mapping[str, Operations | Schemas]) -> dict[str, str]:
    """``api/openapi.json``: operations and types of all cases of both functions, sorted.

    Types that no answer defines are left open.
    """
    operations: dict[tuple[str, str], Operation] = {}
    schemas: dict[str, Schema] = {}
    for case_id in sorted(answers):
        answer = answers[case_id]
        if isinstance(answer, Operations):
            operations |= {(operation.path, operation.method): operation for operation in answer.operations}
        else:
            schemas |= answer.schemas
    document = Document(
        operations=tuple(operations[key] for key in sorted(operations)),
        components=Components(schemas=dict(sorted(schemas.items()))),
    )
    return {"api/openapi.json": emit_openapi(document)}


OPERATIONS = Function(
    name="interface.operations",
    phase="interface",
    title="Operations of an API",
    description="Defines operations of an HTTP API: who may call them, what they take and what they return.",
    argument=Operations,
    prompt=operations_prompt,
    compile=compile_operations,
    grade=grade_operations,
    emit=emit_openapi_file,
)
SCHEMAS = Function(
    name="interface.schemas",
    phase="interface",
    title="Types of an API",
    description="Defines types of an HTTP API as schemas that say exactly which values they accept.",
    argument=Schemas,
    prompt=schemas_prompt,
    compile=compile_schemas,
    grade=grade_schemas,
    emit=emit_openapi_file,
)
