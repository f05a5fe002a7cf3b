export const scenario = "What happens in a list is written down, in order.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const carol = api.session("member");
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
    body: { handle: bobName, role: "editor" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  await alice.call("PUT /lists/{listId}", { path: { listId: home.id }, body: { name: "House" } });
  await alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { color: "#00ff00", name: "House" },
  });
  const item = await bob.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint", parts: [{ title: "Buy" }] },
  });
  await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: {
      title: "Paint all",
      priority: 1,
      due: { kind: "moment", at: "2026-03-01T12:00:00.000Z", grace_minutes: 0 },
    },
  });
  await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { due: { kind: "day", date: "2026-03-02" } },
  });
  await bob.call("PUT /items/{itemId}", { path: { itemId: item.id }, body: { estimate: 5 } });
  await bob.call("PUT /items/{itemId}/completion", { path: { itemId: item.id }, body: {} });
  await alice.call("DELETE /items/{itemId}/completion", { path: { itemId: item.id } });
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: item.id, labelId: red.id },
  });
  const blue = await alice.call("POST /labels", { body: { name: "blue", color: "#0000ff" } });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: item.id, labelId: blue.id },
  });
  await alice.call("DELETE /items/{itemId}/labels/{labelId}", {
    path: { itemId: item.id, labelId: red.id },
  });
  await alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 1 },
  });
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: home.id, after_id: null },
  });
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: work.id, after_id: null },
  });
  const entry = await alice.call("POST /trash", { body: { item_id: item.id } });
  const feed = await bob.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("in order", feed.data.map((event) => event.kind), [
    "list_shared",
    "list_renamed",
    "item_created",
    "item_created",
    "item_changed",
    "item_changed",
    "item_changed",
    "item_changed",
    "item_changed",
    "item_changed",
    "item_changed",
    "item_changed",
    "item_moved",
    "item_moved",
  ]);
  Assert.equal("numbered from 1", feed.data.map((event) => event.sequence), [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
  ]);
  Assert.equal("who did it", feed.data.map((event) => event.actor?.handle ?? ""), [
    aliceName,
    aliceName,
    bobName,
    bobName,
    bobName,
    bobName,
    bobName,
    aliceName,
    aliceName,
    aliceName,
    aliceName,
    aliceName,
    aliceName,
    aliceName,
  ]);
  Assert.equal("that is the end", feed.next, null);
  const shared = List.at(feed.data, 0);
  Assert.that(
    "shared with whom and as what",
    shared !== null
      && shared.kind === "list_shared"
      && shared.member.id === bobJoined.member.id
      && shared.member.handle === bobName
      && shared.role === "editor",
  );
  const renamed = List.at(feed.data, 1);
  Assert.that(
    "the names",
    renamed !== null
      && renamed.kind === "list_renamed"
      && renamed.before === "Home"
      && renamed.after === "House",
  );
  const created = List.at(feed.data, 2);
  Assert.that(
    "the item as it is now",
    created !== null
      && created.kind === "item_created"
      && created.item.id === item.id
      && created.item.title === "Paint"
      && !created.item.completed
      && created.created_at === item.created_at,
  );
  const part = List.at(feed.data, 3);
  Assert.that(
    "its part",
    part !== null && part.kind === "item_created" && part.item.title === "Buy",
  );
  const changes = feed.data.filter((event) => event.kind === "item_changed");
  Assert.equal(
    "the revisions",
    changes.map((event) => event.kind === "item_changed" ? event.revision : 0),
    [2, 3, 4, 5, 6, 7, 8, 9],
  );
  Assert.equal(
    "the changes",
    changes.map(
      (event) =>
        event.kind === "item_changed"
          ? Text.join(event.changes.map((change) => change.field), " ")
          : "",
    ),
    [
      "title priority due",
      "due",
      "completed",
      "completed",
      "labels",
      "labels",
      "labels",
      "title priority due",
    ],
  );
  const early = List.at(changes, 0);
  Assert.equal(
    "the first of them",
    early !== null && early.kind === "item_changed" ? early.changes : [],
    [
      { field: "title", before: "Paint", after: "Paint all" },
      { field: "priority", before: 0, after: 1 },
      {
        field: "due",
        before: null,
        after: { kind: "moment", at: "2026-03-01T12:00:00.000Z", grace_minutes: 0 },
      },
    ],
  );
  const labelled = List.at(changes, 5);
  Assert.equal(
    "a label put on beside another",
    labelled !== null && labelled.kind === "item_changed" ? labelled.changes : [],
    [{ field: "labels", added: ["blue"], removed: [] }],
  );
  const late = List.at(changes, 6);
  Assert.equal(
    "a label taken off",
    late !== null && late.kind === "item_changed" ? late.changes : [],
    [{ field: "labels", added: [], removed: ["red"] }],
  );
  Assert.that("all of the item", changes.every(
    (event) => event.kind === "item_changed" && event.item_id === item.id,
  ));
  const moves = feed.data.filter((event) => event.kind === "item_moved");
  Assert.equal(
    "moved within the list, then out of it",
    moves.map(
      (event) =>
        event.kind === "item_moved" ? [event.item_id, event.from_list_id, event.to_list_id] : [],
    ),
    [[item.id, home.id, home.id], [item.id, home.id, work.id]],
  );
  const other = await alice.call("PATCH /lists/{listId}/events", {
    path: { listId: work.id },
    body: {},
  });
  Assert.equal("in the other list", other.data.map((event) => [event.kind, `${event.sequence}`]), [
    ["item_moved", "1"],
    ["item_removed", "2"],
  ]);
  const removed = List.at(other.data, 1);
  Assert.that(
    "put into the trash",
    removed !== null
      && removed.kind === "item_removed"
      && removed.item_id === item.id
      && !removed.purged
      && removed.created_at === entry.created_at
      && (removed.actor?.handle ?? "") === aliceName,
  );
  const some = await bob.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: { after: 2, limit: 3 },
  });
  Assert.equal("after the second", some.data.map((event) => event.sequence), [3, 4, 5]);
  Assert.equal("to go on", some.next, 5);
  const rest = await bob.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: { after: 11, limit: 3 },
  });
  Assert.equal("just to the end", rest.next, null);
  const kinds = await bob.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: { kinds: ["item_created", "list_renamed"], limit: 2 },
  });
  Assert.equal("by kinds", kinds.data.map((event) => event.sequence), [2, 3]);
  Assert.equal("more of them follow", kinds.next, 3);
  await Assert.rejected("strangers find nothing", 404, carol.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: {},
  }));
  await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: carolName, role: "viewer" },
  });
  await Assert.rejected("nor do those who have not accepted", 404, carol.call(
    "PATCH /lists/{listId}/events",
    { path: { listId: home.id }, body: {} },
  ));
}
