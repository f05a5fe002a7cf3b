export const scenario = "Items come back from the trash, to where they were or elsewhere.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const carol = api.session("member");
  const dan = api.session("member");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      handle: aliceName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: {
      email: `${bobName}@example.com`,
      handle: bobName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  bob.authenticate(bobJoined.token.access);
  const carolName = Random.string(8, 12);
  const carolJoined = await carol.call("POST /auth/members/join", {
    body: {
      email: `${carolName}@example.com`,
      handle: carolName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  carol.authenticate(carolJoined.token.access);
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "viewer" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const a = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "A" },
  });
  const big = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Big", label_ids: [red.id], parts: [{ title: "One" }, { title: "Two" }] },
  });
  const z = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Z" },
  });
  const task = await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Task" },
  });
  const two = List.at(big.parts, 1);
  const entry = await alice.call("POST /trash", { body: { item_id: big.id } });
  await Assert.rejected("viewers do not restore", 403, bob.call(
    "POST /trash/{entryId}/restoration",
    { path: { entryId: entry.id }, body: { destination: { kind: "former" } } },
  ));
  await Assert.rejected("strangers find nothing", 404, carol.call(
    "POST /trash/{entryId}/restoration",
    { path: { entryId: entry.id }, body: { destination: { kind: "former" } } },
  ));
  const back = await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: entry.id },
    body: { destination: { kind: "former" } },
  });
  Assert.equal("the item, without warnings", back, {
    item: { id: big.id, title: "Big", priority: 0, due: null, completed: false },
    warnings: [],
  });
  await Assert.rejected("the entry is gone", 404, alice.call("GET /trash/{entryId}", {
    path: { entryId: entry.id },
  }));
  const first = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("where it was", first.data.map((one) => one.title), ["A", "Big", "One", "Two", "Z"]);
  const whole = await alice.call("GET /items/{itemId}", { path: { itemId: big.id } });
  Assert.equal("with its parts", whole.parts.map((part) => part.title), ["One", "Two"]);
  Assert.that("that is a change", whole.updated_at > big.updated_at);
  const partEntry = await alice.call("POST /trash", { body: { item_id: two?.id ?? "" } });
  const parentEntry = await alice.call("POST /trash", { body: { item_id: big.id } });
  const alone = await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: partEntry.id },
    body: { destination: { kind: "former" } },
  });
  Assert.equal("its parent is in the trash", alone.warnings, ["parent_gone"]);
  await alice.call("DELETE /labels/{labelId}", { path: { labelId: red.id } });
  const bare = await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: parentEntry.id },
    body: { destination: { kind: "list", list_id: home.id, after_id: z.id } },
  });
  Assert.equal("its label is gone", bare.warnings, ["labels_gone"]);
  const second = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("after the item wanted", second.data.map((one) => one.title), [
    "A",
    "One",
    "Two",
    "Z",
    "Big",
  ]);
  const smaller = await alice.call("GET /items/{itemId}", { path: { itemId: big.id } });
  Assert.equal("the part stands alone", smaller.parts.map((part) => part.title), ["One"]);
  await alice.call("PUT /lists/{listId}/archive", { path: { listId: work.id } });
  const third = await alice.call("POST /trash", { body: { item_id: big.id } });
  await Assert.rejected("the list is archived", 409, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "list", list_id: work.id, after_id: null } },
    },
  ));
  await alice.call("DELETE /lists/{listId}/archive", { path: { listId: work.id } });
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/members/join", {
    body: {
      email: `${danName}@example.com`,
      handle: danName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  dan.authenticate(danJoined.token.access);
  const dans = await dan.call("POST /lists", { body: { name: "Dan's" } });
  const dansItem = await dan.call("POST /lists/{listId}/items", {
    path: { listId: dans.id },
    body: { title: "Dan's item" },
  });
  const pending = await dan.call("POST /lists/{listId}/shares", {
    path: { listId: dans.id },
    body: { handle: aliceName, role: "editor" },
  });
  const carols = await dan.call("POST /lists/{listId}/shares", {
    path: { listId: dans.id },
    body: { handle: carolName, role: "editor" },
  });
  await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: dans.id, shareId: carols.id },
  });
  await Assert.rejected("before accepting a list is not seen", 404, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "list", list_id: dans.id, after_id: null } },
    },
  ));
  await Assert.rejected("nor an item in it", 404, alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: third.id },
    body: { destination: { kind: "parent", item_id: dansItem.id, with_parts: true } },
  }));
  Assert.equal("the invitation is open", pending.accepted_at, null);
  const foreign = await bob.call("POST /lists", { body: { name: "Foreign" } });
  const bobsItem = await bob.call("POST /lists/{listId}/items", {
    path: { listId: foreign.id },
    body: { title: "Bob's item" },
  });
  const editing = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: foreign.id },
    body: { handle: carolName, role: "editor" },
  });
  await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: foreign.id, shareId: editing.id },
  });
  await Assert.rejected("a list that is not seen", 404, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "list", list_id: foreign.id, after_id: null } },
    },
  ));
  const viewing = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: foreign.id },
    body: { handle: aliceName, role: "viewer" },
  });
  await alice.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: foreign.id, shareId: viewing.id },
  });
  await Assert.rejected("a list that is only viewed", 403, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "list", list_id: foreign.id, after_id: null } },
    },
  ));
  await Assert.rejected("an item in a list that is only viewed", 403, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "parent", item_id: bobsItem.id, with_parts: true } },
    },
  ));
  await Assert.rejected("after an item in the trash", 404, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "list", list_id: home.id, after_id: big.id } },
    },
  ));
  await Assert.rejected("after an item of another list", 404, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: third.id },
      body: { destination: { kind: "list", list_id: work.id, after_id: a.id } },
    },
  ));
  await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: third.id },
    body: { destination: { kind: "list", list_id: work.id, after_id: null } },
  });
  const there = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: work.id },
    body: {},
  });
  Assert.equal("on top of the other list, its part last", there.data.map((one) => one.title), [
    "Big",
    "Task",
    "One",
  ]);
  const fourth = await alice.call("POST /trash", { body: { item_id: big.id } });
  await Assert.rejected("into an item that does not exist", 404, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: fourth.id },
      body: { destination: { kind: "parent", item_id: home.id, with_parts: true } },
    },
  ));
  await Assert.rejected("into itself", 409, alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: fourth.id },
    body: { destination: { kind: "parent", item_id: big.id, with_parts: true } },
  }));
  await Assert.rejected("into a part", 409, alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: fourth.id },
    body: {
      destination: { kind: "parent", item_id: List.at(big.parts, 0)?.id ?? "", with_parts: true },
    },
  }));
  const zEntry = await alice.call("POST /trash", { body: { item_id: z.id } });
  await Assert.rejected("into an item in the trash", 404, alice.call(
    "POST /trash/{entryId}/restoration",
    {
      path: { entryId: fourth.id },
      body: { destination: { kind: "parent", item_id: z.id, with_parts: true } },
    },
  ));
  await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: fourth.id },
    body: { destination: { kind: "parent", item_id: a.id, with_parts: true } },
  });
  const parent = await alice.call("GET /items/{itemId}", { path: { itemId: a.id } });
  Assert.equal("it and its part are parts of the other", parent.parts.map((part) => part.title), [
    "Big",
    "One",
  ]);
  const home3 = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("in the list of the parent, at the end", home3.data.map((one) => one.title), [
    "A",
    "Two",
    "Big",
    "One",
  ]);
  await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: zEntry.id },
    body: { destination: { kind: "parent", item_id: task.id, with_parts: false } },
  });
  const taskNow = await alice.call("GET /items/{itemId}", { path: { itemId: task.id } });
  Assert.equal("a part of the task", taskNow.parts.map((part) => [part.title, part.list_id]), [
    ["Z", work.id],
  ]);
  const pair = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Pair", parts: [{ title: "Left" }] },
  });
  const fifth = await alice.call("POST /trash", { body: { item_id: pair.id } });
  await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: fifth.id },
    body: { destination: { kind: "parent", item_id: a.id, with_parts: false } },
  });
  const left = await alice.call("GET /items/{itemId}", {
    path: { itemId: List.at(pair.parts, 0)?.id ?? "" },
  });
  Assert.equal("its own part stays where it was", left.list_id, home.id);
  const more = await alice.call("GET /items/{itemId}", { path: { itemId: a.id } });
  Assert.equal("and does not come too", more.parts.map((part) => part.title), [
    "Big",
    "One",
    "Pair",
  ]);
  const bigNow = await alice.call("GET /items/{itemId}", { path: { itemId: pair.id } });
  Assert.equal("nor stays a part of it", bigNow.parts, []);
  const green = await alice.call("POST /labels", { body: { name: "green", color: "#00ff00" } });
  const five = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Five",
      priority: 1,
      due: { kind: "moment", at: "2026-08-01T09:00:00.000Z", grace_minutes: 9 },
      label_ids: [green.id],
      parts: [{ title: "V" }, { title: "I" }, { title: "X" }, { title: "C" }, { title: "M" }],
    },
  });
  await alice.call("DELETE /items/{itemId}/labels/{labelId}", {
    path: { itemId: five.id, labelId: green.id },
  });
  const sixth = await alice.call("POST /trash", { body: { item_id: five.id } });
  const partOfIt = await alice.call("POST /trash", {
    body: { item_id: List.at(five.parts, 0)?.id ?? "" },
  });
  const partBack = await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: partOfIt.id },
    body: { destination: { kind: "list", list_id: home.id, after_id: a.id } },
  });
  Assert.equal("elsewhere nobody misses the parent", partBack.warnings, []);
  const fifth2 = await alice.call("POST /trash/{entryId}/restoration", {
    path: { entryId: sixth.id },
    body: { destination: { kind: "list", list_id: work.id, after_id: task.id } },
  });
  Assert.equal("a label that was taken off before is not missed", fifth2, {
    item: {
      id: five.id,
      title: "Five",
      priority: 1,
      due: { kind: "moment", at: "2026-08-01T09:00:00.000Z", grace_minutes: 9 },
      completed: false,
    },
    warnings: [],
  });
  const order = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: work.id },
    body: {},
  });
  Assert.equal("parts follow in their order", order.data.map((one) => one.title), [
    "Task",
    "Five",
    "Z",
    "I",
    "X",
    "C",
    "M",
  ]);
  const events = await alice.call("PATCH /lists/{listId}/events", {
    path: { listId: work.id },
    body: { kinds: ["item_moved"] },
  });
  Assert.equal("by who restored it", events.data.map((event) => event.actor?.handle ?? ""), [
    aliceName,
    aliceName,
    aliceName,
    aliceName,
  ]);
  Assert.equal(
    "coming from another list is a move in both",
    events.data.map(
      (event) =>
        event.kind === "item_moved" ? [event.item_id, event.from_list_id, event.to_list_id] : [],
    ),
    [
      [big.id, home.id, work.id],
      [big.id, work.id, home.id],
      [z.id, home.id, work.id],
      [five.id, home.id, work.id],
    ],
  );
  const moves = await alice.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: { kinds: ["item_moved"] },
  });
  Assert.equal(
    "and in no other case",
    moves.data.map((event) => event.kind === "item_moved" ? event.to_list_id : ""),
    [work.id, home.id, work.id, work.id],
  );
}
