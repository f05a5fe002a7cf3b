"""The suite's programs: text and trees agree, tests and operations prove one another, faults have a line."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from fcbench_action.cli import cli
from fcbench_action.functions.programs import written
from fcbench_action.language.program.statements import (
    AssertEqual,
    AssertNotEqual,
    AssertThat,
    TestProgram,
)
from fcbench_action.suite import mutants, programs
from fcbench_action.suite.basis import all_work, bases, changed_work
from fcbench_action.suite.case import Case
from fcbench_action.suite.files import package, topic_names
from fcbench_action.suite.load import load, read
from fcbench_action.suite.material import Topic
from fcbench_action.suite.source import BrokenSuite
from fcbench_action.suite.trial import statements, try_tests
from tests.unit.test_suite_faults import spoil

CASES = load(["todo"]).cases.values()
SCENARIOS = [case for case in CASES if case.function.name == "test.write"]
OPERATIONS = [case for case in CASES if case.function.name == "realize.operation"]
ENOUGH = 20.0
"""Seconds of processor time that grading the slowest reference may take, and far more than it does."""


@cache
def topic() -> Topic:
    (found,) = read(["todo"], package())
    return found


def identity(case: Case) -> str:
    return f"{case.module}/{case.target}"


def test_the_trees_are_what_the_texts_say() -> None:
    assert not list(programs.stale(topic()))
    compiled = programs.compiled(topic())
    assert compiled == {name: module.programs for name, module in topic().modules.items()}


@pytest.mark.parametrize("name", topic_names(package()))
def test_the_mutants_are_those_that_the_tests_notice(name: str) -> None:
    (found,) = read([name], package())
    work = all_work(found)
    tried = mutants.everything(Path(str(package())) / name, found, 2, work)
    assert mutants.listed(found, tried, work) == found.mutants


def test_only_what_changed_is_tried_again_and_that_gives_the_same_list() -> None:
    old = topic().mutants
    changed = "put /members/me/settings"
    operations = {**old.operations, changed: msgspec.structs.replace(old.operations[changed], text="")}
    scenarios = {name: of for name, of in old.scenarios.items() if name != "members/settings"}
    before = replace(
        topic(), mutants=msgspec.structs.replace(old, operations=operations, scenarios=scenarios)
    )
    work = changed_work(before)
    assert work.scenarios == {"members/settings"}
    (settings,) = (c for c in topic().modules["members"].cases["test.write"] if c.target == "settings")
    assert {written(key) for key in work.operations} == {*settings.endpoints}
    found = mutants.everything(Path(str(package())) / "todo", before, 1, work)
    assert mutants.listed(before, found, work) == old
    assert not changed_work(topic()).operations


def test_what_a_scenario_calls_and_what_it_is_about_belong_to_what_a_list_comes_from() -> None:
    """A scenario that is about one operation less leaves that, and those that are left, to be tried again."""
    first = bases(topic())
    module = topic().modules["members"]
    less = tuple(
        msgspec.structs.replace(case, endpoints=case.endpoints[:1]) if case.target == "settings" else case
        for case in module.cases["test.write"]
    )
    modules = {**topic().modules, "members": replace(module, cases={**module.cases, "test.write": less})}
    assert {written(k) for k, v in bases(replace(topic(), modules=modules)).items() if v != first[k]} == {
        endpoint
        for case in module.cases["test.write"]
        if case.target == "settings"
        for endpoint in case.endpoints[1:]
    }
    joining = module.programs.operations["post-auth-members-join"]
    other = msgspec.structs.replace(joining, text="")
    programs_ = msgspec.structs.replace(
        module.programs, operations={**module.programs.operations, "post-auth-members-join": other}
    )
    modules = {**topic().modules, "members": replace(module, programs=programs_)}
    again = bases(replace(topic(), modules=modules))
    assert sum(again[key] != first[key] for key in first) > 80  # for nearly all begin with joining


def test_every_operation_is_realized_and_called_and_every_reference_test_passes() -> None:
    known = topic().programs
    trial = try_tests(known, known.tests)
    assert not trial.failed
    documented = {(o.method, o.path) for o in known.document.operations}
    assert known.operations.keys() == trial.covered.keys() == documented
    every = sum(len(statements(program)) for program in known.operations.values())
    ran = sum(len(places) for places in trial.covered.values())
    assert ran / every > 0.9


def test_there_are_scenarios_in_every_module() -> None:
    assert len(SCENARIOS) >= 16
    assert {case.module for case in SCENARIOS} == set(topic().modules)


def test_tests_without_their_assertions_earn_less() -> None:
    """Without all but one of those of values, that is; what must be rejected still is."""
    found = [weakened(case) for case in SCENARIOS]
    scores = {
        identity(case): case.function.grade(case.task, answer).score
        for case, answer in zip(SCENARIOS, found, strict=True)
        if answer is not None
    }
    full = [name for name, score in scores.items() if score == 1.0]
    assert len(full) <= len(scores) / 10, full


def weakened(case: Case) -> TestProgram | None:
    reference: TestProgram = case.task.reference
    kept = [
        one for one in reference.statements if not isinstance(one, AssertEqual | AssertNotEqual | AssertThat)
    ]
    if len(kept) == len(reference.statements):
        return None
    last = next(one for one in reversed(reference.statements) if one not in kept)
    place = kept.index(reference.statements[-1]) if reference.statements[-1] in kept else len(kept)
    return msgspec.structs.replace(reference, statements=(*kept[:place], last, *kept[place:]))


def test_an_operation_with_a_listed_defect_earns_less() -> None:
    tried = set()
    for case in SCENARIOS:
        for name, key, mutant in case.task.listed:
            if key not in tried:
                tried.add(key)
                (owner,) = (one for one in OPERATIONS if one.task.operation == key)
                assert owner.function.grade(owner.task, mutant).score < 1.0, name
    assert len(tried) > len(OPERATIONS) / 2


def test_grading_a_reference_is_quick() -> None:
    for case in (*SCENARIOS, *OPERATIONS):
        begun = time.process_time()
        case.function.grade(case.task, case.task.reference)
        assert time.process_time() - begun < ENOUGH, case.id


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (("get", "/lists"), "get-lists"),
        (("put", "/lists/{listId}/shares/{shareId}"), "put-lists-list-id-shares-share-id"),
        (("get", "/members/me/email-changes"), "get-members-me-email-changes"),
    ],
)
def test_files_of_operations_are_named_by_method_and_path(operation: tuple[str, str], name: str) -> None:
    assert programs.file_name(operation) == name


# Faults


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = Path(str(package()))
    shutil.copytree(folder / "todo", tmp_path / "todo")
    for name in ("version.json", "tiers.json"):
        shutil.copyfile(folder / name, tmp_path / name)
    return tmp_path


LABELS = "todos/operations/post-labels.ts"
REALIZE = "todos/cases/realize.operation.json"
WRITE = "todos/cases/test.write.json"
LOADING = [
    (LABELS, "throw new", "throw nwe", "typescript-syntax"),
    (LABELS, "db.todo_labels.insert", "db.todo_lables.insert", "no-such-table: "),
    (
        LABELS,
        '"POST /labels"',
        '"PUT /labels/{labelId}"',
        "the file of put /labels/{labelId} is called put-labels",
    ),
    (REALIZE, '"target": "post-labels"', '"target": "labels"', "the target of post /labels is post-labels"),
    (
        REALIZE,
        '"endpoint": "post /labels"',
        '"endpoint": "post /lables"',
        "there is no endpoint post /lables",
    ),
    (REALIZE, '"schema-06-labels.prisma"', '"labels.prisma"', "there is no file of tables labels.prisma"),
    (WRITE, '"target": "', '"target": "no-', "there is no file of TypeScript called scenarios/no-"),
    (WRITE, '"endpoints": ["', '"endpoints": ["x', "there is no endpoint x"),
    (WRITE, '"title": "', '"title": "Not ', "wrong-scenario"),
    ("todos/reference/programs.json", '"operations": {', '"operations": {,', "no JSON"),
    ("mutants.json", '"operations": {', '"operations": {,', "no JSON"),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), LOADING)
def test_loading_names_what_is_wrong_with_a_program(
    root: Path, file: str, old: str, new: str, words: str
) -> None:
    line = spoil(root / "todo" / file, old, new)
    with pytest.raises(BrokenSuite) as caught:
        load(root=root)
    texts = [str(fault) for fault in caught.value.faults]
    assert any(words in text for text in texts), texts
    if words != "wrong-scenario":
        assert any(text.startswith(f"todo/{file}:{line}: ") or "the file of" in text for text in texts), texts


def suite(root: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["suite", "--root", str(root), *args])


def test_a_changed_text_is_loaded_as_it_is_and_checking_says_what_to_run(root: Path) -> None:
    file = root / "todo" / LABELS
    file.write_text("// A comment.\n" + file.read_text("utf-8"), "utf-8")
    assert load(root=root).cases.keys() == load(["todo"]).cases.keys()
    (changed,) = read(["todo"], root)
    assert [str(fault) for fault in programs.stale(changed)] == [
        f"todo/{LABELS}:1: the text changed since it was compiled; run: fcbench suite programs"
    ]
    assert suite(root, "programs").output.endswith(" programs\n")
    (compiled,) = read(["todo"], root)
    faults = [str(fault) for fault in programs.stale(compiled)]
    assert any("post /labels changed, or" in fault for fault in faults)
    assert all(fault.endswith("run: fcbench suite mutants") for fault in faults)


def test_a_tree_that_is_not_what_its_text_says_is_found(root: Path) -> None:
    spoil(root / "todo/todos/reference/programs.json", '"status": 409', '"status": 410')
    (changed,) = read(["todo"], root)
    assert not list(programs.stale(changed))
    assert programs.compiled(changed)["todos"] != changed.modules["todos"].programs


def test_testing_names_what_fails_with_its_line(root: Path) -> None:
    name = identity(next(case for case in SCENARIOS if case.module == "todos"))
    file = root / "todo/todos/scenarios" / f"{name.partition('/')[2]}.ts"
    lines = file.read_text("utf-8").splitlines()
    line = next(i for i, one in enumerate(lines) if "await Assert.rejected(" in one)
    status = next(
        code for code in ("401", "403", "404", "409") if f"{code}," in "".join(lines[line : line + 3])
    )
    text = "\n".join(lines[:line]) + "\n" + "\n".join(lines[line:]).replace(f"{status},", "418,", 1)
    file.write_text(text, "utf-8")
    done = suite(root, "test", name)
    assert done.exit_code == 1
    assert f"todo/todos/scenarios/{file.name}:{line + 1}: assertion-failed: " in done.output
    assert "1 of 1 tests failed" in str(done.exception)


def test_testing_a_scenario_that_does_not_exist_is_refused(root: Path) -> None:
    assert "no scenario has such a name" in str(suite(root, "test", "nowhere/*").exception)


def test_dropped_mutants_are_shown_as_what_they_change(root: Path) -> None:
    before = (root / "todo/mutants.json").read_bytes()
    shown = suite(root, "mutants", "--dropped", "--operations", "put /members/me", "--jobs", "1").output
    assert "--- put /members/me: " in shown and "--- post /" not in shown
    assert (root / "todo/mutants.json").read_bytes() == before


def test_commands_about_one_topic_read_no_other(root: Path) -> None:
    broken = root / "abroad"
    broken.mkdir()
    (broken / "topic.json").write_text("{", "utf-8")
    assert suite(root, "test", "todo", "members/join*").exit_code == 0
    assert "abroad/topic.json:1: " in suite(root, "test", "abroad").output
    assert "no fault" in suite(root, "check", "todo").output
    assert suite(root, "check").exit_code == 1
