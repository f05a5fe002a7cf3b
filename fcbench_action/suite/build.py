"""From a topic's files to the tasks of its cases: one builder a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from fcbench_action.functions import FUNCTIONS
from fcbench_action.functions.database import Entry, TablesTask, Term
from fcbench_action.functions.interface import Operations, OperationsTask, Payload, Schemas, SchemasTask
from fcbench_action.language.database.nodes import Application, File
from fcbench_action.language.interface.nodes import REFERENCE_PREFIX, Endpoint, Operation, Schema
from fcbench_action.suite.build_analysis import entities_task, permissions_task
from fcbench_action.suite.build_plans import components_task, endpoints_task, scenarios_task
from fcbench_action.suite.build_programs import realization_task, scenario_task
from fcbench_action.suite.case import Case
from fcbench_action.suite.material import (
    CASES,
    CaseFile,
    Module,
    OperationsCase,
    SchemasCase,
    TablesCase,
    Topic,
)
from fcbench_action.suite.place import Missing, Place, TextPlace, endpoint, head, known
from fcbench_action.suite.source import BrokenSuite, Fault
from fcbench_action.suite.vary import NoSuchPlace, vary

_REFERENCE = re.compile(re.escape(f'"$ref":"{REFERENCE_PREFIX}') + r'([^"]+)"')


@dataclass(frozen=True, slots=True)
class Built:
    """A case, and where its declaration and its reference stand."""

    case: Case
    declared: Place
    reference: Place | TextPlace


def build(topic: Topic) -> list[Built]:
    """Every case of a topic, by module, function and target. Raises BrokenSuite with every loose end."""
    built: list[Built] = []
    faults: list[Fault] = []
    for module in topic.modules.values():
        for function in CASES:
            for index, case in enumerate(module.cases[function]):
                place = Place(module.sources[f"cases/{function}.json"], (index,))
                try:
                    built.append(_build(topic, module, function, case, place))
                except Missing as missing:
                    faults.append(place.fault(missing.path, str(missing)))
    if faults:
        raise BrokenSuite(faults)
    return built


def _build(topic: Topic, module: Module, function: str, case: CaseFile, declared: Place) -> Built:
    task, reference = _BUILDERS[function](topic, module, case)
    return Built(
        Case(
            id=f"{topic.name}/{module.name}/{function}/{case.target}",
            topic=topic.name,
            module=module.name,
            function=FUNCTIONS[function],
            target=case.target,
            title=case.title,
            requirements=case.requirements,
            task=task,
            variant=topic.variant,
        ),
        declared,
        reference,
    )


def _tables(topic: Topic, module: Module, case: TablesCase) -> tuple[TablesTask, Place]:
    files = {file.filename: index for index, file in enumerate(module.database.files)}
    index = known(files, case.file, ("file",), "file of tables")
    reference = module.database.files[index]
    entries: list[Entry] = []
    for model in reference.models:
        terms = known(module.glossary.tables, model.name, (), "table of the glossary")
        columns = tuple(Term(name=name, meaning=meaning) for name, meaning in terms.columns.items())
        entries.append(Entry(name=model.name, meaning=terms.meaning, columns=columns))
    task = TablesTask(
        **head(topic, module, case),
        glossary=tuple(entries),
        filename=reference.filename,
        namespace=reference.namespace,
        given=_files_behind(topic, reference, case.given),
        reference=reference,
        probes=case.probes,
    )
    return task, Place(module.sources["reference/database.json"], ("files", index))


def _operations(topic: Topic, module: Module, case: OperationsCase) -> tuple[OperationsTask, Place]:
    own = {endpoint(operation): index for index, operation in enumerate(module.operations.operations)}
    wanted = [known(own, e, ("endpoints", i), "endpoint") for i, e in enumerate(case.endpoints)]
    reference = Operations(operations=tuple(module.operations.operations[index] for index in wanted))
    everywhere = {endpoint(o): o for m in topic.modules.values() for o in m.operations.operations}
    task = OperationsTask(
        **head(topic, module, case),
        actors=topic.file.actors,
        endpoints=tuple(Endpoint(method=o.method, path=o.path) for o in reference.operations),
        types=module.glossary.types,
        reference=reference,
        database=_database(topic, case.database),
        given=tuple(known(everywhere, e, ("given", i), "endpoint") for i, e in enumerate(case.given)),
        probes=case.probes,
    )
    return task, Place(module.sources["reference/operations.json"], (), tuple(wanted))


def _schemas(topic: Topic, module: Module, case: SchemasCase) -> tuple[SchemasTask, Place]:
    own = module.schemas.schemas
    reference = {n: known(own, n, ("types", i), "type") for i, n in enumerate(case.types)}
    everywhere = {n: s for m in topic.modules.values() for n, s in m.schemas.schemas.items()}
    meanings = {n: known(module.glossary.types, n, (), "type of the glossary") for n in reference}
    names = sorted({name for schema in reference.values() for name in _property_names(schema)})
    task = SchemasTask(
        **head(topic, module, case),
        operations=tuple(_users(topic, reference)),
        wanted={n: meanings[n] for n in reference if n not in case.helpers},
        properties={n: known(module.glossary.properties, n, (), "property of the glossary") for n in names},
        reference=Schemas(schemas=reference),
        payloads=(*case.payloads, *_varied(case)),
        database=_database(topic, case.database),
        given=_schemas_behind(reference, everywhere),
        helpers={n: meanings[n] for n in case.helpers},
    )
    return task, Place(module.sources["reference/schemas.json"])


def _varied(case: SchemasCase) -> Iterator[Payload]:
    """The payloads of a case's variations."""
    bases = {(payload.type, payload.name): payload for payload in case.payloads if payload.accepted}
    for index, variation in enumerate(case.variations):
        base = bases.get((variation.type, variation.of))
        if base is None:
            reason = f"there is no accepted payload {variation.of!r} of the type {variation.type}"
            raise Missing(("variations", index, "of"), reason)
        try:
            yield from vary(variation, base.value)
        except NoSuchPlace as error:
            reason = f"the payload {variation.of!r} has no {error}"
            raise Missing(("variations", index), reason) from error


