"""Mutation operators, one by one, on programs as text: the lines that each takes away and puts in."""

from __future__ import annotations

import difflib
from pathlib import Path

import msgspec

from fcbench_action.diagnostics import errors
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.environment import Environment
from fcbench_action.language.program.mutate import OPERATORS, Mutant, mutants, remake
from fcbench_action.language.program.statements import OperationProgram
from fcbench_action.language.program.typescript import emit_operation, parse_operation
from fcbench_action.suite.files import package
from fcbench_action.suite.load import read as read_suite
from tests.golden_files import check_golden
from tests.program_world import world

GOLDEN = Path(__file__).parents[1] / "golden/program/mutants.md"

FIND = """
  const notes = db.notes.findMany({
    where: { AND: [{ author_id: { equals: actor.id } }, { due_at: null }, { stars: { gt: 1 } }] },
    orderBy: [{ stars: "desc" }, { title: "asc" }],
    skip: 20,
    take: 10,
  });
  return { data: [], total: notes.length };
"""
CHECK = """
  const note = db.notes.findFirst({ where: { id: { equals: path.noteId } } });
  if (note === null) throw new Rejection(404, "none");
  if (note.author_id !== actor.id || note.pinned) throw new Rejection(403, "not yours");
  if (db.tags.exists({ where: { note: { some: { pinned: { equals: true } } } } })) {
    throw new Rejection(409, "taken", "keep");
  }
  db.tags.remove({ where: { note_id: { equals: note.id } } });
  db.notes.update({
    where: { id: { equals: note.id } },
    data: { title: note.text ?? "", text: note.title, due_at: now },
  });
  return;
"""
LIST = """
  const stars = db.notes.findMany({ where: { AND: [] }, orderBy: [] }).filter((note) => note.stars > 3);
  const sorted = List.sortBy(stars, (note) => note.title, "asc");
  const total = sorted.slice(body.page ?? 0).length;
  return { data: [], total: total };
"""
ANY = """
  return { text: body.text, code: "x" };
"""
TOUCH = """
  db.todo_lists.update({
    where: { id: { equals: path.listId } },
    data: { created_at: Time.addSeconds(now, 1), updated_at: now },
  });
  return;
"""
PROGRAMS = {
    "PATCH /notes": [FIND, LIST],
    "DELETE /notes/{noteId}": [CHECK],
    "POST /any": [ANY],
    "DELETE /lists/{listId}": [TOUCH],
}
"""Bodies by operation; the last one is of the todo topic."""


def environment_of(program: OperationProgram) -> Environment:
    if "lists" in program.operation.path:
        return read_suite(["todo"], package())[0].programs.environment
    return world()


def read(key: str, body: str) -> OperationProgram:
    head = "export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"
    reading = parse_operation(f'type Key = "{key}";\n\n{head}{body}}}\n')
    assert reading.program is not None, reading.diagnostics
    return reading.program


def every() -> list[tuple[OperationProgram, Mutant]]:
    programs = [read(key, body) for key, bodies in PROGRAMS.items() for body in bodies]
    return [(one, mutant) for one in programs for mutant in mutants(one, environment_of(one))]


def changes(program: OperationProgram, mutant: Mutant) -> list[str]:
    before, after = (emit_operation(one).splitlines() for one in (program, mutant.program))
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    return [line[0] + line[1:].strip() for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_each_operator_changes_what_it_says() -> None:
    text = ""
    for operator, change in OPERATORS.items():
        found = [changes(program, mutant) for program, mutant in every() if mutant.operator == operator]
        assert found, operator
        said = "\n\n".join("\n".join(lines) for lines in found)
        text += f"# {operator}\n\n{change.__doc__}\n\n```diff\n{said}\n```\n\n"
    check_golden(GOLDEN, text.rstrip() + "\n")


def test_mutants_pass_the_checker_and_no_two_are_the_same() -> None:
    found = every()
    for program, mutant in found:
        assert not errors(check_operation(mutant.program, environment_of(program))), mutant.name
        assert mutant.program != program
    assert len({msgspec.json.encode(mutant.program) for _, mutant in found}) == len(found)


def test_a_mutant_is_remade_by_its_name() -> None:
    for program, mutant in every():
        made = remake(program, environment_of(program), frozenset([mutant.name]))
        assert list(made) == [mutant.name]
        assert made[mutant.name] == mutant


def test_a_name_that_no_mutant_has_is_left_out() -> None:
    program = read("POST /any", ANY)
    assert remake(program, world(), frozenset(["drop-check at $.statements[9]"])) == {}
