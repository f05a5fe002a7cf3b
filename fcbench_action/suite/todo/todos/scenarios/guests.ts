export const scenario = "Whoever edits one list and only views another edits only the one.";

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
  const edited = await alice.call("POST /lists", { body: { name: "Edited" } });
  const viewed = await alice.call("POST /lists", { body: { name: "Viewed" } });
  const first = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: edited.id },
    body: { handle: bobName, role: "editor" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: edited.id, shareId: first.id },
  });
  const second = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: viewed.id },
    body: { handle: bobName, role: "viewer" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: viewed.id, shareId: second.id },
  });
  const third = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: viewed.id },
    body: { handle: carolName, role: "editor" },
  });
  await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: viewed.id, shareId: third.id },
  });
  const fourth = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: viewed.id },
    body: { handle: danName, role: "editor" },
  });
  const bobs = await bob.call("POST /lists", { body: { name: "Own" } });
  const dans = await dan.call("POST /lists", { body: { name: "Own" } });
  const bobLabel = await bob.call("POST /labels", { body: { name: "bob", color: "#111111" } });
  const danLabel = await dan.call("POST /labels", { body: { name: "dan", color: "#222222" } });
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const item = await alice.call("POST /lists/{listId}/items", {
    path: { listId: viewed.id },
    body: { title: "Item" },
  });
  const gone = await alice.call("POST /lists/{listId}/items", {
    path: { listId: viewed.id },
    body: { title: "Gone" },
  });
  const done = await carol.call("POST /lists/{listId}/items", {
    path: { listId: viewed.id },
    body: { title: "Done" },
  });
  await carol.call("PUT /items/{itemId}", { path: { itemId: done.id }, body: { title: "Done!" } });
  await carol.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: done.id },
    body: { rule: { frequency: "daily", interval: 1, end: null, working_days_only: false } },
  });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: done.id, labelId: red.id },
  });
  const file = await carol.call("POST /items/{itemId}/files", {
    path: { itemId: done.id },
    body: { name: "file", location: "https://example.com/file", bytes: 5 },
  });
  await carol.call("PUT /items/{itemId}/completion", { path: { itemId: done.id }, body: {} });
  await carol.call("POST /items/{itemId}/blockers", {
    path: { itemId: done.id },
    body: { blocking_id: item.id },
  });
  const entry = await carol.call("POST /trash", { body: { item_id: gone.id } });
  await Assert.rejected("viewers do not change it", 403, bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("viewers do not complete it", 403, bob.call(
    "PUT /items/{itemId}/completion",
    { path: { itemId: item.id }, body: {} },
  ));
  await Assert.rejected("viewers do not open one", 403, bob.call(
    "DELETE /items/{itemId}/completion",
    { path: { itemId: done.id } },
  ));
  await Assert.rejected("viewers do not move it", 403, bob.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: viewed.id, after_id: null },
  }));
  await Assert.rejected("viewers do not block it", 403, bob.call("POST /items/{itemId}/blockers", {
    path: { itemId: item.id },
    body: { blocking_id: done.id },
  }));
  await Assert.rejected("viewers do not unblock it", 403, bob.call(
    "DELETE /items/{itemId}/blockers/{blockerId}",
    { path: { itemId: done.id, blockerId: item.id } },
  ));
  await Assert.rejected("viewers do not set a rule", 403, bob.call(
    "PUT /items/{itemId}/recurrence",
    {
      path: { itemId: item.id },
      body: { rule: { frequency: "daily", interval: 1, end: null, working_days_only: false } },
    },
  ));
  await Assert.rejected("viewers do not take the rule off", 403, bob.call(
    "DELETE /items/{itemId}/recurrence",
    { path: { itemId: done.id } },
  ));
  await Assert.rejected("viewers do not skip a day", 403, bob.call(
    "POST /items/{itemId}/recurrence/skips",
    { path: { itemId: done.id }, body: { date: "2026-03-01" } },
  ));
  await Assert.rejected("viewers do not put a label on", 403, bob.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: item.id, labelId: bobLabel.id } },
  ));
  await Assert.rejected("viewers do not take a label off", 403, bob.call(
    "DELETE /items/{itemId}/labels/{labelId}",
    { path: { itemId: done.id, labelId: red.id } },
  ));
  await Assert.rejected("viewers do not attach a file", 403, bob.call(
    "POST /items/{itemId}/files",
    { path: { itemId: item.id }, body: { name: "a", location: "https://example.com/a", bytes: 1 } },
  ));
  await Assert.rejected("viewers do not remove a file", 403, bob.call(
    "DELETE /items/{itemId}/files/{fileId}",
    { path: { itemId: done.id, fileId: file.id } },
  ));
  await Assert.rejected("viewers do not revert it", 403, bob.call("POST /items/{itemId}/reverts", {
    path: { itemId: done.id },
    body: { revision: 1 },
  }));
  await Assert.rejected("viewers do not remove it", 403, bob.call("POST /trash", {
    body: { item_id: item.id },
  }));
  await Assert.rejected("viewers do not restore one", 403, bob.call(
    "POST /trash/{entryId}/restoration",
    { path: { entryId: entry.id }, body: { destination: { kind: "former" } } },
  ));
  await Assert.rejected("viewers do not add one", 403, bob.call("POST /lists/{listId}/items", {
    path: { listId: viewed.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("before accepting one does not change it", 404, dan.call(
    "PUT /items/{itemId}",
    { path: { itemId: item.id }, body: { title: "Mine" } },
  ));
  await Assert.rejected("before accepting one does not complete it", 404, dan.call(
    "PUT /items/{itemId}/completion",
    { path: { itemId: item.id }, body: {} },
  ));
  await Assert.rejected("before accepting one does not open one", 404, dan.call(
    "DELETE /items/{itemId}/completion",
    { path: { itemId: done.id } },
  ));
  await Assert.rejected("before accepting one does not move it", 404, dan.call(
    "PUT /items/{itemId}/position",
    { path: { itemId: item.id }, body: { list_id: viewed.id, after_id: null } },
  ));
  await Assert.rejected("before accepting one does not block it", 404, dan.call(
    "POST /items/{itemId}/blockers",
    { path: { itemId: item.id }, body: { blocking_id: done.id } },
  ));
  await Assert.rejected("before accepting one does not unblock it", 404, dan.call(
    "DELETE /items/{itemId}/blockers/{blockerId}",
    { path: { itemId: done.id, blockerId: item.id } },
  ));
  await Assert.rejected("before accepting one does not set a rule", 404, dan.call(
    "PUT /items/{itemId}/recurrence",
    {
      path: { itemId: item.id },
      body: { rule: { frequency: "daily", interval: 1, end: null, working_days_only: false } },
    },
  ));
  await Assert.rejected("before accepting one does not take the rule off", 404, dan.call(
    "DELETE /items/{itemId}/recurrence",
    { path: { itemId: done.id } },
  ));
  await Assert.rejected("before accepting one does not skip a day", 404, dan.call(
    "POST /items/{itemId}/recurrence/skips",
    { path: { itemId: done.id }, body: { date: "2026-03-01" } },
  ));
  await Assert.rejected("before accepting one does not put a label on", 404, dan.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: item.id, labelId: danLabel.id } },
  ));
  await Assert.rejected("before accepting one does not take a label off", 404, dan.call(
    "DELETE /items/{itemId}/labels/{labelId}",
    { path: { itemId: done.id, labelId: red.id } },
  ));
  await Assert.rejected("before accepting one does not attach a file", 404, dan.call(
    "POST /items/{itemId}/files",
    { path: { itemId: item.id }, body: { name: "a", location: "https://example.com/a", bytes: 1 } },
  ));
  await Assert.rejected("before accepting one does not remove a file", 404, dan.call(
    "DELETE /items/{itemId}/files/{fileId}",
    { path: { itemId: done.id, fileId: file.id } },
  ));
  await Assert.rejected("before accepting one does not revert it", 404, dan.call(
    "POST /items/{itemId}/reverts",
    { path: { itemId: done.id }, body: { revision: 1 } },
  ));
  await Assert.rejected("before accepting one does not remove it", 404, dan.call("POST /trash", {
    body: { item_id: item.id },
  }));
  await Assert.rejected("before accepting one does not restore one", 404, dan.call(
    "POST /trash/{entryId}/restoration",
    { path: { entryId: entry.id }, body: { destination: { kind: "former" } } },
  ));
  await Assert.rejected("before accepting one does not add one", 404, dan.call(
    "POST /lists/{listId}/items",
    { path: { listId: viewed.id }, body: { title: "Mine" } },
  ));
  const untouched = await bob.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("nothing has changed", untouched, item);
  Assert.equal("lists of their own are no help", [bobs.role, dans.role], ["owner", "owner"]);
  await Assert.rejected("nor to move it there", 403, bob.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: bobs.id, after_id: null },
  }));
  await Assert.rejected("the invitation is open", 409, alice.call("POST /lists/{listId}/shares", {
    path: { listId: viewed.id },
    body: { handle: danName, role: fourth.role },
  }));
  await carol.call("POST /trash/{entryId}/restoration", {
    path: { entryId: entry.id },
    body: { destination: { kind: "former" } },
  });
  await carol.call("DELETE /items/{itemId}/files/{fileId}", {
    path: { itemId: done.id, fileId: file.id },
  });
  await carol.call("DELETE /items/{itemId}/labels/{labelId}", {
    path: { itemId: done.id, labelId: red.id },
  });
  await carol.call("POST /items/{itemId}/recurrence/skips", {
    path: { itemId: done.id },
    body: { date: "2026-03-01" },
  });
  await carol.call("DELETE /items/{itemId}/recurrence", { path: { itemId: done.id } });
  await carol.call("DELETE /items/{itemId}/blockers/{blockerId}", {
    path: { itemId: done.id, blockerId: item.id },
  });
  await carol.call("POST /items/{itemId}/reverts", {
    path: { itemId: done.id },
    body: { revision: 1 },
  });
  await carol.call("PUT /items/{itemId}/position", {
    path: { itemId: done.id },
    body: { list_id: viewed.id, after_id: null },
  });
  const opened = await carol.call("DELETE /items/{itemId}/completion", {
    path: { itemId: done.id },
  });
  Assert.equal(
    "editors may do all of it",
    [opened.title, `${opened.labels.length}`, `${opened.blockers.length}`],
    ["Done", "0", "0"],
  );
  const own = await bob.call("POST /lists/{listId}/items", {
    path: { listId: edited.id },
    body: { title: "Mine" },
  });
  Assert.equal("in the list that one edits", own.list_id, edited.id);
}
