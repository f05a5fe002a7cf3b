"""Real interface documents that many language models made, and that AutoBE's compiler accepted.

Each refusal of ours is listed here with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from openapi_spec_validator import OpenAPIV31SpecValidator

from fcbench_action.diagnostics import Diagnostic, errors, render_path
from fcbench_action.errors import BadInput
from fcbench_action.language import database, interface
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface.nodes import (
    Body,
    Document,
    Object,
    OneOf,
    Reference,
    Schema,
    String,
)
from fcbench_action.language.interface.openapi import openapi
from fcbench_action.language.interface.payload import accepts, named
from fcbench_action.language.interface.read import normalise
from fcbench_action.language.interface.walk import walk
from tests.interface_trees import closed, nullable

ACCEPTED = {
    "anthropic/claude-sonnet-4.5/reddit",
    "anthropic/claude-sonnet-4.5/todo",
    "openai/gpt-4.1/todo",
    "openai/gpt-5/todo",
}

REFUSED = {
    # A user's type presents the table "User", in a database that has one table, of todos.
    "deepseek/deepseek-v3.1-terminus/todo": {"untraceable-table": 1},
    # Bodies of types that are just `null` or `string`: nothing can be sent in them.
    "meta-llama/llama-4-maverick/todo": {"non-object-body": 7},
    # GET and PUT of the same replies twice, with differently named placeholders, which the second set leaves
    # without parameters; joining and logging in that only members, moderators or admins may call.
    "openai/gpt-4.1-mini/bbs": {
        "duplicate-endpoint": 7,
        "inconsistent-path": 7,
        "contradictory-authorization": 6,
    },
    # Two types require an "id" that they do not declare; a table named like a type; joining and logging in
    # that only those may call who have joined.
    "openai/gpt-4.1-mini/shopping": {
        "undeclared-required-property": 2,
        "untraceable-table": 1,
        "contradictory-authorization": 3,
    },
    # Alternatives that only say `required`, beside properties that nobody declares; a lookahead.
    "openai/gpt-5-mini/bbs": {"undeclared-required-property": 2, "invalid-pattern": 1},
    # The same, a oneOf of one alternative, and two operations named `index` on paths that differ in
    # placeholders only, so that a client would have two functions of one name.
    "openai/gpt-5-mini/reddit": {
        "undeclared-required-property": 3,
        "too-few-alternatives": 2,
        "duplicate-operation-name": 1,
    },
    # Alternatives that only say `required`.
    "openai/gpt-5/bbs": {"undeclared-required-property": 10},
    # The same, and three passwords that are checked with lookahead.
    "openai/gpt-5/reddit": {"undeclared-required-property": 10, "invalid-pattern": 3},
    # Joining and logging in that only members may call.
    "qwen/qwen3-next-80b-a3b-instruct/bbs": {"contradictory-authorization": 2},
    # The same, and the name of the table written among the properties.
    "qwen/qwen3-next-80b-a3b-instruct/todo": {
        "contradictory-authorization": 2,
        "invalid-property-name": 3,
    },
}

NAMES = sorted(ACCEPTED | REFUSED.keys())


def read(artifacts: Path, name: str) -> Document:
    return interface.read((artifacts / name / "document.json").read_bytes(), tolerate_unknown=True)


def tables(artifacts: Path, name: str) -> Application | None:
    file = artifacts / name / "prisma.json"
    return database.read(file.read_bytes(), tolerate_unknown=True) if file.is_file() else None


def refusals(found: list[Diagnostic]) -> dict[str, int]:
    return dict(Counter(d.code for d in errors(found)))


def test_every_artifact_is_listed(artifacts: Path) -> None:
    files = artifacts.glob("*/*/*/document.json")
    assert sorted(str(file.parent.relative_to(artifacts)) for file in files) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_artifact_compiles_but_for_listed_faults(artifacts: Path, name: str) -> None:
    found = interface.check(read(artifacts, name), tables(artifacts, name))
    assert refusals(found) == REFUSED.get(name, {})


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_what_compiles_is_emitted_as_valid_openapi(artifacts: Path, name: str) -> None:
    assert list(OpenAPIV31SpecValidator(openapi(read(artifacts, name))).iter_errors()) == []


@pytest.mark.parametrize("name", NAMES)
def test_reading_keeps_every_operation_and_type(artifacts: Path, name: str) -> None:
    raw = msgspec.json.decode((artifacts / name / "document.json").read_bytes())
    document = read(artifacts, name)
    assert len(document.operations) == len(raw["operations"])
    assert list(document.components.schemas) == list(raw["components"]["schemas"])


def test_without_tolerance_an_extra_property_is_named(artifacts: Path) -> None:
    text = (artifacts / "openai/gpt-5/bbs" / "document.json").read_bytes()
    with pytest.raises(BadInput, match="unknown field"):
        interface.read(text)


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_a_tree_reads_back_as_itself(artifacts: Path, name: str) -> None:
    document = read(artifacts, name)
    text = msgspec.json.encode(document)
    assert msgspec.json.decode(text, type=Document) == document
    assert normalise(msgspec.json.decode(text)) == msgspec.json.decode(text)


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_renaming_a_type_away_is_found_at_every_use(artifacts: Path, name: str) -> None:
    document = read(artifacts, name)
    schemas = document.components.schemas
    visits = [
        visit
        for type_name, schema in schemas.items()
        for visit in walk(("components", "schemas", type_name), schema)
    ]
    for gone in list(schemas)[:10]:
        uses = {
            render_path((*visit.path, "$ref"))
            for visit in visits
            if isinstance(visit.schema, Reference)
            and visit.schema.ref.endswith(f"/{gone}")
            and visit.path[2] != gone
        }
        for index, operation in enumerate(document.operations):
            bodies = {"requestBody": operation.request_body, "responseBody": operation.response_body}
            uses |= {
                f"$.operations[{index}].{key}.typeName"
                for key, body in bodies.items()
                if body and body.type_name == gone
            }
        left = {key: schema for key, schema in schemas.items() if key != gone}
        broken = replace(document, components=replace(document.components, schemas=left))
        found = [d for d in interface.check(broken) if d.code == "unknown-type"]
        assert {render_path(d.path) for d in found} == uses


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_objects_of_artifacts_accept_nothing_that_lacks_a_required_property(
    artifacts: Path, name: str
) -> None:
    schemas = read(artifacts, name).components.schemas
    objects = [s for s in schemas.values() if isinstance(s, Object) and s.required]
    assert objects
    assert not any(accepts(schemas, schema, {}) for schema in objects)


def operations(document: Document, index: int, **changes: Any) -> Document:
    """``document`` with fields of one operation changed."""
    changed = list(document.operations)
    changed[index] = replace(changed[index], **changes)
    return replace(document, operations=tuple(changed))


def schemas(document: Document, **added: Schema) -> Document:
    """``document`` with types added."""
    components = replace(document.components, schemas={**document.components.schemas, **added})
    return replace(document, components=components)


def with_parameters(document: Document) -> int:
    return next(i for i, o in enumerate(document.operations) if o.parameters)


def with_get(document: Document) -> int:
    return next(i for i, o in enumerate(document.operations) if o.method == "get")


def body() -> Body:
    return Body(description="One.", type_name="Bad")


PLANTED: dict[str, Callable[[Document], tuple[Document, str]]] = {
    "duplicate-endpoint": lambda d: (
        replace(d, operations=(*d.operations, replace(d.operations[0], name="another"))),
        f"$.operations[{len(d.operations)}].path",
    ),
    "duplicate-operation-name": lambda d: (
        replace(
            d,
            operations=(*d.operations, replace(d.operations[0], path=f"{d.operations[0].path}/{{a}}/{{b}}")),
        ),
        f"$.operations[{len(d.operations)}].name",
    ),
    "invalid-path": lambda d: (operations(d, 0, path="articles"), "$.operations[0].path"),
    "missing-parameter": lambda d: (
        operations(d, with_parameters(d), parameters=d.operations[with_parameters(d)].parameters[1:]),
        f"$.operations[{with_parameters(d)}].parameters",
    ),
    "unknown-actor": lambda d: (
        operations(d, 0, authorization_type=None, authorization_role="nobody"),
        "$.operations[0].authorizationRole",
    ),
    "unexpected-body": lambda d: (
        operations(schemas(d, Bad=closed()), with_get(d), request_body=body()),
        f"$.operations[{with_get(d)}].requestBody",
    ),
    "non-object-body": lambda d: (
        operations(schemas(d, Bad=String()), 0, response_body=body()),
        "$.operations[0].responseBody.typeName",
    ),
    "infinite-type": lambda d: (
        operations(schemas(d, Bad=closed(again=named("Bad"))), 0, response_body=body()),
        "$.components.schemas.Bad",
    ),
    "reference-loop": lambda d: (
        operations(schemas(d, Bad=nullable(named("Bad"))), 0, response_body=body()),
        "$.components.schemas.Bad",
    ),
    "ambiguous-alternatives": lambda d: (
        operations(
            schemas(d, Bad=closed(x=OneOf(one_of=(String(), String(min_length=2))))), 0, response_body=body()
        ),
        "$.components.schemas.Bad.properties.x.oneOf[1]",
    ),
    "invalid-pattern": lambda d: (
        operations(schemas(d, Bad=closed(x=String(pattern="(a"))), 0, response_body=body()),
        "$.components.schemas.Bad.properties.x.pattern",
    ),
}


@pytest.mark.parametrize("code", PLANTED)
@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_a_fault_planted_into_an_artifact_is_found_at_its_place(
    artifacts: Path, name: str, code: str
) -> None:
    broken, path = PLANTED[code](read(artifacts, name))
    found = [(d.code, render_path(d.path)) for d in errors(interface.check(broken))]
    assert (code, path) in found
    assert {found_code for found_code, _ in found} <= {code, *CONSEQUENCES.get(code, ())}


CONSEQUENCES = {
    "duplicate-operation-name": ("missing-parameter",),
    "invalid-path": ("unknown-prerequisite",),
}
