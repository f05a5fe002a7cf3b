"""Faults in the suite's files: each is named, with file and line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from fcbench_action.errors import BadInput
from fcbench_action.suite.files import package
from fcbench_action.suite.load import find, load
from fcbench_action.suite.prove import prove
from fcbench_action.suite.select import select
from fcbench_action.suite.source import BrokenSuite
from fcbench_action.suite.version import digest, freeze, read_version, version_faults


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("todo", "version.json", "tiers.json"):
        source, target = Path(str(package())) / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    return tmp_path


@pytest.fixture
def without_programs(root: Path) -> Path:
    """The suite without its programs, which take seconds to prove; that they lack is a fault then."""
    for module in ("members", "todos", "history"):
        folder = root / "todo" / module
        for kind, function in (("operations", "realize.operation"), ("scenarios", "test.write")):
            shutil.rmtree(folder / kind)
            (folder / f"cases/{function}.json").write_text("[]", "utf-8")
        (folder / "reference/programs.json").write_text("{}", "utf-8")
    (root / "todo/mutants.json").write_text("{}", "utf-8")
    return root


def spoil(file: Path, old: str, new: str) -> int:
    """Replaces the first ``old``; says in which line it stood."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


ACCOUNTS = "todo/members/database.tables/accounts"
STATEMENTS = "members/requirements.md"
GLOSSARY = "members/glossary.json"
TABLES = "members/cases/database.tables.json"
OPERATIONS = "members/cases/interface.operations.json"
SCHEMAS = "members/cases/interface.schemas.json"
A_NODE = (
    '{"name":"todo_member_id","type":"uuid","description":"Whose settings they are.",'
    '"relation":{"name":"member","targetModel":"todo_members"},"unique":true,"nullable":false}'
)
A_TABLE = '"todo_x": {"meaning": "", "columns": {"id": ""}},'
LOADING = [
    ("topic.json", '"modules": [', '"modules": ["nowhere", ', "no folder for the module nowhere"),
    (GLOSSARY, "{\n", "{,\n", "no JSON"),
    (TABLES, '"target": "sessions"', '"target": 5', "Expected `str`, got `int`"),
    (TABLES, '"target": "sessions"', '"target": "accounts"', "there twice"),
    (TABLES, '"expected": "accepted"', '"expected": "maybe"', "Invalid enum value"),
    (OPERATIONS, '"get /members/me"', '"get /members/us"', "no endpoint get /members/us"),
    (OPERATIONS, '"schema-01-accounts.prisma"', '"x.prisma"', "no file of tables x.prisma"),
    (SCHEMAS, '"of": "joining with the least"', '"of": "nothing"', "no accepted payload 'nothing'"),
    (STATEMENTS, "**M-2.**", "**M-1.**", "the number M-1 is there twice"),
    (STATEMENTS, "**M-2.**", "**M2**", "a statement begins **X-1.**"),
    (
        "members/reference/database.json",
        '"targetModel": "todo_members"',
        '"targetModel": "todo_member"',
        "todo_member",
    ),
    (
        "members/reference/operations.json",
        '"typeName": "ITodoMember.IJoin"',
        '"typeName": "ITodoMember.IJump"',
        "ITodoMember.IJump",
    ),
]
CHECKING = [
    (STATEMENTS, "**M-2.**", "**M-99.** Nobody cares.\n\n**M-2.**", "no case traces to the statement M-99"),
    (GLOSSARY, '"tables": {', '"tables": {' + A_TABLE, "no reference declares the table todo_x"),
    (GLOSSARY, '"types": {', '"types": {"IX": "x",', "no reference declares the type IX"),
    (GLOSSARY, '"properties": {', '"properties": {"xx": "x",', "no reference has the property xx"),
    (GLOSSARY, '"properties": {', '"properties": {"id": "x",', "the key id is there twice in one object"),
    (TABLES, '"requirement": "M-1"', '"requirement": "M-9"', "M-9 is no statement of this case"),
    (TABLES, '"expected": "rejected"', '"expected": "accepted"', "its reference is graded"),
    (SCHEMAS, '"accepted": false', '"accepted": true', "its reference is graded"),
    ("members/brief.md", "Members join", A_NODE + " Members join", "the prompt holds a node of the answer"),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), LOADING)
def test_loading_names_what_it_cannot_use(root: Path, file: str, old: str, new: str, words: str):
    line = spoil(root / "todo" / file, old, new)
    with pytest.raises(BrokenSuite) as caught:
        load(root=root)
    texts = [str(fault) for fault in caught.value.faults]
    assert any(text.startswith(f"todo/{file}:{line}: ") and words in text for text in texts), texts
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("file", "old", "new", "words"), CHECKING)
def test_checking_names_what_loading_lets_pass(
    without_programs: Path, file: str, old: str, new: str, words: str
):
    root = without_programs
    spoil(root / "todo" / file, old, new)
    _, faults = prove(root)
    texts = [str(fault) for fault in faults]
    assert any(words in text for text in texts), texts
    assert any("files of topics changed" in text for text in texts)


def test_a_file_that_is_missing_or_no_text_is_named(root: Path):
    (root / "todo/todos/brief.md").unlink()
    (root / "todo/history/brief.md").write_bytes(b"\xff")
    with pytest.raises(BrokenSuite) as caught:
        load(root=root)
    assert [str(fault) for fault in caught.value.faults] == [
        "todo/todos/brief.md:1: cannot be read: No such file or directory",
        "todo/history/brief.md:1: cannot be read: it is not UTF-8",
    ]


