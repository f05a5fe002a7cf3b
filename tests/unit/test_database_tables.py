"""The function ``database.tables``: its prompt, what it refuses, how it grades, what it emits."""

from __future__ import annotations

import time
from dataclasses import replace as changed

import msgspec
import pytest
from msgspec.structs import replace

from fcbench_action.diagnostics import render_path
from fcbench_action.functions.base import Grade
from fcbench_action.functions.database import TABLES, Entry, TablesTask, Term
from fcbench_action.language.database.nodes import File, Model, UniqueIndex
from fcbench_action.language.database.probe import Probe
from tests.database_trees import file, table
from tests.prisma_oracle import prisma_errors

MEMBERS = file(
    table("members", "email", unique=("email",)), name="schema-01-members.prisma", namespace="Members"
)
LISTS = table("lists", "owner_id -> members", "name", unique=("owner_id name",))
TODOS = table("todos", "list_id -> lists", "title", "rank int", "done_at datetime?", plain=("list_id rank",))
REFERENCE = file(LISTS, TODOS, name="schema-02-todos.prisma", namespace="Todos")
PROBES = msgspec.json.decode(
    """[
    {"name": "an owner's lists differ in name", "requirement": "R1", "expected": "rejected", "steps": [
        {"type": "insert", "table": "lists", "values": {"name": "home"}},
        {"type": "insert", "table": "lists", "values": {"name": "home"}}]},
    {"name": "two owners may use one name", "requirement": "R1", "expected": "accepted", "steps": [
        {"type": "insert", "table": "members", "values": {"id": "@ann"}},
        {"type": "insert", "table": "members", "values": {"id": "@bob"}},
        {"type": "insert", "table": "lists", "values": {"owner_id": "@ann", "name": "home"}},
        {"type": "insert", "table": "lists", "values": {"owner_id": "@bob", "name": "home"}}]},
    {"name": "a todo has a title", "requirement": "R2", "expected": "rejected", "steps": [
        {"type": "insert", "table": "todos", "values": {"title": null}}]},
    {"name": "a todo is open at first", "requirement": "R2", "expected": "accepted", "steps": [
        {"type": "insert", "table": "todos", "values": {"done_at": null}}]},
    {"name": "a rank is a whole number", "requirement": "R2", "expected": "rejected", "steps": [
        {"type": "insert", "table": "todos", "values": {"rank": "first"}}]},
    {"name": "a todo is in a list that exists", "requirement": "R3", "expected": "rejected", "steps": [
        {"type": "insert", "table": "todos", "values": {"list_id": "@nowhere"}}]},
    {"name": "todos go with their list", "requirement": "R3", "expected": "rejected", "steps": [
        {"type": "insert", "table": "lists", "values": {"id": "@home"}},
        {"type": "insert", "table": "todos", "values": {"id": "@todo", "list_id": "@home"}},
        {"type": "delete", "table": "lists", "where": {"id": "@home"}},
        {"type": "update", "table": "todos", "where": {"id": "@todo"}, "values": {"title": "x"}}]}
    ]""",
    type=tuple[Probe, ...],
)


def entry(model: Model) -> Entry:
    names = ["id", *(k.name for k in model.foreign_fields), *(c.name for c in model.plain_fields)]
    terms = tuple(Term(name=name, meaning=f"The {name} of it.") for name in names)
    return Entry(name=model.name, meaning=f"One of the {model.name}.", columns=terms)


TASK = TablesTask(
    title="Todo",
    summary="Members keep lists of things to do.",
    module="todos",
    brief="Lists and their items.",
    requirements=(("R1", "Lists of one owner differ in name."), ("R2", "A todo has a title.")),
    glossary=(entry(LISTS), entry(TODOS)),
    filename=REFERENCE.filename,
    namespace=REFERENCE.namespace,
    given=(MEMBERS,),
    reference=REFERENCE,
    probes=PROBES,
)


def compiled(answer: File) -> list[str]:
    return [f"{render_path(d.path)} {d.code}" for d in TABLES.compile(TASK, answer)]


def graded(*models: Model) -> Grade:
    answer = replace(REFERENCE, models=models)
    assert compiled(answer) == []
    return TABLES.grade(TASK, answer)


