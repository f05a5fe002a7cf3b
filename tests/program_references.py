"""Reference operations and tests of the small application, as a topic would have them."""

from __future__ import annotations

from functools import cache

from fcbench_action.functions.programs import Programs
from fcbench_action.functions.realize import RealizationTask
from fcbench_action.functions.test import ScenarioTask
from fcbench_action.language.program.environment import OperationName
from fcbench_action.language.program.mutate import mutants
from fcbench_action.language.program.statements import OperationProgram, TestProgram
from fcbench_action.language.program.typescript import parse_operation, parse_test
from tests.program_world import application, document

SCENARIO = "Titles are taken"
POST: OperationName = ("post", "/notes")
PAGE: OperationName = ("patch", "/notes")
JOIN: OperationName = ("post", "/members")

_NOTE = """{
    id: note.id, author: { id: member.id, email: member.email }, title: note.title, stars: note.stars,
    weight: note.weight, pinned: note.pinned, created_at: note.created_at,
  }"""
_AUTHOR = """
  const member = db.members.findFirst({ where: { id: { equals: actor.id } } });
  if (member === null) throw new Rejection(404, "You are gone.");"""
OPERATIONS = {
    JOIN: """
  const hash = Security.hashPassword(body.password);
  const member = db.members.insert({ data: { email: body.email, hash: hash } });
  return { member: { id: member.id, email: member.email }, token: Security.issueToken(member.id) };
""",
    POST: f"""
  const taken = db.notes.exists({{
    where: {{ author_id: {{ equals: actor.id }}, title: {{ equals: body.title }} }},
  }});
  if (taken) throw new Rejection(409, "You have such a note.");{_AUTHOR}
  const note = db.notes.insert({{
    data: {{ author_id: actor.id, title: body.title, stars: body.stars, pinned: false, created_at: now }},
  }});
  return {_NOTE};
""",
    PAGE: f"""{_AUTHOR}
  const notes = db.notes.findMany({{
    where: {{ author_id: {{ equals: actor.id }} }},
    orderBy: [{{ stars: "desc" }}],
  }});
  return {{ data: notes.map((note) => ({_NOTE})), total: notes.length }};
""",
}
TITLES = """
  const ann = api.session("member");
  const bob = api.session("member");
  const first = await ann.call("POST /members", { body: { email: "ann@example.com", password: "x" } });
  const second = await bob.call("POST /members", { body: { email: "bob@example.com", password: "y" } });
  ann.authenticate(first.token);
  bob.authenticate(second.token);
  const note = await ann.call("POST /notes", { body: { title: "Milk", stars: 2 } });
  Assert.equal("the title is kept", note.title, "Milk");
  await Assert.rejected("taken", 409, ann.call("POST /notes", { body: { title: "Milk", stars: 3 } }));
  await ann.call("POST /notes", { body: { title: "Bread", stars: 4 } });
  await bob.call("POST /notes", { body: { title: "Milk", stars: 1 } });
  const page = await ann.call("PATCH /notes", { body: {} });
  Assert.equal("by stars", page.data.map((one) => one.title), ["Bread", "Milk"]);
"""
JOINS = """
  const ann = api.session(null);
  const joined = await ann.call("POST /members", { body: { email: "ann@example.com", password: "x" } });
  Assert.equal("the address", joined.member.email, "ann@example.com");
"""


def operation(name: OperationName, body: str) -> OperationProgram:
    """The program with this body as TypeScript."""
    head = "export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"
    reading = parse_operation(f'type Key = "{name[0].upper()} {name[1]}";\n\n{head}{body}}}\n')
    assert reading.program is not None, reading.diagnostics
    return reading.program


def scenario(body: str, name: str = SCENARIO) -> TestProgram:
    """The test with this body as TypeScript."""
    head = "export async function test(api: Api): Promise<void> {"
    reading = parse_test(f'export const scenario = "{name}";\n\n{head}{body}}}\n')
    assert reading.program is not None, reading.diagnostics
    return reading.program


@cache
def programs() -> Programs:
    """The references."""
    return Programs(
        application=application(),
        document=document(),
        operations={name: operation(name, body) for name, body in OPERATIONS.items()},
        tests={"notes/titles": scenario(TITLES), "notes/joins": scenario(JOINS, "Joining")},
        conventions="- What is taken is refused with 409.",
    )


@cache
def scenario_task() -> ScenarioTask:
    """The case of writing the test of titles, with every mutant that the reference test notices."""
    known = programs()
    reference = known.tests["notes/titles"]
    noticed = {
        key: tuple(
            one.name
            for one in mutants(known.operations[key], known.environment)
            if not known.run(reference, {key: one.program}).passed
        )
        for key in (POST, PAGE)
    }
    return ScenarioTask(
        title="Notes",
        summary="Members write notes.",
        module="notes",
        brief="Notes have titles.",
        requirements=(("N-1", "A member has no two notes of one title."),),
        actors=known.document.components.authorization,
        programs=known,
        name=SCENARIO,
        scenario="A title is taken, but not for others.",
        about=(POST, PAGE),
        given=(JOIN,),
        reference=reference,
        mutants=noticed,
    )


@cache
def realization_task(name: OperationName = POST) -> RealizationTask:
    """The case of realizing an operation."""
    known = programs()
    about = () if name == JOIN else ("notes/titles",)
    return RealizationTask(
        title="Notes",
        summary="Members write notes.",
        module="notes",
        brief="Notes have titles.",
        requirements=(("N-1", "A member has no two notes of one title."),),
        actors=known.document.components.authorization,
        programs=known,
        operation=name,
        tables=("members", "notes"),
        reference=known.operations[name],
        tests=about,
        others=tuple(one for one in known.callers[name] if one not in about),
    )
