export const scenario = "Members create items with parts, labels and all that belongs to them.";

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
  await Assert.rejected("the list is not seen yet", 404, bob.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint" },
  }));
  await Assert.rejected("nor may the item be for the member", 409, alice.call(
    "POST /lists/{listId}/items",
    { path: { listId: home.id }, body: { title: "Paint", assignee_id: bobJoined.member.id } },
  ));
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const plain = await bob.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint" },
  });
  const creator = {
    id: bobJoined.member.id,
    handle: bobName,
    display_name: bobJoined.member.display_name,
    avatar: null,
  };
  const theirs = await carol.call("POST /lists", { body: { name: "Theirs" } });
  await carol.call("POST /lists/{listId}/items", {
    path: { listId: theirs.id },
    body: { title: "Theirs" },
  });
  Assert.equal("nothing but a title", plain, {
    id: plain.id,
    list_id: home.id,
    title: "Paint",
    note: null,
    due: null,
    estimate: null,
    priority: 0,
    creator: {
      id: creator.id,
      handle: creator.handle,
      display_name: creator.display_name,
      avatar: null,
    },
    assignee: null,
    completer: null,
    labels: [],
    blockers: [],
    parts: [],
    recurrence: null,
    created_at: plain.created_at,
    updated_at: plain.created_at,
    completed_at: null,
  });
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const blue = await alice.call("POST /labels", { body: { name: "blue", color: "#0000ff" } });
  const foreign = await bob.call("POST /labels", { body: { name: "green", color: "#00ff00" } });
  await alice.call("PUT /members/me", { body: { avatar: "https://example.com/alice.png" } });
  const full = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Move house",
      note: "In spring.",
      due: { kind: "moment", at: "2026-03-01T08:00:00.000Z", grace_minutes: 30 },
      estimate: 600,
      assignee_id: bobJoined.member.id,
      priority: 3,
      label_ids: [red.id, blue.id],
      parts: [
        { title: "Pack", due: { kind: "day", date: "2026-02-28" }, estimate: 90, priority: 1 },
        {
          title: "Drive",
          note: "Slowly.",
          label_ids: [red.id],
          assignee_id: aliceJoined.member.id,
        },
      ],
    },
  });
  Assert.equal(
    "what was given",
    [full.title, full.note ?? "", `${full.estimate ?? 0}`, `${full.priority}`],
    ["Move house", "In spring.", "600", "3"],
  );
  Assert.that(
    "due at a moment",
    full.due !== null
      && full.due.kind === "moment"
      && full.due.at === "2026-03-01T08:00:00.000Z"
      && full.due.grace_minutes === 30,
  );
  Assert.equal("the assignee", full.assignee, creator);
  Assert.equal("the creator", full.creator?.id ?? null, aliceJoined.member.id);
  Assert.equal("labels by name", full.labels, [blue, red]);
  Assert.equal("parts in order", full.parts.map((part) => part.title), ["Pack", "Drive"]);
  const pack = List.at(full.parts, 0);
  const drive = List.at(full.parts, 1);
  Assert.that(
    "the first part is due on a day",
    pack !== null
      && pack.due !== null
      && pack.due.kind === "day"
      && pack.due.date === "2026-02-28"
      && pack.estimate === 90
      && pack.priority === 1
      && pack.labels.length === 0,
  );
  Assert.that(
    "the second part has the rest",
    drive !== null
      && drive.note === "Slowly."
      && drive.assignee !== null
      && drive.assignee.id === aliceJoined.member.id
      && drive.labels.length === 1
      && drive.creator !== null,
  );
  const firstPart = await bob.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: drive?.id ?? "", revision: 1 },
  });
  Assert.equal(
    "parts have a first snapshot",
    [
      firstPart.title,
      firstPart.note ?? "",
      firstPart.editor?.handle ?? "",
      Text.join(firstPart.labels.map((label) => `${label.name} ${label.color}`), " "),
    ],
    ["Drive", "Slowly.", aliceName, "red #ff0000"],
  );
  const packed = await bob.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: pack?.id ?? "", revision: 1 },
  });
  Assert.equal("due, priority and no labels", packed, {
    id: packed.id,
    item_id: pack?.id ?? "",
    revision: 1,
    title: "Pack",
    note: null,
    priority: 1,
    due: { kind: "day", date: "2026-02-28" },
    completed: false,
    labels: [],
    editor: firstPart.editor,
    created_at: full.created_at,
  });
  const firstFull = await bob.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: full.id, revision: 1 },
  });
  Assert.equal(
    "so has the item",
    [
      firstFull.title,
      firstFull.note ?? "",
      `${firstFull.priority}`,
      Text.join(firstFull.labels.map((label) => `${label.name} ${label.color}`), " "),
    ],
    ["Move house", "In spring.", "3", "blue #0000ff red #ff0000"],
  );
  Assert.equal("due at the moment", firstFull.due, {
    kind: "moment",
    at: "2026-03-01T08:00:00.000Z",
    grace_minutes: 0,
  });
  const events = await bob.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: { kinds: ["item_created"] },
  });
  Assert.equal(
    "an event for each",
    events.data.map(
      (event) => event.kind === "item_created" ? [event.item.title, event.actor?.handle ?? ""] : [],
    ),
    [["Paint", bobName], ["Move house", aliceName], ["Pack", aliceName], ["Drive", aliceName]],
  );
  Assert.equal("numbered on", events.data.map((event) => event.sequence), [2, 3, 4, 5]);
  const read = await bob.call("GET /items/{itemId}", { path: { itemId: full.id } });
  Assert.equal("others who see the list see the same", read, full);
  const part = await bob.call("GET /items/{itemId}", { path: { itemId: pack?.id ?? "" } });
  Assert.equal("a part is an item", part, pack);
  const third = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Unpack", parent_id: full.id },
  });
  const grown = await alice.call("GET /items/{itemId}", { path: { itemId: full.id } });
  Assert.equal("a new part comes last", grown.parts.map((one) => one.id), [
    pack?.id ?? "",
    drive?.id ?? "",
    third.id,
  ]);
  await Assert.rejected("labels of others", 404, alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "No", label_ids: [foreign.id] },
  }));
  await Assert.rejected("labels of others on a part", 404, alice.call(
    "POST /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: { title: "No", parts: [{ title: "No", label_ids: [red.id, foreign.id] }] },
    },
  ));
  await Assert.rejected("a part for somebody who does not see the list", 409, alice.call(
    "POST /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: { title: "No", parts: [{ title: "No", assignee_id: carolJoined.member.id }] },
    },
  ));
  await Assert.rejected("a parent in another list", 404, alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "No", parent_id: full.id },
  }));
  await Assert.rejected("a part of a part", 409, alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "No", parent_id: third.id },
  }));
  await Assert.rejected("parts and a parent", 409, alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "No", parent_id: full.id, parts: [{ title: "No" }] },
  }));
  await Assert.rejected("parts within parts", 409, alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "No", parts: [{ title: "No", parts: [{ title: "No" }] }] },
  }));
  await Assert.rejected("strangers find no list", 404, carol.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "No" },
  }));
  await Assert.rejected("strangers find no item", 404, carol.call("GET /items/{itemId}", {
    path: { itemId: full.id },
  }));
  await alice.call("POST /trash", { body: { item_id: full.id } });
  await Assert.rejected("an item in the trash is not there", 404, alice.call(
    "GET /items/{itemId}",
    { path: { itemId: full.id } },
  ));
  await Assert.rejected("nor is it a parent", 404, alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "No", parent_id: full.id },
  }));
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Last" },
  });
  const order = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("items in the order of their making", order.data.map((one) => one.title), [
    "Paint",
    "Pack",
    "Drive",
    "Unpack",
    "Last",
  ]);
  const strangers = await carol.call("POST /lists", { body: { name: "Home" } });
  Assert.equal("nothing is in other lists", strangers.open_items, 0);
}
