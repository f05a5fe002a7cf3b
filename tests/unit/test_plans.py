"""The functions of planning: what they accept, what they tell a model, how they grade."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from fcbench_action.functions.base import Function
from fcbench_action.functions.database_components import ComponentPlan
from fcbench_action.functions.scenarios import ScenarioPlan
from tests.plan_world import COMPONENTS_TASK, ENDPOINTS_TASK, SCENARIOS_TASK, TASKS

EVERY = pytest.mark.parametrize(("function", "task"), TASKS.values(), ids=TASKS)


def parts(function: Function, task: Any, answer: Any) -> dict[str, float]:
    return {p.name: round(p.earned / p.possible, 3) for p in function.grade(task, answer).parts}


def plain(task: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(task.reference))


@EVERY
def test_the_reference_compiles_and_is_graded_in_full(function: Function, task: Any) -> None:
    assert function.compile(task, task.reference) == []
    assert function.grade(task, task.reference).score == 1.0


@EVERY
def test_an_empty_plan_does_not_compile_or_earns_nothing(function: Function, task: Any) -> None:
    field = function.argument.__struct_fields__[0]
    answer = function.argument(**{field: ()})
    assert function.compile(task, answer) or function.grade(task, answer).score < 0.5


@EVERY
def test_what_a_model_is_told_has_every_requirement_and_not_the_plan(function: Function, task: Any) -> None:
    told = function.prompt(task)
    assert all(f"{number}. {text}" in told.user for number, text in task.requirements)
    assert msgspec.json.encode(task.reference).decode() not in told.user
    assert function.tool_name in told.system


def test_tables_in_the_other_file_lose_points_for_the_file_and_its_statements() -> None:
    answer = plain(COMPONENTS_TASK)
    first, second = answer["components"]
    first["tables"], second["tables"] = second["tables"], first["tables"]
    made = msgspec.convert(answer, ComponentPlan)
    assert parts(TASKS["components"][0], COMPONENTS_TASK, made) == {
        "files": 0.0,
        "references": 1.0,
        "required": 1.0,
        "statements": 1.0,
    }


def test_a_step_before_what_it_needs_loses_points_for_order_alone() -> None:
    answer = plain(SCENARIOS_TASK)
    steps = answer["scenarios"][0]["steps"]
    steps.append(steps.pop(0))
    made = msgspec.convert(answer, ScenarioPlan)
    found = parts(TASKS["scenarios"][0], SCENARIOS_TASK, made)
    assert found == {"operations": 1.0, "statements": 1.0, "refusals": 1.0, "order": round(2 / 3, 3)}


def test_claiming_every_requirement_everywhere_earns_less_than_saying_what_is_verified() -> None:
    answer = plain(SCENARIOS_TASK)
    for step in answer["scenarios"][0]["steps"]:
        step["verifies"] = ["L-1", "L-2"]
    made = msgspec.convert(answer, ScenarioPlan)
    assert parts(TASKS["scenarios"][0], SCENARIOS_TASK, made)["statements"] == 0.5


@EVERY
def test_an_artifact_names_everything_and_lets_no_text_through(function: Function, task: Any) -> None:
    hostile = "<script>alert(1)</script>|`x`"
    answer = plain(task)
    for place in ("components", "endpoints", "scenarios"):
        for one in answer.get(place, ()):
            for name in ("filename", "purpose", "name"):
                if name in one:
                    one[name] = hostile
    files = function.emit({"library/loans/x/plan": msgspec.convert(answer, function.argument)})
    (text,) = files.values()
    assert "<script>" not in text and "`x`" not in text


def test_every_endpoint_of_an_api_is_planned_as_it_is() -> None:
    written = [
        (one.method, [part.name for part in one.path], one.actor)
        for one in ENDPOINTS_TASK.reference.endpoints
    ]
    assert written == [
        ("post", ["books", "bookId", "loans"], "clerk"),
        ("get", ["loans", "loanId"], "reader"),
    ]
