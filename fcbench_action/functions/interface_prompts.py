"""What a model is told in the interface phase: the case, compactly, and nothing of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fcbench_action.functions.base import Prompt
from fcbench_action.functions.interface_tasks import OperationsTask, SchemasTask
from fcbench_action.functions.prompts import head, section
from fcbench_action.language.database.nodes import Application, Model
from fcbench_action.language.interface.nodes import Actor, Object, Operation, Schema
from fcbench_action.language.interface.walk import alternatives

_SYSTEM = (
    "You design the HTTP API of a backend. Answer with one call of the function `{tool}` whose argument is "
    "complete; text outside the call is not read. The descriptions in the function's schema are binding. "
    "A compiler checks the argument, and then it is tried out."
)
_ENDPOINTS = (
    "Exactly the operations below, written as here. Who may call each, what it takes and what it returns "
    "follows from the requirements."
)
_TYPES = "Bodies are of these types, which somebody else defines. Not all of them are needed here."
_GIVEN_OPERATIONS = (
    "Somebody else defines them. Prerequisites may name them, and only them and the operations to define."
)
_TABLES = "`?` marks what may be null, and an arrow the table that a foreign key refers to."
_WANTED = (
    "Exactly the types below. Which properties each has, which of them may be left out or null, and what "
    "values they take follows from the requirements."
)
_HELPERS = "You may define these as well, if you refer to them:"
_PROPERTIES = (
    "The properties of all types to define bear these names. A name may occur in several types, and mean "
    "other values there."
)
_GIVEN_TYPES = "Somebody else defines them. Refer to them where they fit; do not define them again."


def operations_prompt(task: OperationsTask) -> Prompt:
    """The prompt of a case of ``interface.operations``."""
    sections = [
        *head(task),
        section("Actors", "", map(_actor, task.actors)),
        section("Operations to define", _ENDPOINTS, (f"{e.method} {e.path}" for e in task.endpoints)),
        section("Types", _TYPES, _terms(task.types)),
        section("Other operations", _GIVEN_OPERATIONS, map(_known_operation, task.given)),
        _tables(task.database),
    ]
    return Prompt(_SYSTEM.format(tool="interface_operations"), "\n\n".join(filter(None, sections)) + "\n")


def schemas_prompt(task: SchemasTask) -> Prompt:
    """The prompt of a case of ``interface.schemas``."""
    sections = [
        *head(task),
        section("Types to define", _WANTED, _terms(task.wanted)),
        section("Helpers", _HELPERS, _terms(task.helpers)),
        section("Names of properties", _PROPERTIES, _terms(task.properties)),
        section("Types that exist already", _GIVEN_TYPES, _given_types(task.given)),
        section("Operations that use the types", "", map(_signature, task.operations)),
        _tables(task.database),
    ]
    return Prompt(_SYSTEM.format(tool="interface_schemas"), "\n\n".join(filter(None, sections)) + "\n")


def _terms(terms: Mapping[str, str]) -> Iterable[str]:
    return (f"`{name}`: {meaning}" for name, meaning in terms.items())


def _actor(actor: Actor) -> str:
    return f"`{actor.name}` ({actor.kind}): {actor.description}"


def _known_operation(operation: Operation) -> str:
    return f"{operation.method} {operation.path} (`{operation.name}`): {operation.summary}"


def _signature(operation: Operation) -> str:
    takes = operation.request_body.type_name if operation.request_body else "nothing"
    gives = operation.response_body.type_name if operation.response_body else "nothing"
    return f"{operation.method} {operation.path}: takes {takes}, returns {gives}. {operation.summary}"


def _given_types(given: Mapping[str, Schema]) -> Iterable[str]:
    for name, schema in given.items():
        leaves = [leaf for leaf in alternatives(given, schema) or [] if isinstance(leaf, Object)]
        properties = dict.fromkeys(p for leaf in leaves for p in leaf.properties)
        yield f"`{name}`: {', '.join(properties)}" if properties else f"`{name}`"


def _tables(database: Application | None) -> str:
    files = database.files if database else ()
    return section("Tables", _TABLES, (_table(model) for file in files for model in file.models))


def _table(model: Model) -> str:
    columns = [f"{model.primary_field.name} uuid"]
    columns += [
        f"{f.name} uuid{'?' if f.nullable else ''} -> {f.relation.target_model}" for f in model.foreign_fields
    ]
    columns += [f"{f.name} {f.type}{'?' if f.nullable else ''}" for f in model.plain_fields]
    return f"`{model.name}`: {', '.join(columns)}"