def test_a_tier_that_names_no_case_is_a_fault(without_programs: Path):
    root = without_programs
    tiers = {"smoke": ["todo/nothing"], "lite": ["todo/nothing", ACCOUNTS], "standard": [ACCOUNTS]}
    (root / "tiers.json").write_text(json.dumps(tiers, indent=1))
    _, faults = prove(root)
    told = {str(fault) for fault in faults}
    assert "tiers.json:3: the tier smoke names todo/nothing, which is no case" in told
    assert "tiers.json:3: todo/nothing is in the tier lite and not in standard" in told


def test_a_changed_suite_needs_a_new_version(root: Path):
    freeze(root, load(root=root), "7.0.0", unpublished=True)
    assert not version_faults(root, load(root=root))
    spoil(root / "todo/members/brief.md", "Members join", "Members may join")
    with pytest.raises(BadInput, match=r"7\.0\.0 names another suite"):
        freeze(root, load(root=root), "7.0.0", unpublished=False)
    assert len(version_faults(root, load(root=root))) == 2
    freeze(root, load(root=root), "7.1.0", unpublished=False)
    assert not version_faults(root, load(root=root))
    assert read_version(root).version == load(root=root).version == "7.1.0"


def test_the_digest_is_of_the_whole_suite_whatever_is_loaded(root: Path):
    whole = load(root=root)
    shutil.copytree(root / "todo", root / "other")
    part = load(["todo"], root=root)
    assert part.cases.keys() == whole.cases.keys()
    assert part.digest == load(root=root).digest != whole.digest


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: load(["tood"]), "there is no topic 'tood'; did you mean todo"),
    (lambda: find(load(), ACCOUNTS[:-1]), f"did you mean {ACCOUNTS}"),
    (lambda: find(load(), "\x1b[2J"), "fcbench suite list"),
    (lambda: select(load(), phases=["databse"]), "did you mean database"),
    (lambda: select(load(), functions=["x"]), "known: .*test.write"),
    (lambda: select(load(), cases=["todo/x/*"]), "'todo/x/\\*' matches no case"),
    (lambda: select(load(), tier="tiny"), "there is no tier 'tiny'"),
    (lambda: select(load(), phases=["database"], cases=["*/interface.*"]), "no case passes all of these"),
]


@pytest.mark.parametrize(("ask", "words"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_names_that_do_not_exist_are_refused_with_what_there_is(ask: Callable[[], object], words: str):
    with pytest.raises(BadInput, match=words) as caught:
        ask()
    assert "\x1b" not in str(caught.value)


def test_filters_narrow_the_suite_and_tiers_are_nested():
    suite = load()
    assert select(suite).cases == suite.cases
    smoke = select(suite, tier="smoke")
    assert smoke.cases.keys() < suite.cases.keys()
    assert {case.function.phase for case in smoke.cases.values()} == {
        case.function.phase for case in suite.cases.values()
    }
    tiers = [select(suite, tier=tier).cases.keys() for tier in ("smoke", "lite", "standard", "full")]
    assert all(small < large for small, large in pairwise(tiers))
    chosen = select(
        suite, topics=["todo"], phases=["interface"], functions=["interface.schemas"], cases=["*/events"]
    )
    assert list(chosen.cases) == ["todo/history/interface.schemas/events"]


def test_a_module_without_a_file_of_cases_has_no_cases_of_that_function(root: Path):
    for module in ("members", "todos"):
        (root / f"todo/{module}/cases/test.write.json").unlink(missing_ok=True)
    cases = load(root=root).cases.values()
    assert {case.module for case in cases if case.function.name == "test.write"} == {"history"}
    assert {case.module for case in cases if case.function.name == "realize.operation"} > {"history"}


def test_a_topic_loads_before_its_programs_are_written(root: Path):
    (root / "todo/mutants.json").unlink()
    for module in ("members", "todos", "history"):
        for kind in ("operations", "scenarios"):
            shutil.rmtree(root / f"todo/{module}/{kind}")
        for name in ("cases/test.write.json", "cases/realize.operation.json", "reference/programs.json"):
            (root / f"todo/{module}/{name}").unlink()
    assert {case.function.phase for case in load(root=root).cases.values()} >= {"database", "interface"}
    _, faults = prove(root)
    assert any("has no operations/" in str(fault) for fault in faults), faults


def test_references_of_a_frozen_suite_are_compiled_only_when_asked_for(root: Path):
    """As where a newer checker refuses what an older one let pass: the files are what they were."""
    spoil(
        root / "todo/members/reference/database.json", '"targetModel": "todo_members"', '"targetModel": "x"'
    )
    with pytest.raises(BrokenSuite, match=r"members/reference/database\.json"):
        load(root=root)
    version = msgspec.structs.replace(read_version(root), digest=digest(root))
    (root / "version.json").write_bytes(msgspec.json.encode(version))
    assert load(root=root).version == version.version
    with pytest.raises(BrokenSuite, match=r"members/reference/database\.json"):
        load(root=root, anew=True)


def test_several_processes_find_what_one_does_and_say_how_far_they_are(without_programs: Path):
    spoil(without_programs / "todo" / TABLES, '"expected": "rejected"', '"expected": "accepted"')
    told: list[tuple[int, int]] = []
    built, faults = prove(without_programs, ["todo"], 2, lambda done, of: told.append((done, of)))
    assert faults == prove(without_programs, ["todo"])[1]
    assert any("its reference is graded" in str(fault) for fault in faults)
    assert told == [(done, len(built)) for done in range(1, len(built) + 1)]
