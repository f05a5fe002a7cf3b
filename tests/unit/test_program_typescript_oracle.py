"""What our checker accepts, ``tsc --strict`` accepts; and the declarations refuse what they should."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fcbench_action.diagnostics import errors
from fcbench_action.language import database, interface
from fcbench_action.language.program import expressions as e
from fcbench_action.language.program import statements as s
from fcbench_action.language.program.check import check_operation, check_test
from fcbench_action.language.program.environment import Environment, environment
from fcbench_action.language.program.typescript import (
    declarations,
    emit_operation,
    emit_test,
    parse_operation,
)
from fcbench_action.suite.files import package
from fcbench_action.suite.load import read
from tests.awkward_world import awkward_world
from tests.program_generator import operation_program, test_program
from tests.program_mutations import damaged
from tests.program_trees import NAMES, program_tree
from tests.program_world import world
from tests.typescript_oracle import typescript_errors

pytestmark = pytest.mark.slow
WORLDS: dict[str, Callable[[], Environment]] = {"plain": world, "awkward": awkward_world}
Program = s.TestProgram | s.OperationProgram


def made(seed: str, env: Environment, budget: int) -> Program:
    make = test_program if seed.startswith("test") else operation_program
    return make(Random(seed), env, budget)


def accepted(program: Program, env: Environment) -> bool:
    check: Any = check_test if isinstance(program, s.TestProgram) else check_operation
    return not errors(check(program, env))


def emitted(program: Program) -> str:
    return emit_test(program) if isinstance(program, s.TestProgram) else emit_operation(program)


def refused(env: Environment, programs: dict[str, Program]) -> dict[str, list[str]]:
    """What TypeScript refuses of programs that we accept."""
    texts = {id_: emitted(one) for id_, one in programs.items() if accepted(one, env)}
    assert texts
    return {id_: found for id_, found in typescript_errors(declarations(env), texts).items() if found}


@pytest.mark.parametrize("name", WORLDS)
def test_typescript_accepts_generated_programs(name: str) -> None:
    env = WORLDS[name]()
    seeds = [f"{kind}{number}" for kind in ("test", "operation") for number in range(300)]
    assert refused(env, {seed: made(seed, env, 120) for seed in seeds}) == {}


@pytest.mark.parametrize("name", WORLDS)
def test_typescript_accepts_what_we_accept_of_damaged_programs(name: str) -> None:
    env = WORLDS[name]()
    programs: dict[str, Program] = {}
    for number in range(60):
        for kind in ("test", "operation"):
            whole, random = made(f"{kind}{number}", env, 60), Random(f"{kind}{number}")
            for times in range(40):
                variant = damaged(whole, random, 1 + times % 3)
                if variant is not None:
                    programs[f"{kind}{number}/{times}"] = variant
    assert refused(env, programs) == {}


def test_typescript_accepts_all_references_of_the_suite() -> None:
    for topic in read(None, package()):
        known = topic.programs
        programs = {
            **{" ".join(name): emit_operation(one) for name, one in known.operations.items()},
            **{name: emit_test(one) for name, one in known.tests.items()},
        }
        found = typescript_errors(declarations(environment(known.application, known.document)), programs)
        assert {id_: one for id_, one in found.items() if one} == {}


def test_typescript_accepts_the_declarations_of_real_artifacts(artifacts: Path) -> None:
    paths = sorted(artifacts.glob("*/*/*/document.json"))
    documents = [path for path in paths if path.with_name("prisma.json").is_file()]
    assert documents
    for path in documents:
        rows = database.read(path.with_name("prisma.json").read_bytes(), tolerate_unknown=True)
        document = interface.read(path.read_bytes(), tolerate_unknown=True)
        env = environment(rows, document)
        programs = {seed: made(seed, env, 60) for seed in ("test1", "test2", "operation1", "operation2")}
        assert refused(env, programs) == {}, path


HEAD = """type Key = "PUT /x";
export function operation({ path, body, actor, db, now }: Scope<"GET /notes/{noteId}">): Read.INote | null {
"""
WRONG: dict[str, str] = {
    "an unknown table": "db.note.count({ where: { AND: [] } });",
    "an unknown column in a condition": "db.notes.count({ where: { titel: { equals: now } } });",
    "an unknown operator": "db.notes.count({ where: { title: { gets: now } } });",
    "a number for a text": "db.notes.count({ where: { title: { equals: 1 } } });",
    "null as a value": "db.notes.count({ where: { text: { equals: null } } });",
    "a column that is never null": "db.notes.count({ where: { title: null } });",
    "contains on an identifier": 'db.notes.count({ where: { id: { contains: "a" } } });',
    "less on a boolean": "db.notes.count({ where: { pinned: { lt: true } } });",
    "one value for many": "db.notes.count({ where: { id: { in: now } } });",
    "an unknown relation": "db.notes.count({ where: { writer: { some: { AND: [] } } } });",
    "a column of another table": "db.notes.count({ where: { author: { some: { title: null } } } });",
    "a text in a list of conditions": "db.notes.count({ where: { AND: [now] } });",
    "an order by nothing known": 'db.notes.findMany({ where: { AND: [] }, orderBy: [{ titel: "asc" }] });',
    "another direction": 'db.notes.findMany({ where: { AND: [] }, orderBy: [{ title: "up" }] });',
    "a sum of texts": 'db.notes.sum("title", { where: { AND: [] } });',
    "a row without a column": "db.tags.insert({ data: { name: now } });",
    "a row with one too many": "db.tags.insert({ data: { name: now, note_id: now, color: now } });",
    "null in a column that has none": "db.tags.update({ where: { AND: [] }, data: { name: null } });",
    "a row that may be null": "db.notes.findFirst({ where: { AND: [] } }).title;",
    "an element that may be null": "List.at([path], 0).noteId;",
    "a parameter that is not in the path": "path.id;",
    "an average that may be null": 'db.notes.average("stars", { where: { AND: [] } }) + 1;',
    "a status that is a text": 'throw new Rejection("404", now);',
    "a default for nothing": "const x: number = List.find([now], (one) => one === now) ?? 0;",
    "an answer without properties": "return { id: now };",
    "an optional property": "const note: Read.INote = null!; Text.lower(note.text);",
    "undefined": "const note = null as Read.INote | null; const text: string | null = note?.text;",
    "an unknown function": "List.reverse([1]);",
    "too few arguments": "Time.addSeconds(now);",
    "a text as a condition": "List.find([1], (one) => now);",
}  # fmt: skip


def test_the_declarations_refuse_what_is_wrong() -> None:
    programs = {name: f"{HEAD}  {text}\n  return null;\n}}\n" for name, text in WRONG.items()}
    programs["nothing"] = f"{HEAD}  return null;\n}}\n"
    found = typescript_errors(declarations(world()), programs)
    assert [name for name, one in found.items() if not one] == ["nothing"]
    assert all(one[0].startswith("3:") for name, one in found.items() if one), found


TEST_HEAD = 'export async function test(api: Api): Promise<void> {\n  const ann = api.session("member");\n'
WRONG_CALLS = {
    "an unknown operation": 'await ann.call("GET /nothing");',
    "a body that is missing": 'await ann.call("POST /members");',
    "a body where none is taken": 'await ann.call("GET /members/me", { body: {} });',
    "a path parameter that is missing": 'await ann.call("GET /notes/{noteId}");',
    "another path parameter": 'await ann.call("GET /notes/{noteId}", { path: { id: "" } });',
    "a property that is missing": 'await ann.call("POST /members", { body: { email: "a@b.c" } });',
    "one property too many": 'await ann.call("POST /members", { body: { email: "", password: "", x: 1 } });',
    "another type": 'await ann.call("POST /members", { body: { email: "", password: 1 } });',
    "an unknown actor": 'api.session("owner");',
    "a number as a token": "ann.authenticate(1);",
    "a rejection of nothing": 'await Assert.rejected("x", 404, 1);',
    "an unknown format": 'Random.format("iban");',
    "a property that is not there": '(await ann.call("GET /members/me")).name;',
    "a property that may be absent": '(await ann.call("GET /notes/top")).text.length;',
}


def test_the_declarations_refuse_wrong_calls() -> None:
    programs = {name: f"{TEST_HEAD}  {text}\n}}\n" for name, text in WRONG_CALLS.items()}
    programs["nothing"] = f"{TEST_HEAD}}}\n"
    found = typescript_errors(declarations(world()), programs)
    assert [name for name, one in found.items() if not one] == ["nothing"]


WORDS = re.findall(
    r"\w+",
    """
    abstract accessor any as assert asserts async await bigint boolean break case catch class const
    constructor continue debugger declare default defer delete do else enum eval export extends false
    finally for from function get global if implements import in infer instanceof interface intrinsic is
    keyof let module namespace never new null number object of operation out override package private
    protected public readonly require return satisfies scenario set static string super switch symbol
    test this throw true try type typeof undefined unique unknown using var void while with yield
    arguments globalThis exports NaN Infinity api db path body actor now list text math key scope answer
    """,
)


def test_no_name_that_we_accept_troubles_typescript() -> None:
    programs: dict[str, Program] = {}
    for word in WORDS:
        name = e.Identifier(name=word)
        key = s.OperationKey(method="delete", path="/members")
        listed = e.ArrayLiteral(elements=(e.IntegerLiteral(value=1),))
        body = e.Map(array=listed, arrow=e.Arrow(parameter=word, body=name))
        for kind, statement in {
            "constant": s.Declare(name=word, value=e.StringLiteral(value="")),
            "parameter": s.Declare(name="x", value=body),
            "item": s.ForEach(array=listed, item=word, body=(s.Declare(name="x", value=name),)),
        }.items():
            operation = s.OperationProgram(operation=key, statements=(statement, s.Return()))
            programs[f"{word} as a {kind}"] = operation
        request = s.Request(
            session=word, operation=s.OperationKey(method="get", path="/notes/top"), path_parameters=()
        )
        programs[f"{word} as a session"] = s.TestProgram(
            scenario="x",
            sessions=(s.Session(name=word, actor=None),),
            statements=(s.AssertRejected(title="x", request=request, status=404),),
        )
    assert refused(world(), programs) == {}


def test_typescript_reads_every_tree_as_a_program() -> None:
    """Types apart: whatever the tree, no brackets and operators of its text are taken for something else."""
    programs: dict[str, str] = {}
    for dialect, emit in ((s.TestProgram, emit_test), (s.OperationProgram, emit_operation)):
        for seed in range(500):
            tree = program_tree(dialect, seed, 4 + seed % 6, NAMES)
            programs[f"{dialect.__name__} {seed}"] = emit(tree)
    found = typescript_errors("", programs, only_syntax=True)
    assert {id_: (one, programs[id_]) for id_, one in found.items() if one} == {}


def test_comparisons_are_never_read_as_type_arguments() -> None:
    text = """type Key = "DELETE /members";
export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const a = List.sum([1], (x) => x);
  const list = [(a < a), a > (List.at([1], 0) ?? 1), a < a === true, a > (a < a ? 1 : 2)];
  const texts = [(now < now), now > `${a}`, Order.less(now, `${a > a ? 1 : 2}`)];
  const choices = [Order.less(a, a > (List.at([a], 0) ?? 1) ? 1 : 2), a < (a < 1 ? 1 : 2)];
  const more = [Order.less(1, [a > (a === 1 ? 1 : 2)].length), a < [a, 1].length];
  return;
}
"""
    program = parse_operation(text).program
    assert program
    again = emit_operation(program)
    assert again.count("Order.less(") == text.count("Order.less(")
    assert typescript_errors(declarations(world()), {"x": again})["x"] == []
