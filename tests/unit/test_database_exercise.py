"""Exercising probes together says what exercising each alone says."""

from __future__ import annotations

import pytest

from fcbench_action.language.database.arrange import arrange
from fcbench_action.language.database.exercise import ACCEPTED, exercise
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.database.probe import Delete, Insert, Probe, Step
from fcbench_action.suite.load import load
from tests.suite_mutants import wrong_tables

CASES = [case for case in load().cases.values() if case.function.name == "database.tables"]


def probe(*steps: Step) -> Probe:
    return Probe(name="a probe", requirement="R1", steps=steps, expected="accepted")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_probes_that_begin_alike_answer_as_each_would_alone(case) -> None:
    task = case.task
    mutants = [
        mutant for _, mutant in wrong_tables(task.reference) if not case.function.compile(task, mutant)
    ]
    for answer in (task.reference, *mutants[::8]):
        application = Application(files=(*task.given, answer))
        alone = [exercise(application, arrange([probe]))[0] for probe in task.probes]
        assert list(exercise(application, arrange(task.probes))) == alone


def test_what_one_branch_did_is_taken_back_before_the_next() -> None:
    task = CASES[0].task
    table = task.reference.models[0].name
    row = Insert(table=table, values={"id": "@one"})
    gone = Delete(table=table, where={"id": "@one"})
    plan = arrange(
        [probe(row), probe(row, gone), probe(row, gone, row), probe(row, gone, gone), probe(row, row)]
    )
    answers = exercise(Application(files=(*task.given, task.reference)), plan)
    assert [(answer.step, answer.rejection) for answer in answers] == [
        (0, ACCEPTED),
        (1, ACCEPTED),
        (2, ACCEPTED),
        (2, "no row"),
        (1, "unique"),
    ]
