export const scenario = "Members find items by filters, in the order that they want.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  const urgent = await alice.call("POST /labels", { body: { name: "urgent", color: "#ff0000" } });
  const paint = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Paint",
      note: "White Walls",
      priority: 2,
      due: { kind: "day", date: "2026-03-10" },
      label_ids: [urgent.id],
    },
  });
  const call = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Call",
      priority: 3,
      due: { kind: "moment", at: "2026-03-09T22:00:00.000Z", grace_minutes: 0 },
      assignee_id: aliceJoined.member.id,
    },
  });
  const walk = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Walk to the wall" },
  });
  const write = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Write", priority: 2, due: { kind: "day", date: "2026-03-09" } },
  });
  const task = await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Wallpaper" },
  });
  const gone = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Gone wall" },
  });
  await alice.call("POST /trash", { body: { item_id: gone.id } });
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: write.id }, body: {} });
  const all = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("by rank, without the trash", all.data.map((one) => one.id), [
    paint.id,
    call.id,
    walk.id,
    write.id,
  ]);
  Assert.equal("the first shortly", List.at(all.data, 0), {
    id: paint.id,
    title: "Paint",
    priority: 2,
    due: { kind: "day", date: "2026-03-10" },
    completed: false,
  });
  const text = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { filter: { kind: "text", words: "WALL" } },
  });
  Assert.equal("text in title or note", text.data.map((one) => one.id), [paint.id, walk.id]);
  const everywhere = await alice.call("PATCH /items", {
    body: { filter: { kind: "text", words: "wall" }, order: [{ by: "created_at" }] },
  });
  Assert.equal("in all lists", everywhere.data.map((one) => one.id), [paint.id, walk.id, task.id]);
  const labelled = await alice.call("PATCH /items", {
    body: { filter: { kind: "label", label_id: urgent.id } },
  });
  Assert.equal("by label", labelled.data.map((one) => one.id), [paint.id]);
  const assigned = await alice.call("PATCH /items", {
    body: { filter: { kind: "assigned", member_id: aliceJoined.member.id } },
  });
  Assert.equal("by assignee", assigned.data.map((one) => one.id), [call.id]);
  const nobodys = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { filter: { kind: "assigned", member_id: null } },
  });
  Assert.equal("assigned to nobody", nobodys.data.map((one) => one.id), [
    paint.id,
    walk.id,
    write.id,
  ]);
  const until = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { filter: { kind: "due", to: "2026-03-09" } },
  });
  Assert.equal("due until a day, that day too", until.data.map((one) => one.id), [
    call.id,
    write.id,
  ]);
  const from = await alice.call("PATCH /items", {
    body: { filter: { kind: "due", from: "2026-03-10" } },
  });
  Assert.equal("due from a day, that day too", from.data.map((one) => one.id), [paint.id]);
  const due = await alice.call("PATCH /items", { body: { filter: { kind: "due" } } });
  Assert.equal("due at all", due.data.length, 3);
  const done = await alice.call("PATCH /items", {
    body: { filter: { kind: "completed", value: true } },
  });
  Assert.equal("completed", done.data.map((one) => one.completed), [true]);
  const open = await alice.call("PATCH /items", {
    body: { filter: { kind: "completed", value: false } },
  });
  Assert.equal("open", open.data.length, 4);
  const pressing = await alice.call("PATCH /items", {
    body: { filter: { kind: "priority", at_least: 3 } },
  });
  Assert.equal("at least 3", pressing.data.map((one) => one.id), [call.id]);
  const both = await alice.call("PATCH /items", {
    body: {
      filter: {
        kind: "all",
        of: [{ kind: "priority", at_least: 2 }, { kind: "completed", value: false }],
      },
    },
  });
  Assert.equal("both hold", both.data.map((one) => one.id), [paint.id, call.id]);
  const either = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      filter: {
        kind: "any",
        of: [{ kind: "label", label_id: urgent.id }, { kind: "completed", value: true }],
      },
    },
  });
  Assert.equal("either holds", either.data.map((one) => one.id), [paint.id, write.id]);
  const neither = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { filter: { kind: "not", of: { kind: "priority", at_least: 1 } } },
  });
  Assert.equal("it does not hold", neither.data.map((one) => one.id), [walk.id]);
  await Assert.rejected("too deep in not of all", 409, alice.call("PATCH /items", {
    body: {
      filter: { kind: "not", of: { kind: "all", of: [{ kind: "completed", value: true }] } },
    },
  }));
  await Assert.rejected("too deep in not of any", 409, alice.call("PATCH /items", {
    body: {
      filter: { kind: "not", of: { kind: "any", of: [{ kind: "completed", value: true }] } },
    },
  }));
  await Assert.rejected("too deep in not of not", 409, alice.call("PATCH /items", {
    body: { filter: { kind: "not", of: { kind: "not", of: { kind: "completed", value: true } } } },
  }));
  await Assert.rejected("too deep in all of not", 409, alice.call("PATCH /items", {
    body: {
      filter: { kind: "all", of: [{ kind: "not", of: { kind: "completed", value: true } }] },
    },
  }));
  await Assert.rejected("in a list, too deep in not of all", 409, alice.call(
    "PATCH /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: {
        filter: { kind: "not", of: { kind: "all", of: [{ kind: "completed", value: true }] } },
      },
    },
  ));
  await Assert.rejected("in a list, too deep in not of any", 409, alice.call(
    "PATCH /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: {
        filter: { kind: "not", of: { kind: "any", of: [{ kind: "completed", value: true }] } },
      },
    },
  ));
  await Assert.rejected("in a list, too deep in any of all", 409, alice.call(
    "PATCH /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: {
        filter: { kind: "any", of: [{ kind: "all", of: [{ kind: "completed", value: true }] }] },
      },
    },
  ));
  await Assert.rejected("in a list, too deep in all of any", 409, alice.call(
    "PATCH /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: {
        filter: { kind: "all", of: [{ kind: "any", of: [{ kind: "completed", value: true }] }] },
      },
    },
  ));
  await Assert.rejected("in a list, too deep in all of not", 409, alice.call(
    "PATCH /lists/{listId}/items",
    {
      path: { listId: home.id },
      body: {
        filter: { kind: "all", of: [{ kind: "not", of: { kind: "completed", value: true } }] },
      },
    },
  ));
  const span = await alice.call("PATCH /items", {
    body: { filter: { kind: "due", from: "2026-03-09", to: "2026-03-09" } },
  });
  Assert.equal(
    "due on a day",
    List.sortBy(span.data.map((one) => one.title), (title) => title, "asc"),
    ["Call", "Write"],
  );
  const anyOf = await alice.call("PATCH /items", {
    body: {
      filter: {
        kind: "any",
        of: [{ kind: "text", words: "paper" }, { kind: "priority", at_least: 3 }],
      },
      order: [{ by: "created_at" }],
    },
  });
  Assert.equal("either holds, in all lists", anyOf.data.map((one) => one.title), [
    "Call",
    "Wallpaper",
  ]);
  Assert.equal("due at a moment", anyOf.data.map((one) => one.due), [
    { kind: "moment", at: "2026-03-09T22:00:00.000Z", grace_minutes: 0 },
    null,
  ]);
  const notOf = await alice.call("PATCH /items", {
    body: {
      filter: { kind: "not", of: { kind: "text", words: "wall" } },
      order: [{ by: "created_at" }],
    },
  });
  Assert.equal("it does not hold, in all lists", notOf.data.map((one) => one.title), [
    "Call",
    "Write",
  ]);
  const dueFirst = await alice.call("PATCH /items", {
    body: { order: [{ by: "due", descending: true }, { by: "created_at", descending: true }] },
  });
  Assert.equal("by due, latest first, then newest", dueFirst.data.map((one) => one.title), [
    "Wallpaper",
    "Walk to the wall",
    "Paint",
    "Call",
    "Write",
  ]);
  const dueThen = await alice.call("PATCH /items", {
    body: { order: [{ by: "priority", descending: true }, { by: "due" }, { by: "created_at" }] },
  });
  Assert.equal("by three", dueThen.data.map((one) => one.title), [
    "Call",
    "Write",
    "Paint",
    "Walk to the wall",
    "Wallpaper",
  ]);
  const newestLast = await alice.call("PATCH /items", {
    body: { order: [{ by: "priority" }, { by: "created_at", descending: true }] },
  });
  Assert.equal("by two", newestLast.data.map((one) => one.title), [
    "Wallpaper",
    "Walk to the wall",
    "Write",
    "Paint",
    "Call",
  ]);
  const thirdDown = await alice.call("PATCH /items", {
    body: {
      order: [{ by: "priority" }, { by: "priority" }, { by: "created_at", descending: true }],
    },
  });
  Assert.equal("the third criterion counts", thirdDown.data.map((one) => one.title), [
    "Wallpaper",
    "Walk to the wall",
    "Write",
    "Paint",
    "Call",
  ]);
  const thirdUp = await alice.call("PATCH /items", {
    body: { order: [{ by: "priority" }, { by: "priority" }, { by: "due" }] },
  });
  Assert.equal("ascending, too", thirdUp.data.map((one) => one.priority), [0, 0, 2, 2, 3]);
  Assert.equal("by due", thirdUp.data.slice(2, 4).map((one) => one.title), ["Write", "Paint"]);
  const thirdInList = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { order: [{ by: "priority" }, { by: "priority" }, { by: "due" }] },
  });
  Assert.equal("in a list as well", thirdInList.data.map((one) => one.title), [
    "Walk to the wall",
    "Write",
    "Paint",
    "Call",
  ]);
  const allOf = await alice.call("PATCH /items", { body: { limit: 3 } });
  Assert.equal("a first page", allOf.data.length, 3);
  await Assert.rejected("too deep in a list", 409, alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { filter: { kind: "not", of: { kind: "not", of: { kind: "completed", value: true } } } },
  }));
  await Assert.rejected("too deep in any of all", 409, alice.call("PATCH /items", {
    body: {
      filter: {
        kind: "all",
        of: [
          { kind: "completed", value: true },
          { kind: "any", of: [{ kind: "completed", value: true }] },
        ],
      },
    },
  }));
  await Assert.rejected("too deep in all of any", 409, alice.call("PATCH /items", {
    body: {
      filter: { kind: "any", of: [{ kind: "all", of: [{ kind: "completed", value: true }] }] },
    },
  }));
  const byPriority = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { order: [{ by: "priority", descending: true }, { by: "due" }] },
  });
  Assert.equal("most urgent first, then by due", byPriority.data.map((one) => one.id), [
    call.id,
    write.id,
    paint.id,
    walk.id,
  ]);
  const byDue = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { order: [{ by: "due" }] },
  });
  Assert.equal("by due, what is not due last", byDue.data.map((one) => one.id), [
    write.id,
    call.id,
    paint.id,
    walk.id,
  ]);
  const newest = await alice.call("PATCH /items", {
    body: { order: [{ by: "created_at", descending: true }] },
  });
  Assert.equal("newest first", newest.data.map((one) => one.id), [
    task.id,
    write.id,
    walk.id,
    call.id,
    paint.id,
  ]);
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: write.id },
    body: { list_id: home.id, after_id: null },
  });
  const byRank = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { order: [{ by: "rank", descending: true }] },
  });
  Assert.equal("last first", byRank.data.map((one) => one.id), [
    walk.id,
    call.id,
    paint.id,
    write.id,
  ]);
  const three = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      order: [
        { by: "priority" },
        { by: "rank", descending: false },
        { by: "created_at", descending: true },
      ],
    },
  });
  Assert.equal("least urgent first, then by rank", three.data.map((one) => one.id), [
    walk.id,
    write.id,
    paint.id,
    call.id,
  ]);
  const page = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: { page: 2, limit: 3 },
  });
  Assert.equal("the second page", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  Assert.equal("has the last item", page.data.map((one) => one.id), [walk.id]);
  const allPages = await alice.call("PATCH /items", {
    body: { limit: 2, page: 3, order: [{ by: "created_at" }] },
  });
  Assert.equal("the third page of all", allPages.pagination, {
    current: 3,
    limit: 2,
    records: 5,
    pages: 3,
  });
  Assert.equal("has the newest item", allPages.data.map((one) => one.id), [task.id]);
  await Assert.rejected("strangers find no list", 404, bob.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  }));
  const theirs = await bob.call("POST /lists", { body: { name: "Theirs" } });
  await bob.call("POST /lists/{listId}/items", {
    path: { listId: theirs.id },
    body: { title: "Their item" },
  });
  const other = await bob.call("POST /labels", { body: { name: "other", color: "#00ff00" } });
  await bob.call("POST /lists/{listId}/items", {
    path: { listId: theirs.id },
    body: { title: "Labelled", label_ids: [other.id] },
  });
  const invitation = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: work.id },
    body: { handle: bobName, role: "viewer" },
  });
  const back = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: theirs.id },
    body: { handle: aliceName, role: "viewer" },
  });
  const own = await bob.call("PATCH /items", { body: {} });
  Assert.equal("only the own, before the share is accepted", own.data.map((one) => one.title), [
    "Their item",
    "Labelled",
  ]);
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: work.id, shareId: invitation.id },
  });
  const shared = await bob.call("PATCH /items", { body: { order: [{ by: "created_at" }] } });
  Assert.equal("then those of the shared list, too", shared.data.map((one) => one.title), [
    "Wallpaper",
    "Their item",
    "Labelled",
  ]);
  const ranked = await bob.call("PATCH /items", { body: {} });
  Assert.equal("by rank, then by creation", ranked.data.map((one) => one.title), [
    "Wallpaper",
    "Their item",
    "Labelled",
  ]);
  await alice.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: theirs.id, shareId: back.id },
  });
  const labelledNow = await alice.call("PATCH /items", {
    body: { filter: { kind: "label", label_id: urgent.id } },
  });
  Assert.equal("only those with that label", labelledNow.data.map((one) => one.title), ["Paint"]);
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
  const none = await carol.call("PATCH /items", { body: {} });
  Assert.equal("nor any item", none.pagination, { current: 1, limit: 20, records: 0, pages: 0 });
}
