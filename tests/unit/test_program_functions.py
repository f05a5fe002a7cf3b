"""``test.write`` and ``realize.operation``: what is asked, what compiles, and what grades say."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.functions import FUNCTIONS, realize, test
from fcbench_action.functions.base import Grade
from fcbench_action.functions.programs import MOST_SPENT, NOT_TRIED
from fcbench_action.judge import check_argument
from fcbench_action.judge.types import Outcome
from fcbench_action.language.program.typescript import parse_operation, parse_test
from tests.golden_files import check_golden
from tests.program_references import (
    JOIN,
    OPERATIONS,
    PAGE,
    POST,
    TITLES,
    operation,
    realization_task,
    scenario,
    scenario_task,
)

GOLDEN = Path(__file__).parents[1] / "golden/program/prompts.md"
ENOUGH = 15.0
"""Seconds that any grade may take at most, on a slow machine; two or three are usual."""


def graded(body: str) -> Grade:
    answer = scenario(body)
    assert not errors(test.compile_test(scenario_task(), answer)), "the answer has to compile"
    return test.grade(scenario_task(), answer)


def realized(body: str) -> Grade:
    answer = operation(POST, body)
    assert not errors(realize.compile_operation(realization_task(), answer)), "the answer has to compile"
    return realize.grade(realization_task(), answer)


def test_the_phases_come_in_their_order() -> None:
    phases = [function.phase for function in FUNCTIONS.values()]
    assert list(dict.fromkeys(phases)) == ["analyze", "database", "interface", "test", "realize"]


def test_references_compile_and_earn_everything() -> None:
    for task in (scenario_task(), realization_task(), realization_task(PAGE), realization_task(JOIN)):
        function = FUNCTIONS["test.write" if task is scenario_task() else "realize.operation"]
        verdict = check_argument(function, task, msgspec.json.encode(task.reference).decode())
        assert verdict.outcome is Outcome.VALID, verdict.diagnostics
        assert verdict.grade is not None and verdict.grade.score == 1.0


def test_prompts_tell_what_is_needed_and_nothing_of_the_reference() -> None:
    prompts = [test.prompt(scenario_task()), realize.prompt(realization_task())]
    check_golden(GOLDEN, "\n\n".join(f"{one.system}\n\n---\n\n{one.user}" for one in prompts))
    assert all("You have such a note" not in one.user and "Bread" not in one.user for one in prompts)


# Tests


def test_a_test_that_asserts_nothing_of_weight_notices_few_defects() -> None:
    weak = TITLES.replace(
        '  Assert.equal("by stars", page.data.map((one) => one.title), ["Bread", "Milk"]);\n', ""
    )
    weaker = (
        weak[: weak.index("  await Assert.rejected")] + '  await ann.call("PATCH /notes", { body: {} });\n'
    )
    scores = [graded(body).score for body in (TITLES, weak, weaker)]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 3
    assert scores[-1] > 1 / 3, "it passes, which is worth something"


def test_a_test_that_fails_on_the_reference_earns_nothing_for_noticing_defects() -> None:
    grade = graded(TITLES.replace('["Bread", "Milk"]', '["Milk", "Bread"]'))
    assert grade.score == 0.0
    assert [part.earned for part in grade.parts] == [0.0, 0.0]
    assert grade.parts[0].misses[0].startswith("assertion-failed: This does not hold: by stars.")


def test_a_grade_names_the_defects_that_were_missed() -> None:
    grade = graded(TITLES.replace('["Bread", "Milk"]', "page.data.map((two) => two.title)"))
    missed = grade.parts[1].misses
    assert any(name.startswith("patch /notes: reverse-order at $.statements[2]") for name in missed)


def test_a_test_has_to_bear_the_scenarios_name_and_to_call_what_it_is_about() -> None:
    answer = scenario(TITLES[: TITLES.index("  const page")], "Something else")
    found = [(d.code, d.path) for d in errors(test.compile_test(scenario_task(), answer))]
    assert found == [("wrong-scenario", ("scenario",)), ("untested-operation", ("statements",))]


SPIN = """
  const many = List.repeat(500, (i) => i);
  for (const one of many) {
    for (const two of many) {
      Assert.that("no end", one + two >= 0);
    }
  }