def misses(grade: Grade, part: str) -> tuple[str, ...]:
    return next(p.misses for p in grade.parts if p.name == part)


def test_the_prompt_holds_what_the_case_pins_and_no_answer() -> None:
    text = TABLES.prompt(TASK).user
    for expected in (
        "Members keep lists",
        "R2. A todo has a title.",
        "`schema-02-todos.prisma`",
        "`done_at`",
    ):
        assert expected in text
    assert "`members` (id uuid primary key, email string)" in text
    for leak in ("datetime", "nullable", "unique\n", "-> lists", "-> members"):
        assert leak not in text


def test_the_reference_compiles_and_earns_everything() -> None:
    assert compiled(REFERENCE) == []
    grade = TABLES.grade(TASK, REFERENCE)
    assert grade.score == 1.0
    assert all(part.earned == part.possible and not part.misses for part in grade.parts)


def test_what_the_task_fixes_is_compared_at_exact_places() -> None:
    extra = table("tags", "name")
    short = table("todos", "list_id -> lists", "title", "rank int")
    answer = File(filename="schema-03-x.prisma", namespace="Wrong", models=(short, extra))
    assert compiled(answer) == [
        "$.filename wrong-filename",
        "$.models missing-table",
        "$.models[0] missing-column",
        "$.models[0].foreignFields[0].relation.targetModel unknown-table",
        "$.models[1].name unexpected-table",
        "$.namespace wrong-namespace",
    ]


def test_declaring_a_given_table_again_is_one_finding_only() -> None:
    answer = replace(REFERENCE, models=(*REFERENCE.models, MEMBERS.models[0]))
    assert compiled(answer) == ["$.models[2].name duplicate-table"]


def test_a_missing_unique_set_loses_the_probe_and_its_part() -> None:
    grade = graded(replace(LISTS, unique_indexes=()), TODOS)
    assert misses(grade, "behaviour") == (
        "R1, an owner's lists differ in name: expected rejection (unique), got acceptance",
    )
    assert misses(grade, "unique sets") == ("missing: lists name, owner_id",)
    assert 0.7 < grade.score < 1


def test_a_unique_set_that_is_too_small_refuses_what_it_should_not() -> None:
    alone = UniqueIndex(field_names=("name",), unique=True)
    grade = graded(replace(LISTS, unique_indexes=(alone,)), TODOS)
    assert misses(grade, "behaviour") == (
        "R1, two owners may use one name: expected acceptance, got rejection (unique) of step 4",
    )
    assert len(misses(grade, "unique sets")) == 2


def test_required_columns_of_the_models_own_are_filled_in_and_named() -> None:
    todos = table(
        "todos",
        "list_id -> lists",
        "author_id -> members",
        "title",
        "rank int",
        "done_at datetime?",
        "created_at datetime",
        plain=("list_id rank",),
    )
    grade = graded(LISTS, todos)
    assert misses(grade, "behaviour") == ()
    assert misses(grade, "nothing added") == (
        "todos.author_id (required; filled in for the probes)",
        "todos.created_at (required; filled in for the probes)",
    )
    assert 0.98 < grade.score < 1


def test_a_rejection_for_another_reason_earns_nothing() -> None:
    lists = table("lists", "owner_id -> members", "name uuid", unique=("owner_id name",))
    assert misses(graded(lists, TODOS), "behaviour") == (
        "R1, an owner's lists differ in name: expected rejection (unique), got rejection (type) of step 1",
        "R1, two owners may use one name: expected acceptance, got rejection (type) of step 3",
    )


def test_a_foreign_key_declared_as_a_plain_column_is_noticed() -> None:
    todos = table("todos", "list_id uuid", "title", "rank int", "done_at datetime?", plain=("list_id rank",))
    grade = graded(LISTS, todos)
    assert len(misses(grade, "behaviour")) == 2
    assert misses(grade, "foreign keys") == ("missing: todos list_id lists",)
    assert misses(grade, "types") == ()


def test_a_longer_index_serves_a_shorter_one_of_the_reference() -> None:
    longer = table(
        "todos", "list_id -> lists", "title", "rank int", "done_at datetime?", plain=("list_id rank title",)
    )
    assert graded(LISTS, longer).score == 1.0
    other = replace(longer, plain_indexes=())
    assert misses(graded(LISTS, other), "indexes") == ("todos (list_id, rank)",)


