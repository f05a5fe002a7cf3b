"""Grades of answers that compile: by what they accept and refuse, and by what they say where that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from fcbench_action.functions.base import Grade, Part, total
from fcbench_action.functions.interface_tasks import (
    Operations,
    OperationsTask,
    Payload,
    Probe,
    Schemas,
    SchemasTask,
)
from fcbench_action.language.interface.nodes import Body, Object, Operation, Schema
from fcbench_action.language.interface.payload import accepts, named
from fcbench_action.language.interface.rules.names import shape
from fcbench_action.language.interface.walk import alternatives

PAYLOAD_WEIGHT = 3.0
"""Points of a type for its payloads, where its property names are worth one."""

_Key = tuple[str, str]


class Trial(Protocol):
    """A value that a schema must accept or refuse."""

    @property
    def accepted(self) -> bool:
        """Which of the two."""


def grade_operations(task: OperationsTask, answer: Operations) -> Grade:
    """Points for each operation asked for: actor, authorization, bodies, parameters, what comes before."""
    written = {_key(o.method, o.path): o for o in answer.operations}
    before = {
        _key(o.method, o.path): [_key(p.endpoint.method, p.endpoint.path) for p in o.prerequisites]
        for o in (*task.given, *task.reference.operations)
    }
    probes: dict[_Key, list[Probe]] = {}
    for probe in task.probes:
        probes.setdefault(_key(probe.method, probe.path), []).append(probe)
    parts: list[Part] = []
    for reference in task.reference.operations:
        key = _key(reference.method, reference.path)
        parts += _grade_operation(reference, written.get(key), before, probes.get(key, []))
    return total(parts)


def _grade_operation(
    wanted: Operation, got: Operation | None, before: Mapping[_Key, list[_Key]], probes: list[Probe]
) -> list[Part]:
    name = f"{wanted.method} {wanted.path}"
    if got is None:
        return [Part(name, 0.0, 5.0, ("is not there",))]
    pairs = [
        ("actor", wanted.authorization_role, got.authorization_role),
        ("authorization", wanted.authorization_type, got.authorization_type),
        ("request body", _type(wanted.request_body), _type(got.request_body)),
        ("response body", _type(wanted.response_body), _type(got.response_body)),
    ]
    parts = [_equal(f"{name}: {what}", expected, actual) for what, expected, actual in pairs]
    parts.append(_equal(f"{name}: prerequisites", _all_before(wanted, before), _all_before(got, before)))
    if probes:
        parts.append(_probed(f"{name}: parameters", probes, got))
    return parts


def _type(body: Body | None) -> str | None:
    return body.type_name if body else None


def _equal(name: str, expected: Any, actual: Any) -> Part:
    if expected == actual:
        return Part(name, 1.0, 1.0)
    return Part(name, 0.0, 1.0, (f"expected {_said(expected)}, got {_said(actual)}",))


def _said(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(f"{method} {path}" for method, path in value)) or "none"
    return "none" if value is None else str(value)


def _all_before(operation: Operation, before: Mapping[_Key, list[_Key]]) -> frozenset[_Key]:
    """The operations that have to come before, directly or not."""
    rest = [_key(p.endpoint.method, p.endpoint.path) for p in operation.prerequisites]
    found: set[_Key] = set()
    while rest:
        key = rest.pop()
        if key not in found:
            found.add(key)
            rest += before.get(key, ())
    return frozenset(found)


def _key(method: str, path: str) -> _Key:
    return method, shape(path)


def _probed(name: str, probes: list[Probe], operation: Operation) -> Part:
    schemas = {parameter.name: parameter.schema for parameter in operation.parameters}
    verdicts = [
        (probe, probe.parameter in schemas and accepts({}, schemas[probe.parameter], probe.value))
        for probe in probes
    ]
    misses = tuple(_miss(f"{p.parameter} {p.value!r}", p, got) for p, got in verdicts if got != p.accepted)
    return Part(name, _discernment(verdicts), 1.0, misses)


def grade_schemas(task: SchemasTask, answer: Schemas) -> Grade:
    """Points for each type asked for: what payloads it accepts and refuses, and its property names."""
    theirs = {**task.given, **answer.schemas}
    ours = {**task.given, **task.reference.schemas}
    parts: list[Part] = []
    for name in task.wanted:
        payloads = [payload for payload in task.payloads if payload.type == name]
        if payloads:
            parts.append(_tried(name, payloads, theirs))
        parts.append(_properties(name, ours, theirs))
    return total(parts)


def _tried(name: str, payloads: list[Payload], schemas: Mapping[str, Schema]) -> Part:
    verdicts = [(payload, accepts(schemas, named(name), payload.value)) for payload in payloads]
    misses = tuple(_miss(payload.name, payload, got) for payload, got in verdicts if got != payload.accepted)
    return Part(f"{name}: payloads", PAYLOAD_WEIGHT * _discernment(verdicts), PAYLOAD_WEIGHT, misses)


def _miss(what: str, trial: Payload | Probe, accepted: bool) -> str:
    because = f" ({trial.requirement})" if trial.requirement else ""
    return f"{'accepts' if accepted else 'refuses'} {what}{because}"


def _discernment(verdicts: Iterable[tuple[Trial, bool]]) -> float:
    """The share rightly accepted plus the share rightly refused, minus one, and not below 0.

    Where only one kind is tried, its share.
    """
    shares = []
    for wanted in (True, False):
        right = [got == wanted for trial, got in verdicts if trial.accepted == wanted]
        if right:
            shares.append(sum(right) / len(right))
    return max(0.0, sum(shares) - len(shares) + 1)


def _properties(name: str, ours: Mapping[str, Schema], theirs: Mapping[str, Schema]) -> Part:
    """Common property names over all property names."""
    expected, actual = _names(ours, name), _names(theirs, name)
    every = expected | actual
    share = len(expected & actual) / len(every) if every else 1.0
    misses = [f"lacks {missing}" for missing in sorted(expected - actual)]
    misses += [f"has {extra}" for extra in sorted(actual - expected)]
    return Part(f"{name}: properties", share, 1.0, tuple(misses))


def _names(schemas: Mapping[str, Schema], name: str) -> set[str]:
    leaves = alternatives(schemas, named(name)) or []
    return {prop for leaf in leaves if isinstance(leaf, Object) for prop in leaf.properties}
