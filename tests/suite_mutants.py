"""Wrong answers made from references by one deliberate defect each, to see whether grading notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from fcbench_action.functions.database_components import ComponentPlan
from fcbench_action.functions.interface import Operations, Schemas
from fcbench_action.functions.interface_endpoints import EndpointPlan
from fcbench_action.functions.scenarios import ScenarioPlan
from fcbench_action.language.database.nodes import File

Mutant = tuple[str, Any]
"""What was done, in words, and the answer."""

_OTHER_TYPE = {
    "boolean": "int",
    "int": "double",
    "double": "int",
    "uri": "string",
    "uuid": "string",
    "datetime": "string",
}
_LIMITS = (
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "format",
    "uniqueItems",
)


def wrong_tables(reference: File) -> Iterator[Mutant]:
    """Files of tables with one key, nullability, type, uniqueness or target changed."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    for place, change, words in _table_changes(plain):
        yield words, msgspec.convert(_changed(plain, place, change), File)


def wrong_schemas(reference: Schemas) -> Iterator[Mutant]:
    """Types with one limit dropped, one requirement turned, one alternative lost, one door left open."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    for name, schema in plain["schemas"].items():
        for place, change, words in _schema_changes(("schemas", name), schema):
            yield f"{name}: {words}", msgspec.convert(_changed(plain, place, change), Schemas)


def wrong_operations(reference: Operations) -> Iterator[Mutant]:
    """Operations with one actor, body, prerequisite or parameter changed."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    for index, operation in enumerate(plain["operations"]):
        at, said = ("operations", index), f"{operation['method']} {operation['path']}"
        role = operation["authorizationRole"]
        yield from _operation(
            plain, (*at, "authorizationRole"), None if role else "support", f"{said}: actor"
        )
        for body in ("requestBody", "responseBody"):
            if operation[body]:
                yield from _operation(plain, (*at, body), None, f"{said}: no {body}")
        if operation.get("prerequisites"):
            yield from _operation(plain, (*at, "prerequisites"), [], f"{said}: no prerequisites")
        for i, parameter in enumerate(operation["parameters"]):
            loose = {"type": "string", "description": ""}
            yield from _operation(
                plain, (*at, "parameters", i, "schema"), loose, f"{said}: {parameter['name']}"
            )


def _operation(plain: Any, place: tuple[Any, ...], value: Any, words: str) -> Iterator[Mutant]:
    yield words, msgspec.convert(_changed(plain, place, lambda _: value), Operations)


def _table_changes(plain: Any) -> Iterator[tuple[tuple[Any, ...], Any, str]]:
    for m, model in enumerate(plain["models"]):
        at, name = ("models", m), model["name"]
        for i, index in enumerate(model["uniqueIndexes"]):
            yield (*at, "uniqueIndexes"), _without(i), f"{name}: no unique {index['fieldNames']}"
            if len(index["fieldNames"]) > 1:
                first = [{**index, "fieldNames": index["fieldNames"][:1]}]
                yield (
                    (*at, "uniqueIndexes"),
                    _instead(i, first),
                    f"{name}: unique {index['fieldNames'][0]} alone",
                )
        for i, key in enumerate(model["foreignFields"]):
            field = (*at, "foreignFields", i)
            said = f"{name}.{key['name']}"
            for flag in ("nullable", "unique"):
                yield (*field, flag), lambda value: not value, f"{said}: {flag} turned"
            if key["relation"]["targetModel"] != name:
                yield (*field, "relation", "targetModel"), lambda _, n=name: n, f"{said}: another target"
            yield at, _plainly(i), f"{said}: no foreign key"
        for i, column in enumerate(model["plainFields"]):
            field, said = (*at, "plainFields", i), f"{name}.{column['name']}"
            yield (*field, "nullable"), lambda value: not value, f"{said}: nullable turned"
            if column["type"] in _OTHER_TYPE:
                yield (*field, "type"), lambda value: _OTHER_TYPE[value], f"{said}: another type"


def _plainly(index: int) -> Any:
    def change(model: Any) -> Any:
        key = model["foreignFields"][index]
        column = {name: key[name] for name in ("name", "type", "description", "nullable")}
        keys = _without(index)(model["foreignFields"])
        return {**model, "foreignFields": keys, "plainFields": [*model["plainFields"], column]}

    return change


def _schema_changes(at: tuple[Any, ...], schema: Any) -> Iterator[tuple[tuple[Any, ...], Any, str]]:
    said = ".".join(str(part) for part in at[2:]) or "itself"
    for limit in _LIMITS:
        if schema.get(limit) is not None:
            yield at, _dropped(limit), f"{said} without {limit}"
    if schema["type"] == "object":
        yield (*at, "additionalProperties"), lambda _: True, f"{said} open to further properties"
        for name, inner in schema["properties"].items():
            turned = [n for n in schema["required"] if n != name]
            if name in schema["required"]:
                yield (*at, "required"), lambda _, t=turned: t, f"{said}: {name} may be left out"
            else:
                yield (*at, "required"), lambda r, n=name: [*r, n], f"{said}: {name} required"
            yield from _schema_changes((*at, "properties", name), inner)
    if schema["type"] == "array":
        yield from _schema_changes((*at, "items"), schema["items"])
    if schema["type"] == "integer":
        yield (*at, "type"), lambda _: "number", f"{said}: any number"
    if schema["type"] == "oneOf":
        for i, one in enumerate(schema["oneOf"]):
            if len(schema["oneOf"]) > 2:
                yield (*at, "oneOf"), _without(i), f"{said} without alternative {i}"
            else:
                other = schema["oneOf"][1 - i]
                yield at, lambda _, o=other: o, f"{said} only {other['type']}"
            yield from _schema_changes((*at, "oneOf", i), one)
    elif schema["type"] != "null":
        yield at, lambda s: {"type": "oneOf", "oneOf": [s, {"type": "null"}]}, f"{said} or null"