def test_order_descriptions_and_names_of_relations_make_no_difference() -> None:
    key = LISTS.foreign_fields[0]
    lists = replace(
        LISTS,
        description="Other words.",
        foreign_fields=(replace(key, relation=replace(key.relation, name="keeper")),),
        unique_indexes=(UniqueIndex(field_names=("name", "owner_id"), unique=True),),
    )
    todos = replace(TODOS, plain_fields=TODOS.plain_fields[::-1])
    assert graded(todos, lists).score == 1.0


def test_one_to_one_by_the_key_or_by_an_index_is_the_same() -> None:
    by_key = file(table("profiles", "member_id -> members!"))
    by_index = file(table("profiles", "member_id -> members", unique=("member_id",)))
    twice = msgspec.json.decode(
        """[{"name": "members differ", "requirement": "R1", "expected": "accepted", "steps": [
            {"type": "insert", "table": "profiles", "values": {}},
            {"type": "insert", "table": "profiles", "values": {}}]}]""",
        type=tuple[Probe, ...],
    )
    task = changed(TASK, reference=by_key, probes=twice)
    assert TABLES.grade(task, by_key).score == TABLES.grade(task, by_index).score == 1.0


def test_a_probe_that_the_reference_does_not_answer_as_declared_is_a_miss() -> None:
    wrong = replace(PROBES[0], expected="accepted")
    grade = TABLES.grade(changed(TASK, probes=(wrong,)), REFERENCE)
    assert grade.score < 1
    assert "the reference itself does not" in misses(grade, "behaviour")[0]


def test_grades_are_the_same_again_and_quick() -> None:
    first = TABLES.grade(TASK, REFERENCE)
    begin = time.process_time()
    for _ in range(20):
        assert TABLES.grade(TASK, REFERENCE) == first
    assert (time.process_time() - begin) / 20 < 0.02


def test_an_answer_full_of_keys_of_its_own_is_graded_in_bounded_time() -> None:
    keys = [f"k{i}_id -> {'lists' if i % 2 else 'members'}!" for i in range(400)]
    todos = table("todos", "list_id -> lists", *keys, "title", "rank int", "done_at datetime?")
    lists = table("lists", *(f"k{i}_id -> members!" for i in range(400)), "owner_id -> members", "name")
    begin = time.process_time()
    assert graded(lists, todos).score < 0.9
    assert time.process_time() - begin < 5


def test_the_artifact_of_several_cases_is_one_schema_with_each_table_once() -> None:
    answers = {"todo/b/database.tables/x": REFERENCE, "todo/a/database.tables/x": MEMBERS}
    files = TABLES.emit(answers)
    assert sorted(files) == ["database/erd.md", "database/schema.prisma", "database/schema.sql"]
    assert files["database/schema.sql"].index('"members"') < files["database/schema.sql"].index('"lists"')
    twice = TABLES.emit({**answers, "todo/c/database.tables/x": REFERENCE})
    assert twice == files
    assert prisma_errors({"all": files["database/schema.prisma"]}) == {"all": None}


@pytest.mark.parametrize("answers", [{"a": REFERENCE}, {"a": file(TODOS)}, {}])
def test_artifacts_of_a_part_of_the_cases_are_still_valid(answers: dict[str, File]) -> None:
    files = TABLES.emit(answers)
    assert bool(files) == bool(answers)
    if files:
        assert prisma_errors({"part": files["database/schema.prisma"]}) == {"part": None}


def test_where_there_is_nothing_to_compare_the_grade_is_full() -> None:
    bare = file(table("todos"))
    grade = TABLES.grade(changed(TASK, reference=bare, probes=()), bare)
    assert (grade.score, grade.parts) == (1.0, ())


def test_a_column_named_text_does_not_stand_for_a_text_search() -> None:
    wanted = file(table("notes", "text", "title", gin=("title",)))
    made = file(table("notes", "text", "title", plain=("text title",)))
    assert misses(TABLES.grade(changed(TASK, reference=wanted, probes=()), made), "indexes")
