"""The functions of the interface phase, on the suite's own cases and on small ones of their own."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from openapi_spec_validator import OpenAPIV31SpecValidator

from fcbench_action.diagnostics import Diagnostic, errors, render_path
from fcbench_action.functions.base import Grade
from fcbench_action.functions.interface import (
    OPERATIONS,
    SCHEMAS,
    Operations,
    OperationsTask,
    Payload,
    Probe,
    Schemas,
    SchemasTask,
)
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface import check
from fcbench_action.language.interface.nodes import (
    Actor,
    Body,
    Components,
    Document,
    Endpoint,
    Object,
    Operation,
    Parameter,
    Prerequisite,
    Schema,
    String,
)
from fcbench_action.language.interface.payload import named
from fcbench_action.language.schema import export
from fcbench_action.suite.case import Case
from fcbench_action.suite.load import load
from tests.golden_files import check_golden
from tests.interface_trees import UUID, closed, nullable, operation

GOLDEN = Path(__file__).parents[1] / "golden" / "interface"
CASES = {case.id: case for case in load(["todo"]).cases.values() if case.function in (OPERATIONS, SCHEMAS)}


def found(diagnostics: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.code, render_path(d.path)) for d in diagnostics]


def body(name: str) -> Body:
    return Body(description="It.", type_name=name)


def needs(method: str, path: str) -> Prerequisite:
    endpoint = msgspec.convert({"method": method, "path": path}, Endpoint)
    return Prerequisite(endpoint=endpoint, description="First.")


CREATE = operation(
    "post", "/notes", "create", request_body=body("INote.ICreate"), response_body=body("INote")
)
READ = operation("get", "/notes/{noteId}", "at", response_body=body("INote"), authorization_role="member")
READ = replace(READ, prerequisites=(needs("post", "/notes"),))
ERASE = operation("delete", "/notes/{noteId}", "erase", authorization_role="member")
ERASE = replace(ERASE, prerequisites=(needs("get", "/notes/{noteId}"),))

OPERATIONS_TASK = OperationsTask(
    title="Notes",
    summary="A service for notes.",
    module="notes",
    brief="Members write notes.",
    requirements=(("N-1", "A note has a text of 1 to 10 characters."), ("N-2", "Members erase notes.")),
    actors=(Actor(name="member", kind="member", description="Signed in."),),
    endpoints=tuple(Endpoint(method=o.method, path=o.path) for o in (READ, ERASE)),
    types={"INote": "A note.", "INote.ICreate": "What one gives to write a note."},
    reference=Operations(operations=(READ, ERASE)),
    given=(CREATE,),
    probes=(
        Probe("get", "/notes/{noteId}", "noteId", "123e4567-e89b-12d3-a456-426614174000", True, "N-3"),
        Probe("get", "/notes/{noteId}", "noteId", "latest", False, "N-3"),
    ),
)

NOTE = closed(id=UUID, text=String(min_length=1, max_length=10))
GIVEN_ID = "123e4567-e89b-12d3-a456-426614174000"
SCHEMAS_TASK = SchemasTask(
    title="Notes",
    summary="A service for notes.",
    module="notes",
    brief="Members write notes.",
    requirements=(("N-1", "A note has a text of 1 to 10 characters."),),
    operations=(READ,),
    wanted={"INote": "A note."},
    properties={"id": "Identifier.", "text": "What it says."},
    reference=Schemas(schemas={"INote": NOTE}),
    payloads=(
        Payload("a note", "INote", {"id": GIVEN_ID, "text": "hi"}, True, "N-1"),
        Payload("10 characters", "INote", {"id": GIVEN_ID, "text": "x" * 10}, True, "N-1"),
        Payload("no text", "INote", {"id": GIVEN_ID}, False, "N-1"),
        Payload("11 characters", "INote", {"id": GIVEN_ID, "text": "x" * 11}, False, "N-1"),
    ),
    given={"IPage": closed(pages=nullable(String()))},
    helpers={"INote.IText": "A text."},
)


def compiled_operations(*operations: Operation) -> list[tuple[str, str]]:
    return found(OPERATIONS.compile(OPERATIONS_TASK, Operations(operations=operations)))


def compiled_schemas(**schemas: Schema) -> list[tuple[str, str]]:
    return found(SCHEMAS.compile(SCHEMAS_TASK, Schemas(schemas=schemas)))


def graded_operations(*operations: Operation) -> Grade:
    return OPERATIONS.grade(OPERATIONS_TASK, Operations(operations=operations))


def graded_schema(schema: Schema, **helpers: Schema) -> Grade:
    return SCHEMAS.grade(SCHEMAS_TASK, Schemas(schemas={"INote": schema, **helpers}))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_reference_compiles_and_has_full_marks(case: Case) -> None:
    assert errors(case.function.compile(case.task, case.task.reference)) == []
    grade = case.function.grade(case.task, case.task.reference)
    assert (grade.score, [part.misses for part in grade.parts if part.misses]) == (1.0, [])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_sent_fits_a_small_context(case: Case) -> None:
    prompt = case.function.prompt(case.task)
    schema = msgspec.json.encode(export(case.function.argument))
    assert len(prompt.system) + len(prompt.user) + len(schema) < 3 * 24_000


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_prompt_is_the_same_whatever_the_answer(case: Case) -> None:
    task = case.task
    blank = (
        replace(task, reference=Operations(operations=()), probes=())
        if case.function is OPERATIONS
        else replace(task, reference=Schemas(schemas={}), payloads=())
    )
    assert case.function.prompt(blank) == case.function.prompt(task)


@pytest.mark.parametrize(
    "case", [c for c in CASES.values() if c.function is SCHEMAS], ids=lambda case: case.id
)
def test_types_that_accept_everything_earn_little(case: Case) -> None:
    anything = Schemas(schemas={name: Object(properties={}, required=()) for name in case.task.wanted})
    assert case.function.grade(case.task, anything).score < 0.05


def test_prompts_are_compact_and_complete() -> None:
    text = "\n".join(
        f"{prompt.system}\n\n{prompt.user}"
        for prompt in (OPERATIONS.prompt(OPERATIONS_TASK), SCHEMAS.prompt(SCHEMAS_TASK))
    )
    check_golden(GOLDEN / "prompts.md", text)


def test_small_references_compile_and_have_full_marks() -> None:
    assert compiled_operations(READ, ERASE) == []
    assert graded_operations(READ, ERASE).score == 1.0
    assert compiled_schemas(INote=NOTE) == []
    assert graded_schema(NOTE).score == 1.0


def test_an_operation_that_is_missing_or_was_not_asked_for_is_named() -> None:
    extra = operation("post", "/notes/{noteId}/pins", "pin")
    assert compiled_operations(READ, extra) == [
        ("missing-operation", "$.operations"),
        ("unexpected-operation", "$.operations[1].path"),
    ]


def test_a_placeholder_of_another_name_is_another_path() -> None:
    renamed = replace(READ, path="/notes/{id}", parameters=(replace(READ.parameters[0], name="id"),))
    assert compiled_operations(renamed, ERASE) == [
        ("missing-operation", "$.operations"),
        ("inconsistent-path", "$.operations[0].path"),
        ("unexpected-operation", "$.operations[0].path"),
    ]


def test_bodies_are_named_from_the_glossary_and_prerequisites_from_what_is_known() -> None:
    wrong = replace(
        READ,
        response_body=body("INotes"),
        authorization_role="members",
        prerequisites=(needs("put", "/notes"),),
    )
    assert compiled_operations(wrong, ERASE) == [
        ("unknown-actor", "$.operations[0].authorizationRole"),
        ("unknown-prerequisite", "$.operations[0].prerequisites[0].endpoint"),
        ("unknown-type", "$.operations[0].responseBody.typeName"),
    ]


def test_a_parameter_cannot_be_of_a_type_that_is_defined_elsewhere() -> None:
    unclear = replace(READ, parameters=(Parameter(name="noteId", description="It.", schema=named("INote")),))
    assert compiled_operations(unclear, ERASE) == [
        ("non-scalar-parameter", "$.operations[0].parameters[0].schema")
    ]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"authorization_role": None}, "actor"),
        ({"authorization_type": "login"}, "authorization"),
        ({"request_body": body("INote")}, "request body"),
        ({"response_body": None}, "response body"),
        ({"prerequisites": ()}, "prerequisites"),
    ],
)
def test_a_wrong_part_of_an_operation_costs_that_part(changes: dict[str, object], part: str) -> None:
    grade = graded_operations(replace(READ, **changes), ERASE)
    assert [p.name for p in grade.parts if p.earned < p.possible] == [f"get /notes/{{noteId}}: {part}"]
    assert 0.8 < grade.score < 1.0


def test_naming_all_that_comes_before_is_as_good_as_naming_the_last() -> None:
    long = (needs("get", "/notes/{noteId}"), needs("post", "/notes"))
    assert graded_operations(READ, replace(ERASE, prerequisites=long)).score == 1.0


def test_a_parameter_that_takes_anything_earns_nothing_for_itself() -> None:
    loose = Parameter(name="noteId", description="It.", schema=String())
    grade = graded_operations(replace(READ, parameters=(loose,)), ERASE)
    missed = [p for p in grade.parts if p.misses]
    assert [(p.name, p.earned) for p in missed] == [("get /notes/{noteId}: parameters", 0.0)]
    assert missed[0].misses == ("accepts noteId 'latest' (N-3)",)


def test_a_type_that_is_missing_or_was_not_asked_for_is_named() -> None:
    assert compiled_schemas(INotes=NOTE) == [
        ("missing-type", "$.schemas"),
        ("unexpected-type", "$.schemas.INotes"),
    ]


def test_helpers_and_given_types_may_be_referred_to_and_others_not() -> None:
    text = named("INote.IText")
    assert compiled_schemas(INote=closed(text=text, page=named("IPage")), **{"INote.IText": String()}) == []
    assert compiled_schemas(INote=closed(text=text)) == [
        ("unknown-type", "$.schemas.INote.properties.text.$ref")
    ]


def test_the_type_of_a_body_is_an_object() -> None:
    assert compiled_schemas(INote=String()) == [("non-object-body", "$.schemas.INote")]


def test_a_limit_that_is_off_by_one_costs_the_share_of_what_it_lets_through() -> None:
    loose = closed(id=UUID, text=String(min_length=1, max_length=11))
    payloads = graded_schema(loose).parts[0]
    assert (payloads.earned, payloads.possible) == (1.5, 3.0)
    assert payloads.misses == ("accepts 11 characters (N-1)",)


def test_a_wrong_property_name_costs_its_share() -> None:
    other = closed(id=UUID, body=String(min_length=1, max_length=10))
    assert graded_schema(other).parts[1].misses == ("lacks text", "has body")
    assert graded_schema(other).parts[1].earned == pytest.approx(1 / 3)


def test_both_functions_emit_one_valid_openapi_document_though_cases_are_missing() -> None:
    assert OPERATIONS.emit is SCHEMAS.emit
    files = OPERATIONS.emit(
        {
            "todo/notes/b": Operations(operations=(READ, ERASE)),
            "todo/notes/a": Operations(operations=(CREATE,)),
            "todo/notes/c": Schemas(schemas={"INote": closed(page=named("IPage"))}),
        }
    )
    assert list(files) == ["api/openapi.json"]
    assert_valid(files["api/openapi.json"])
    check_golden(GOLDEN / "openapi.json", files["api/openapi.json"])


def test_emitting_the_suites_references_gives_valid_openapi() -> None:
    text = OPERATIONS.emit({id_: case.task.reference for id_, case in CASES.items()})["api/openapi.json"]
    assert_valid(text)
    assert "Not part of this document." not in text


def test_the_references_of_the_suite_are_one_sound_interface_over_one_database() -> None:
    suite = load(["todo"]).cases.values()
    operations = [o for case in suite if case.function is OPERATIONS for o in case.task.reference.operations]
    schemas = {
        n: s for case in suite if case.function is SCHEMAS for n, s in case.task.reference.schemas.items()
    }
    files = [case.task.reference for case in suite if case.function.name == "database.tables"]
    whole = Document(operations=tuple(operations), components=Components(schemas=schemas))
    assert found(check(whole, Application(files=tuple(files)))) == []


def test_emitting_nothing_gives_valid_openapi() -> None:
    assert_valid(OPERATIONS.emit({})["api/openapi.json"])


def assert_valid(text: str) -> None:
    assert list(OpenAPIV31SpecValidator(msgspec.json.decode(text)).iter_errors()) == []