def _changed(plain: Any, place: tuple[Any, ...], change: Any) -> Any:
    if not place:
        return change(plain)
    head, rest = place[0], place[1:]
    if isinstance(plain, list):
        return [_changed(v, rest, change) if i == head else v for i, v in enumerate(plain)]
    return {**plain, head: _changed(plain.get(head), rest, change)}


def _dropped(name: str) -> Any:
    return lambda schema: {key: value for key, value in schema.items() if key != name}


def _without(index: int) -> Any:
    return lambda items: [item for i, item in enumerate(items) if i != index]


def _instead(index: int, new: list[Any]) -> Any:
    return lambda items: [*items[:index], *new, *items[index + 1 :]]


def wrong_components(reference: ComponentPlan) -> Iterator[Mutant]:
    """Plans of a database with one table moved, one need dropped or turned, one statement dropped."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    for c, component in enumerate(plain["components"]):
        for number in component["statements"]:
            kept = [other for other in component["statements"] if other != number]
            yield _made(plain, ("components", c, "statements"), kept, f"without {number}", ComponentPlan)
        for t, table in enumerate(component["tables"]):
            at = ("components", c, "tables", t, "needs")
            for n, need in enumerate(table["needs"]):
                words = f"{table['name']} -> {need['table']}"
                others = [other for i, other in enumerate(table["needs"]) if i != n]
                yield _made(plain, at, others, f"without {words}", ComponentPlan)
                yield _made(
                    plain, (*at, n, "required"), not need["required"], f"{words} turned", ComponentPlan
                )


def wrong_endpoints(reference: EndpointPlan) -> Iterator[Mutant]:
    """Plans of an API with one method, actor, path or list of statements changed."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    parts = [part for endpoint in plain["endpoints"] for part in endpoint["path"] if part["type"] == "word"]
    for index, endpoint in enumerate(plain["endpoints"]):
        at, said = ("endpoints", index), endpoint["purpose"]
        other = "get" if endpoint["method"] != "get" else "patch"
        yield _made(plain, (*at, "method"), other, f"{said}: method", EndpointPlan)
        actor = None if endpoint["actor"] else "member"
        yield _made(plain, (*at, "actor"), actor, f"{said}: actor", EndpointPlan)
        last = [part for part in endpoint["path"] if part["type"] == "word"][-1]
        longer = [*endpoint["path"], next(part for part in parts if part != last)]
        yield _made(plain, (*at, "path"), longer, f"{said}: path", EndpointPlan)
        if endpoint["statements"]:
            yield _made(plain, (*at, "statements"), [], f"{said}: statements", EndpointPlan)


def wrong_scenarios(reference: ScenarioPlan) -> Iterator[Mutant]:
    """Plans of tests in which one operation verifies nothing, is never refused so, or never succeeds."""
    plain = msgspec.json.decode(msgspec.json.encode(reference))
    steps = [step for scenario in plain["scenarios"] for step in scenario["steps"]]
    keys = {(s["endpoint"]["method"], s["endpoint"]["path"]) for s in steps if s["verifies"]}
    for method, path in sorted(keys):
        endpoint = {"method": method, "path": path}
        yield (
            f"{method} {path} verifies nothing",
            _steps(plain, lambda s, e=endpoint: {**s, "verifies": []} if s["endpoint"] == e else s),
        )
        for status in sorted({s["refused"] for s in steps if s["endpoint"] == endpoint} & {403, 404, 409}):
            yield (
                f"{method} {path} is never refused with {status}",
                _steps(
                    plain,
                    lambda s, e=endpoint, r=status: None if (s["endpoint"], s["refused"]) == (e, r) else s,
                ),
            )


def _steps(plain: Any, change: Any) -> ScenarioPlan:
    """The plan with every step changed, or left out where that gives None."""
    scenarios = []
    for scenario in plain["scenarios"]:
        steps = [changed for step in scenario["steps"] if (changed := change(step)) is not None]
        busy = {step["client"] for step in steps}
        clients = [client for client in scenario["clients"] if client["name"] in busy]
        if steps:
            scenarios.append({**scenario, "steps": steps, "clients": clients})
    return msgspec.convert({"scenarios": scenarios}, ScenarioPlan)


def _made(plain: Any, place: tuple[Any, ...], value: Any, words: str, kind: Any) -> Mutant:
    return words, msgspec.convert(_changed(plain, place, lambda _: value), kind)
