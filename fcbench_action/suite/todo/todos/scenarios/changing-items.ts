export const scenario = "Members change what an item says, one thing at a time.";

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
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "viewer" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const item = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint" },
  });
  const other = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Other" },
  });
  const noted = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: {
      note: "White.",
      estimate: 45,
      priority: 2,
      due: { kind: "day", date: "2026-05-01" },
      assignee_id: bobJoined.member.id,
    },
  });
  Assert.equal("the title stays", noted.title, "Paint");
  Assert.equal(
    "note, estimate and priority",
    [noted.note ?? "", `${noted.estimate ?? 0}`, `${noted.priority}`],
    ["White.", "45", "2"],
  );
  Assert.that(
    "due on a day",
    noted.due !== null && noted.due.kind === "day" && noted.due.date === "2026-05-01",
  );
  Assert.equal("the assignee", noted.assignee?.id ?? null, bobJoined.member.id);
  Assert.that("changed later", noted.updated_at > item.updated_at);
  const titled = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Paint all" },
  });
  Assert.equal("the title", titled.title, "Paint all");
  Assert.equal(
    "the rest stays",
    [titled.note ?? "", `${titled.estimate ?? 0}`, `${titled.priority}`, titled.assignee?.id ?? ""],
    ["White.", "45", "2", bobJoined.member.id],
  );
  Assert.equal("due as before", titled.due, noted.due);
  const moment = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { due: { kind: "moment", at: "2026-05-02T09:30:00.000Z", grace_minutes: 15 } },
  });
  Assert.that(
    "due at a moment",
    moment.due !== null
      && moment.due.kind === "moment"
      && moment.due.at === "2026-05-02T09:30:00.000Z"
      && moment.due.grace_minutes === 15,
  );
  const kept = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { priority: 0 },
  });
  Assert.equal("that stays", kept.due, moment.due);
  Assert.equal("priority may be 0", kept.priority, 0);
  const day = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { due: { kind: "day", date: "2026-05-03" } },
  });
  Assert.that("due on a day again", day.due !== null && day.due.kind === "day");
  const bare = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { note: null, due: null, estimate: null, assignee_id: null },
  });
  Assert.equal("nothing is left of them", bare, {
    ...item,
    title: "Paint all",
    updated_at: bare.updated_at,
  });
  await Assert.rejected("viewers change nothing", 403, bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("strangers find nothing", 404, carol.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("who does not see the list", 409, alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { assignee_id: carolJoined.member.id },
  }));
  await Assert.rejected("an empty title", 422, alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "" },
  }));
  const untouched = await alice.call("GET /items/{itemId}", { path: { itemId: other.id } });
  Assert.equal("other items stay", untouched, other);
}
