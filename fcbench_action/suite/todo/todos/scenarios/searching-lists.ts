export const scenario = "Members find the lists that they see, by name, role and state, page by page.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
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
  const garden = await alice.call("POST /lists", { body: { name: "Garden" } });
  const attic = await alice.call("POST /lists", { body: { name: "Attic" } });
  const old = await alice.call("POST /lists", { body: { name: "Old garden" } });
  await alice.call("PUT /lists/{listId}/archive", { path: { listId: old.id } });
  const common = await bob.call("POST /lists", { body: { name: "Common GARDEN" } });
  const secret = await bob.call("POST /lists", { body: { name: "Secret garden" } });
  const editing = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: common.id },
    body: { handle: aliceName, role: "editor" },
  });
  const viewing = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: secret.id },
    body: { handle: aliceName, role: "viewer" },
  });
  const dig = await alice.call("POST /lists/{listId}/items", {
    path: { listId: garden.id },
    body: { title: "Dig" },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: garden.id },
    body: { title: "Plant" },
  });
  const rake = await alice.call("POST /lists/{listId}/items", {
    path: { listId: garden.id },
    body: { title: "Rake" },
  });
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: dig.id }, body: {} });
  await alice.call("POST /trash", { body: { item_id: rake.id } });
  const before = await alice.call("PATCH /lists", { body: {} });
  Assert.equal(
    "by position, without archived and unaccepted ones",
    before.data.map((one) => one.name),
    ["Garden", "Attic"],
  );
  Assert.equal("only open items count", before.data.map((one) => one.open_items), [1, 0]);
  await alice.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: common.id, shareId: editing.id },
  });
  const all = await alice.call("PATCH /lists", { body: { archived: true, order: "name" } });
  Assert.equal("by name, archived ones too", all.data.map((one) => one.name), [
    "Attic",
    "Common GARDEN",
    "Garden",
    "Old garden",
  ]);
  Assert.equal("the roles", all.data.map((one) => one.role), ["owner", "editor", "owner", "owner"]);
  Assert.equal("the archived one", all.data.map((one) => one.archived), [
    false,
    false,
    false,
    true,
  ]);
  const text = await alice.call("PATCH /lists", { body: { search: "gARDen", order: "name" } });
  Assert.equal("by text in any case", text.data.map((one) => one.name), [
    "Common GARDEN",
    "Garden",
  ]);
  const edited = await alice.call("PATCH /lists", { body: { roles: ["editor", "viewer"] } });
  Assert.equal("by role", edited.data.map((one) => one.id), [common.id]);
  await alice.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: secret.id, shareId: viewing.id },
  });
  const viewed = await alice.call("PATCH /lists", { body: { roles: ["viewer"] } });
  Assert.equal("as viewer", viewed.data, [
    {
      id: secret.id,
      name: "Secret garden",
      color: null,
      role: "viewer",
      open_items: 0,
      archived: false,
    },
  ]);
  const none = await alice.call("PATCH /lists", {
    body: { archived: false, roles: ["owner"], search: "old" },
  });
  Assert.equal("archived ones are not wanted", none.pagination, {
    current: 1,
    limit: 20,
    records: 0,
    pages: 0,
  });
  await alice.call("PUT /lists/{listId}", {
    path: { listId: attic.id },
    body: { color: "#123456" },
  });
  const recent = await alice.call("PATCH /lists", {
    body: { order: "updated_at", roles: ["owner"] },
  });
  Assert.equal("changed last comes first", recent.data.map((one) => one.name), ["Attic", "Garden"]);
  const page = await alice.call("PATCH /lists", { body: { order: "name", page: 2, limit: 3 } });
  Assert.equal("the second page", page.data.map((one) => one.name), ["Secret garden"]);
  Assert.equal("of two", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const beyond = await alice.call("PATCH /lists", { body: { page: 9 } });
  Assert.equal("a page beyond the last is empty", beyond.data.length, 0);
  const bobs = await bob.call("PATCH /lists", { body: {} });
  Assert.equal("others find their own", bobs.data.map((one) => one.role), ["owner", "owner"]);
}
