"""What a model is told that writes a program as text, in the place of the tool whose schema would say it."""

from __future__ import annotations

from fcbench_action.language.program.typescript.declarations import library

RULES = """\
Programs are a subset of TypeScript; nothing outside it is read.

- Statements: `const name = value;`, `const name: Type[] = [];`, `if (...) { } else { }`,
  `for (const x of list) { }`, guards such as `if (x === null) throw ...;`, and calls. There is no `let`, no
  assignment and no `while`.
- Values: literals, templates, arrays, objects with `...spread`, `a.b`, `a["b"]`, `a?.b ?? other` (an optional
  chain always has a default), the operators `! - + * / % === !== < <= > >= && || ??`, `c ? a : b`, and arrows
  `(x) => value` as last arguments.
- Arrays have `map`, `filter`, `some`, `every`, `includes`, `slice` and `length`; numbers have `Math.floor`,
  `ceil`, `round`, `min`, `max` and `abs`. All else on lists, texts and times is a function of the library.
- null must be handled before a value is used; undefined does not exist. A property that may be left out reads
  as null, and writing null to one leaves it out.
"""

EXAMPLES: dict[str, str] = {
    "test_write": """\
export const scenario = "A member renames a list.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const joined = await ann.call("POST /auth/members/join", {
    body: { email: Random.format("email"), password: "correct horse battery" },
  });
  ann.authenticate(joined.token);
  const list = await ann.call("POST /lists", { body: { title: "Errands" } });
  const renamed = await ann.call("PUT /lists/{listId}", {
    path: { listId: list.id },
    body: { title: `${list.title} today` },
  });
  Assert.equal("it has the new title", renamed.title, "Errands today");
  for (const title of ["", " "]) {
    await Assert.rejected("it needs a title", 422, ann.call("PUT /lists/{listId}", {
      path: { listId: list.id },
      body: { title: title },
    }));
  }
}
""",
    "realize_operation": """\
type Key = "PUT /lists/{listId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const list = db.lists.findFirst({
    where: { id: { equals: path.listId }, member_id: { equals: actor.member_id } },
  });
  if (list === null) throw new Rejection(404, "no such list");
  if (db.lists.exists({ where: { title: { equals: body.title }, id: { not: list.id } } })) {
    throw new Rejection(409, "another list has that title");
  }
  db.lists.update({ where: { id: { equals: list.id } }, data: { title: body.title, updated_at: now } });
  const items = db.items.findMany({
    where: { list_id: { equals: list.id } },
    orderBy: [{ position: "asc" }],
  });
  return {
    id: list.id,
    title: body.title,
    note: list.note ?? "",
    open: items.filter((item) => item.done_at === null).length,
  };
}
""",
}
"""A program of each kind, by tool, about an application that no case is about."""


def told(tool_name: str) -> str:
    """Rules, example and library for programs that the tool of this name would take."""
    return (
        f"{RULES}\nAn example of the form, about another application:\n\n```ts\n{EXAMPLES[tool_name]}```\n\n"
        f"What every program can use:\n\n```ts\n{library()}```"
    )
