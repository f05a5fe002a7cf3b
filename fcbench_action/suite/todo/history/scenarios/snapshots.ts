export const scenario = "Every change of an item can be looked back at.";

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
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const blue = await alice.call("POST /labels", { body: { name: "blue", color: "#0000ff" } });
  const item = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Paint",
      label_ids: [red.id],
      due: { kind: "moment", at: "2026-04-01T10:00:00.000Z", grace_minutes: 20 },
      parts: [{ title: "Buy" }],
    },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Other" },
  });
  await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Paint all", note: "White.", priority: 2 },
  });
  await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Paint all", estimate: 30 },
  });
  await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { due: { kind: "day", date: "2026-04-02" } },
  });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: item.id, labelId: blue.id },
  });
  await alice.call("DELETE /items/{itemId}/labels/{labelId}", {
    path: { itemId: item.id, labelId: red.id },
  });
  await bob.call("PUT /items/{itemId}/completion", { path: { itemId: item.id }, body: {} });
  await bob.call("DELETE /items/{itemId}/completion", { path: { itemId: item.id } });
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: home.id, after_id: null },
  });
  await alice.call("DELETE /labels/{labelId}", { path: { labelId: red.id } });
  const all = await carol.call("PATCH /items", { body: {} });
  Assert.equal("strangers see no items", all.data, []);
  await Assert.rejected("strangers find no snapshots", 404, carol.call(
    "PATCH /items/{itemId}/snapshots",
    { path: { itemId: item.id }, body: {} },
  ));
  await Assert.rejected("nor one", 404, carol.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: item.id, revision: 1 },
  }));
  await Assert.rejected("nor differences", 404, carol.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 1, laterRevision: 2 } },
  ));
  const found = await alice.call("PATCH /items/{itemId}/snapshots", {
    path: { itemId: item.id },
    body: {},
  });
  Assert.equal("latest first", found.data.map((one) => one.revision), [7, 6, 5, 4, 3, 2, 1]);
  Assert.equal("what changed in each", found.data.map((one) => Text.join(one.changed, " ")), [
    "completed",
    "completed",
    "labels",
    "labels",
    "due",
    "title note priority",
    "",
  ]);
  Assert.equal("who made each", found.data.map((one) => one.editor?.handle ?? ""), [
    bobName,
    bobName,
    aliceName,
    aliceName,
    aliceName,
    bobName,
    aliceName,
  ]);
  const bobs = await alice.call("PATCH /items/{itemId}/snapshots", {
    path: { itemId: item.id },
    body: { editor_id: bobJoined.member.id },
  });
  Assert.equal("by editor", bobs.data.map((one) => one.revision), [7, 6, 2]);
  const changed = await bob.call("PATCH /items/{itemId}/snapshots", {
    path: { itemId: item.id },
    body: { changed: ["due", "note"] },
  });
  Assert.equal("by fields", changed.data.map((one) => one.revision), [3, 2]);
  const page = await alice.call("PATCH /items/{itemId}/snapshots", {
    path: { itemId: item.id },
    body: { page: 3, limit: 3 },
  });
  Assert.equal("the third page", page.pagination, { current: 3, limit: 3, records: 7, pages: 3 });
  Assert.equal("has the first", page.data.map((one) => one.revision), [1]);
  const first = await bob.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: item.id, revision: 1 },
  });
  Assert.equal("the first snapshot", first, {
    id: first.id,
    item_id: item.id,
    revision: 1,
    title: "Paint",
    note: null,
    priority: 0,
    due: { kind: "moment", at: "2026-04-01T10:00:00.000Z", grace_minutes: 0 },
    completed: false,
    labels: [{ name: "red", color: "#ff0000" }],
    editor: {
      id: aliceJoined.member.id,
      handle: aliceName,
      display_name: aliceJoined.member.display_name,
      avatar: null,
    },
    created_at: item.created_at,
  });
  const fourth = await alice.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: item.id, revision: 4 },
  });
  Assert.equal("labels by name, as they were", fourth.labels, [
    { name: "blue", color: "#0000ff" },
    { name: "red", color: "#ff0000" },
  ]);
  Assert.equal("due on a day", fourth.due, { kind: "day", date: "2026-04-02" });
  Assert.equal(
    "with the rest of the item",
    [fourth.title, fourth.note ?? "", `${fourth.priority}`],
    ["Paint all", "White.", "2"],
  );
  const sixth = await alice.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: item.id, revision: 6 },
  });
  Assert.equal("completed", sixth.completed, true);
  await Assert.rejected("there is no eighth", 404, alice.call(
    "GET /items/{itemId}/snapshots/{revision}",
    { path: { itemId: item.id, revision: 8 } },
  ));
  const part = await alice.call("GET /items/{itemId}/snapshots/{revision}", {
    path: { itemId: List.at(item.parts, 0)?.id ?? "", revision: 1 },
  });
  Assert.equal("parts have snapshots of their own", part.title, "Buy");
  const difference = await alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 1, laterRevision: 4 } },
  );
  Assert.equal("from and to", [difference.from, difference.to], [1, 4]);
  Assert.equal("in a fixed order", difference.changes, [
    { field: "title", before: "Paint", after: "Paint all" },
    { field: "note", before: null, after: "White." },
    { field: "priority", before: 0, after: 2 },
    {
      field: "due",
      before: { kind: "moment", at: "2026-04-01T10:00:00.000Z", grace_minutes: 0 },
      after: { kind: "day", date: "2026-04-02" },
    },
    { field: "labels", added: ["blue"], removed: [] },
  ]);
  const rest = await alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 4, laterRevision: 6 } },
  );
  Assert.equal("completed and a label less", rest.changes, [
    { field: "completed", before: false, after: true },
    { field: "labels", added: [], removed: ["red"] },
  ]);
  const none = await alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 5, laterRevision: 7 } },
  );
  Assert.equal("nothing in the end", none.changes, []);
  await Assert.rejected("the other is not later", 409, alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 3, laterRevision: 3 } },
  ));
  await Assert.rejected("the other is earlier", 409, alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 3, laterRevision: 2 } },
  ));
  await Assert.rejected("there is none to compare with", 404, alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 1, laterRevision: 9 } },
  ));
  await Assert.rejected("nor that", 404, alice.call(
    "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}",
    { path: { itemId: item.id, revision: 8, laterRevision: 9 } },
  ));
}