"""


def test_a_test_without_end_fails_soon() -> None:
    begun = time.monotonic()
    grade = graded(TITLES + SPIN.replace("500", "90000"))
    assert grade.score == 0.0 and grade.parts[0].misses[0].startswith("limit-reached")
    assert time.monotonic() - begun < ENOUGH


def test_a_long_test_is_not_run_on_every_mutant() -> None:
    begun = time.monotonic()
    task = scenario_task()
    spin = SPIN.replace("500", "560")
    answer = scenario(TITLES.replace("  const note", f"{spin}  const note"))
    spent = task.programs.run(answer).spent
    assert 1 > spent > MOST_SPENT / len(task.listed)
    grade = test.grade(task, answer)
    assert 1 / 3 < grade.score < 1.0
    assert time.monotonic() - begun < ENOUGH


# Operations


REALIZED = OPERATIONS[POST]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("409", "400", "answers 400"),
        ("author_id: { equals: actor.id }, title", "title", "answers 409"),
        ("if (taken) ", "if (taken && body.stars > 100) ", "constraint-violated"),
        ("title: note.title", 'title: "none"', "the title is kept"),
        ("stars: body.stars", "stars: 0 - body.stars", "by stars"),
    ],
)
def test_a_wrong_operation_fails_tests_which_say_why(old: str, new: str, complaint: str) -> None:
    grade = realized(REALIZED.replace(old, new))
    assert grade.score < 1.0
    assert complaint in grade.parts[0].misses[0]


def test_an_operation_that_is_only_called_is_graded_by_its_callers() -> None:
    task = realization_task(JOIN)
    answer = operation(JOIN, OPERATIONS[JOIN].replace("email: member.email", 'email: "x"'))
    grade = realize.grade(task, answer)
    assert grade.score == 0.5
    assert grade.parts[0].misses[0].startswith("notes/joins: assertion-failed")


def test_only_the_operation_asked_for_compiles() -> None:
    found = realize.compile_operation(realization_task(), operation(PAGE, OPERATIONS[PAGE]))
    assert [(d.code, d.path, d.expected) for d in found] == [
        ("wrong-operation", ("operation",), "post /notes")
    ]


LOOP = "for (const {0} of many) {{ "


@pytest.mark.parametrize(
    "inside",
    [
        'if (body.title === "") throw new Rejection(404, "x");',
        'db.tags.insert({ data: { note_id: actor.id, name: "x" } });',
        "db.notes.update({ where: { AND: [] }, data: { pinned: true } });",
    ],
)
def test_an_operation_without_end_costs_its_tests_and_little_time(inside: str) -> None:
    begun = time.monotonic()
    loops = "".join(LOOP.format(f"a{i}") for i in range(9)) + inside + " }" * 9
    many = "const many = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];"
    assert realized(f'{many} {loops} throw new Rejection(404, "x"); ').score == 0.0
    assert time.monotonic() - begun < ENOUGH


def test_tests_are_not_run_any_more_once_others_have_taken_too_long() -> None:
    endless = scenario(TITLES + SPIN.replace("500", "90000"))
    found = realization_task().programs.complaints([(endless, {})] * 7)
    limits = int(MOST_SPENT)
    assert all(one is not None and one.startswith("limit-reached") for one in found[:limits])
    assert found[limits:] == [NOT_TRIED] * (7 - limits)


# Artifacts


def test_answers_are_emitted_as_typescript_that_reads_back() -> None:
    files = test.emit({"todo/notes/test.write/titles": scenario_task().reference})
    assert list(files) == ["test/notes/titles.ts"]
    assert parse_test(files["test/notes/titles.ts"]).program == scenario_task().reference
    files = realize.emit({"todo/notes/realize.operation/post-notes": realization_task().reference})
    assert list(files) == ["src/notes/post-notes.ts"]
    assert parse_operation(files["src/notes/post-notes.ts"]).program == realization_task().reference
