"""The analyses of all topics: references are right, and grading notices what is wrong with an answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.functions.analyze_tasks import PermissionsTask
from fcbench_action.judge.judge import check_argument
from fcbench_action.judge.types import Outcome
from fcbench_action.suite.build import build
from fcbench_action.suite.case import Case
from fcbench_action.suite.files import package
from fcbench_action.suite.load import load, read
from fcbench_action.suite.prove_analysis import case_faults, topic_faults
from tests.analysis_mutants import wrong_entities, wrong_permissions
from tests.unit.test_suite_faults import spoil

CASES = [case for case in load().cases.values() if case.function.phase == "analyze"]
EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
UNSAID = 20
"""One defect in so many may be about what the statements leave open, which no grading may ask for."""


@EVERY
def test_the_reference_sent_as_a_reply_is_valid_and_earns_everything(case: Case) -> None:
    text = msgspec.json.encode(case.task.reference).decode()
    verdict = check_argument(case.function, case.task, text)
    assert verdict.outcome is Outcome.VALID, verdict.diagnostics
    assert not verdict.diagnostics
    assert verdict.grade and verdict.grade.score == 1.0, verdict.grade


@EVERY
def test_an_analysis_with_one_defect_earns_less(case: Case) -> None:
    wrong = wrong_permissions if isinstance(case.task, PermissionsTask) else wrong_entities
    tried, unnoticed = 0, []
    for words, answer in wrong(case.task.reference):
        if errors(case.function.compile(case.task, answer)):
            continue
        tried += 1
        if case.function.grade(case.task, answer).score >= 1.0:
            unnoticed.append(words)
    assert tried >= 20
    assert len(unnoticed) * UNSAID <= tried, unnoticed


@EVERY
def test_who_allows_everything_or_nothing_earns_nothing_for_it(case: Case) -> None:
    if not isinstance(case.task, PermissionsTask):
        return
    for kind in ("all", "any"):
        answer = _with_conditions(case, {"type": kind, "of": []})
        grade = case.function.grade(case.task, answer)
        assert grade.parts[0].name == "situations" and grade.parts[0].earned == 0.0


def _with_conditions(case: Case, condition: object) -> object:
    plain = msgspec.json.decode(msgspec.json.encode(case.task.reference))
    rules = [{**rule, "condition": condition} for rule in plain["rules"]]
    return msgspec.convert({"predicates": [], "rules": rules}, case.function.argument)


@EVERY
def test_worlds_say_nothing_that_the_entities_do_not_have(case: Case) -> None:
    reference = case.task.reference
    own = () if isinstance(case.task, PermissionsTask) else reference.entities
    declared = {entity.name: entity for entity in (*case.task.given.entities, *own)}
    for name, world in case.task.worlds.items():
        for thing, kept in world.things.items():
            entity = declared[kept.entity]
            assert kept.state is None or kept.state in {state.name for state in entity.states}, (name, thing)
            assert kept.attributes.keys() <= {one.name for one in entity.attributes}, (name, thing)


def test_every_module_has_cases_of_both_functions() -> None:
    modules = {(case.topic, case.module) for case in CASES}
    for function in ("analyze.entities", "analyze.permissions"):
        asked = {(case.topic, case.module) for case in CASES if case.function.name == function}
        assert asked == modules
    assert ("todo", "members") in modules


@pytest.mark.parametrize("name", ["analyze.entities", "analyze.permissions"])
def test_what_a_topic_has_of_them_is_emitted_as_one_page(name: str) -> None:
    cases = [case for case in CASES if case.function.name == name and case.topic == "todo"]
    pages = cases[0].function.emit({case.id: case.task.reference for case in cases})
    (text,) = pages.values()
    assert list(pages) == [f"docs/{name.removeprefix('analyze.')}.md"]
    assert all(f"| {number} |" in text for case in cases for number in _named(case))
    assert cases[0].function.emit({}) == {}


def _named(case: Case) -> set[str]:
    reference = case.task.reference
    whole = reference.rules if isinstance(case.task, PermissionsTask) else reference.entities
    return {number for one in whole for number in one.statements}


SPOILT = [
    ("terms.json", '"archive": "', '"arcive": "x", "archive": "', "the reference of list has no arcive"),
    ("terms.json", '"actions": {', '"actions": {"idle": {"meaning": "x"},', "no reference declares idle"),
    ("worlds.json", '"state": "archived"', '"state": "asleep"', "work is in no state of list: asleep"),
    ("worlds.json", '"owner": "bob"', '"owner": "home"', "is related by owner to home, which is no member"),
    ("worlds.json", '"owner": "bob"', '"owner": "rob"', "is related to nothing that there is: rob"),
    ("worlds.json", '"name": "Home"', '"nam": "Home"', "home has an attribute that list lacks: nam"),
    ("cases/analyze.permissions.json", '"account": "ann"', '"account": "anne"', "nothing called anne"),
    ("cases/analyze.permissions.json", '"actor": "guest"', '"actor": "guess"', "there is no actor guess"),
    (
        "cases/analyze.permissions.json",
        '{"name": "Garden"}',
        '{"nam": "x"}',
        "none of the actions has an input nam",
    ),
    ("cases/analyze.entities.json", '"event": "archive"', '"event": "arcive"', "list has no event arcive"),
    ("cases/analyze.entities.json", '"ends": "archived"', '"ends": "asleep"', "list has no state asleep"),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), SPOILT)
def test_what_worlds_and_cases_say_that_cannot_be_is_named_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    shutil.copytree(Path(str(package())) / "todo", tmp_path / "todo")
    line = spoil(tmp_path / "todo/todos" / file, old, new)
    (topic,) = read(["todo"], tmp_path)
    built = build(topic)
    found = [*topic_faults(topic), *(fault for one in built for fault in case_faults(one))]
    assert any(fault.line == line and words in fault.message for fault in found), found