_BUILDERS: dict[str, Callable[[Topic, Module, Any], tuple[Any, Place | TextPlace]]] = {
    "analyze.entities": entities_task,
    "analyze.permissions": permissions_task,
    "database.components": components_task,
    "database.tables": _tables,
    "interface.endpoints": endpoints_task,
    "interface.operations": _operations,
    "interface.schemas": _schemas,
    "test.scenarios": scenarios_task,
    "test.write": scenario_task,
    "realize.operation": realization_task,
}


def _files_behind(topic: Topic, file: File, named: tuple[str, ...]) -> tuple[File, ...]:
    """The named files, and all that they or ``file`` refer to, directly or not, in the order of the topic."""
    files = _files(topic)
    home = {model.name: other.filename for other in files.values() for model in other.models}
    found = {file.filename}
    pending = [file, *(known(files, name, ("given", i), "file of tables") for i, name in enumerate(named))]
    while pending:
        one = pending.pop()
        found.add(one.filename)
        targets = {key.relation.target_model for model in one.models for key in model.foreign_fields}
        pending += [files[name] for name in {home[t] for t in targets if t in home} - found]
    return tuple(other for name, other in files.items() if name in found - {file.filename})


def _files(topic: Topic) -> dict[str, File]:
    return {file.filename: file for m in topic.modules.values() for file in m.database.files}


def _database(topic: Topic, filenames: tuple[str, ...]) -> Application:
    files = _files(topic)
    chosen = [known(files, name, ("database", i), "file of tables") for i, name in enumerate(filenames)]
    return Application(files=tuple(chosen))


def _users(topic: Topic, types: Iterable[str]) -> Iterable[Operation]:
    """The topic's operations that take or give one of ``types``."""
    wanted = set(types)
    for module in topic.modules.values():
        for operation in module.operations.operations:
            bodies = (operation.request_body, operation.response_body)
            if any(body is not None and body.type_name in wanted for body in bodies):
                yield operation


def _schemas_behind(schemas: dict[str, Schema], everywhere: dict[str, Schema]) -> dict[str, Schema]:
    """The schemas of other cases that ``schemas`` refer to, directly or not."""
    found: dict[str, Schema] = {}
    pending: list[Schema] = list(schemas.values())
    while pending:
        for name in _REFERENCE.findall(msgspec.json.encode(pending.pop()).decode()):
            if name in everywhere and name not in schemas and name not in found:
                found[name] = everywhere[name]
                pending.append(everywhere[name])
    return dict(sorted(found.items()))


def _property_names(node: Any) -> set[str]:
    """The names of all properties in a schema, nested ones included."""
    names: set[str] = set()
    pending = [msgspec.to_builtins(node)]
    while pending:
        inner = pending.pop()
        if inner["type"] == "object":
            names |= inner["properties"].keys()
            pending += inner["properties"].values()
        pending += inner.get("oneOf", ())
        if "items" in inner:
            pending.append(inner["items"])
    return names
