export const scenario = "An item goes back to what it was before.";

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
    body: { handle: bobName, role: "editor" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const look = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: carolName, role: "viewer" },
  });
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const item = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Paint",
      note: "White.",
      priority: 1,
      due: { kind: "moment", at: "2026-04-01T10:00:00.000Z", grace_minutes: 20 },
    },
  });
  const other = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Other" },
  });
  await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Paint all", note: null, priority: 3, due: { kind: "day", date: "2026-04-02" } },
  });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: item.id, labelId: red.id },
  });
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: item.id }, body: {} });
  const before = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  await Assert.rejected("nothing would change", 409, alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 2 },
  }));
  await Assert.rejected("there is no such revision", 404, alice.call(
    "POST /items/{itemId}/reverts",
    { path: { itemId: item.id }, body: { revision: 9 } },
  ));
  await Assert.rejected("strangers find nothing", 404, carol.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 1 },
  }));
  await Assert.rejected("and see none", 404, carol.call("GET /items/{itemId}/reverts", {
    path: { itemId: item.id },
  }));
  await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: look.id },
  });
  await Assert.rejected("viewers do not revert", 403, carol.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 1 },
  }));
  const revert = await alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 1, reason: "Too much." },
  });
  Assert.equal("the revert", revert, {
    id: revert.id,
    source_revision: 1,
    result_revision: 5,
    reason: "Too much.",
    member: {
      id: aliceJoined.member.id,
      handle: aliceName,
      display_name: aliceJoined.member.display_name,
      avatar: null,
    },
    created_at: revert.created_at,
  });
  const after = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("title, note, priority and due come back, the rest stays", after, {
    ...before,
    title: "Paint",
    note: "White.",
    priority: 1,
    due: { kind: "moment", at: "2026-04-01T10:00:00.000Z", grace_minutes: 0 },
    updated_at: revert.created_at,
  });
  const made = await alice.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: item.id, revision: 5 },
  });
  Assert.equal("the snapshot that was made", [made.title, made.note ?? "", `${made.priority}`], [
    "Paint",
    "White.",
    "1",
  ]);
  Assert.equal("with its labels", made.labels, [{ name: "red", color: "#ff0000" }]);
  Assert.equal("completed as it is", made.completed, true);
  const second = await bob.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 3 },
  });
  Assert.equal("without a reason", second.reason, null);
  const again = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("as it was after the change", again, { ...before, updated_at: second.created_at });
  await alice.call("PUT /items/{itemId}", { path: { itemId: item.id }, body: { title: "Paint!" } });
  await alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 6 },
  });
  await alice.call("PUT /items/{itemId}", { path: { itemId: item.id }, body: { note: "Note" } });
  await alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 6 },
  });
  await alice.call("PUT /items/{itemId}", { path: { itemId: item.id }, body: { priority: 0 } });
  await alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 6 },
  });
  await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { due: { kind: "moment", at: "2026-04-01T10:00:00.000Z", grace_minutes: 20 } },
  });
  await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { due: { kind: "moment", at: "2026-04-01T11:00:00.000Z", grace_minutes: 20 } },
  });
  const hour = await alice.call("POST /items/{itemId}/reverts", {
    path: { itemId: item.id },
    body: { revision: 13 },
  });
  Assert.equal("an hour makes a difference", hour.result_revision, 15);
  const list = await carol.call("GET /items/{itemId}/reverts", { path: { itemId: item.id } });
  Assert.equal("newest first", list.data.map((one) => one.result_revision), [15, 12, 10, 8, 6, 5]);
  Assert.equal("what they went back to", list.data.map((one) => one.source_revision), [
    13,
    6,
    6,
    6,
    3,
    1,
  ]);
  Assert.equal("the last but one", List.at(list.data, 4), second);
  const none = await alice.call("GET /items/{itemId}/reverts", { path: { itemId: other.id } });
  Assert.equal("none of another item", none.data, []);
  const untouched = await alice.call("GET /items/{itemId}", { path: { itemId: other.id } });
  Assert.equal("which is as it was", untouched, other);
}
