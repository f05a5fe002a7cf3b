"""The topics: they load, their references are right, and their grading notices what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.functions import FUNCTIONS
from fcbench_action.judge.judge import check_argument
from fcbench_action.judge.types import Outcome
from fcbench_action.suite.case import Case
from fcbench_action.suite.files import package
from fcbench_action.suite.load import load
from fcbench_action.suite.material import CASES as CASE_TYPES
from fcbench_action.suite.prove import prove
from fcbench_action.suite.select import read_tiers
from fcbench_action.suite.tiers import choose
from tests.suite_mutants import (
    Mutant,
    wrong_components,
    wrong_endpoints,
    wrong_operations,
    wrong_scenarios,
    wrong_schemas,
    wrong_tables,
)

TOPICS = ("todo", "bbs", "reddit", "shopping")
SUITE = load(TOPICS)
CASES = pytest.mark.parametrize("case", SUITE.cases.values(), ids=SUITE.cases)
WRONG: dict[str, Callable[[Any], Iterator[Mutant]]] = {
    "database.components": wrong_components,
    "database.tables": wrong_tables,
    "interface.endpoints": wrong_endpoints,
    "interface.operations": wrong_operations,
    "interface.schemas": wrong_schemas,
    "test.scenarios": wrong_scenarios,
}
STRUCTURES = pytest.mark.parametrize(
    "case", [c for c in SUITE.cases.values() if c.function.name in WRONG], ids=lambda case: case.id
)
"""Cases whose answers are no programs; ``test_suite_programs`` has the others."""
SAID_TWICE = (
    "email without maxLength",
    "email.oneOf.0 without maxLength",
    "roles without maxItems",
    "weekdays without maxItems",
    "changed without maxItems",
    "kinds without maxItems",
    "events.oneOf.1 without maxItems",
)
"""Limits of a reference that something else implies: a format, or a set with few possible members."""


def test_nothing_is_wrong_with_the_suite_and_it_is_what_its_version_names():
    _, faults = prove(package())
    assert [str(fault) for fault in faults] == []


def test_every_phase_has_four_cases_or_more_in_every_module():
    found = Counter((case.topic, case.module, case.function.phase) for case in SUITE.cases.values())
    assert min(found.values()) >= 4
    assert len(SUITE.cases) >= 120
    for name, case in SUITE.cases.items():
        assert name == case.id == f"{case.topic}/{case.module}/{case.function.name}/{case.target}"


def test_every_function_has_cases_of_a_type_of_its_own():
    assert list(CASE_TYPES) == list(FUNCTIONS)


@CASES
def test_the_reference_sent_as_a_reply_is_valid_and_earns_everything(case: Case):
    verdict = check_argument(case.function, case.task, msgspec.json.encode(case.task.reference).decode())
    assert verdict.outcome is Outcome.VALID, verdict.diagnostics
    assert not verdict.diagnostics
    assert verdict.grade and verdict.grade.score == 1.0


@STRUCTURES
def test_an_answer_with_one_defect_earns_less(case: Case):
    tried = 0
    for words, answer in WRONG[case.function.name](case.task.reference):
        if errors(case.function.compile(case.task, answer)) or words.endswith(SAID_TWICE):
            continue
        tried += 1
        assert case.function.grade(case.task, answer).score < 1.0, words
    assert tried >= 8


@pytest.mark.parametrize("case", [c for c in SUITE.cases.values() if c.function.name == "database.tables"])
def test_the_database_of_an_answer_with_one_defect_behaves_otherwise(case: Case):
    for words, answer in wrong_tables(case.task.reference):
        if not errors(case.function.compile(case.task, answer)):
            behaviour = case.function.grade(case.task, answer).parts[0]
            assert behaviour.earned < behaviour.possible, words


def test_what_is_written_down_twice_loads_to_the_same():
    assert load(TOPICS) == SUITE


def test_the_tiers_are_those_that_the_suite_chooses():
    assert {tier: frozenset(cases) for tier, cases in choose(SUITE).items()} == read_tiers(package())
