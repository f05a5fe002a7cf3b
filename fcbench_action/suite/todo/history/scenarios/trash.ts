export const scenario = "Items are put into the trash and wait there as long as the owner wants.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home", color: "#00ff00" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
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
  const big = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Big",
      priority: 2,
      due: { kind: "day", date: "2026-02-02" },
      parts: [{ title: "Part" }],
    },
  });
  const done = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Done" },
  });
  const bill = await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Pay the BILL" },
  });
  const mail = await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Mail" },
  });
  const initial = await alice.call("GET /members/me/retention-policy");
  Assert.equal("30 days, until something is decided", initial, {
    keep: 30,
    purge_completed: false,
    updated_at: null,
  });
  await Assert.rejected("strangers remove nothing", 404, carol.call("POST /trash", {
    body: { item_id: big.id },
  }));
  await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: look.id },
  });
  await Assert.rejected("viewers remove nothing", 403, carol.call("POST /trash", {
    body: { item_id: big.id },
  }));
  const entry = await bob.call("POST /trash", { body: { item_id: big.id, reason: "Too big." } });
  Assert.equal("the entry", entry, {
    id: entry.id,
    item: {
      id: big.id,
      title: "Big",
      priority: 2,
      due: { kind: "day", date: "2026-02-02" },
      completed: false,
    },
    list: {
      id: home.id,
      name: "Home",
      color: "#00ff00",
      role: "editor",
      open_items: 2,
      archived: false,
    },
    remover: {
      id: bobJoined.member.id,
      handle: bobName,
      display_name: bobJoined.member.display_name,
      avatar: null,
    },
    reason: "Too big.",
    created_at: entry.created_at,
    purge_at: Time.addSeconds(entry.created_at, 2592000),
  });
  await Assert.rejected("it is not there any more", 404, alice.call("GET /items/{itemId}", {
    path: { itemId: big.id },
  }));
  await Assert.rejected("nor removed again", 404, alice.call("POST /trash", {
    body: { item_id: big.id },
  }));
  const part = await alice.call("GET /items/{itemId}", {
    path: { itemId: List.at(big.parts, 0)?.id ?? "" },
  });
  Assert.equal("its parts stay", part.title, "Part");
  const week = await alice.call("PUT /members/me/retention-policy", {
    body: { keep: 7, purge_completed: true },
  });
  Assert.equal("a week", [`${week.keep}`, week.updated_at === null ? "never" : "set"], [
    "7",
    "set",
  ]);
  const read = await alice.call("GET /members/me/retention-policy");
  Assert.equal("as it was set", read, week);
  const second = await alice.call("POST /trash", { body: { item_id: bill.id } });
  Assert.equal("purged after a week", second.purge_at, Time.addSeconds(second.created_at, 604800));
  Assert.equal("no reason", second.reason, null);
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: done.id }, body: {} });
  const atOnce = await bob.call("POST /trash", { body: { item_id: done.id } });
  Assert.equal("completed items at once, whoever removes them", atOnce.purge_at, atOnce.created_at);
  Assert.equal("completed", atOnce.item.completed, true);
  const forever = await alice.call("PUT /members/me/retention-policy", {
    body: { keep: "forever", purge_completed: false },
  });
  Assert.equal("forever", forever, {
    keep: "forever",
    purge_completed: false,
    updated_at: forever.updated_at,
  });
  Assert.that(
    "changed later",
    forever.updated_at !== null && week.updated_at !== null && forever.updated_at > week.updated_at,
  );
  const kept = await alice.call("GET /members/me/retention-policy");
  Assert.equal("kept so", kept, forever);
  const bobs = await bob.call("GET /members/me/retention-policy");
  Assert.equal("others have their own", bobs, initial);
  await bob.call("PUT /members/me/retention-policy", { body: { keep: 1, purge_completed: true } });
  const stillHers = await alice.call("GET /members/me/retention-policy");
  Assert.equal("which changes no other", stillHers, forever);
  const last = await alice.call("POST /trash", { body: { item_id: mail.id } });
  Assert.equal("never purged", last.purge_at, null);
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: part.id }, body: {} });
  const all = await alice.call("PATCH /trash", { body: {} });
  Assert.equal("newest first", all.data.map((one) => one.id), [
    last.id,
    atOnce.id,
    second.id,
    entry.id,
  ]);
  Assert.equal("in their lists", all.data.map((one) => one.list.name), [
    "Work",
    "Home",
    "Work",
    "Home",
  ]);
  Assert.equal("the first", List.at(all.data, 0), last);
  Assert.equal("with their items", all.data.map((one) => one.item), [
    last.item,
    atOnce.item,
    second.item,
    entry.item,
  ]);
  Assert.equal("all on one page", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  const shared = await carol.call("PATCH /trash", { body: {} });
  Assert.equal("viewers see that of their lists", shared.data.map((one) => one.id), [
    atOnce.id,
    entry.id,
  ]);
  Assert.equal("in lists as they are to viewers", shared.data.map((one) => one.list), [
    { id: home.id, name: "Home", color: "#00ff00", role: "viewer", open_items: 0, archived: false },
    { id: home.id, name: "Home", color: "#00ff00", role: "viewer", open_items: 0, archived: false },
  ]);
  const inList = await alice.call("PATCH /trash", { body: { list_id: home.id } });
  Assert.equal("by list", inList.data.map((one) => one.id), [atOnce.id, entry.id]);
  const text = await alice.call("PATCH /trash", { body: { search: "bill" } });
  Assert.equal("by text in any case", text.data.map((one) => one.id), [second.id]);
  const span = await alice.call("PATCH /trash", {
    body: { span: { since: second.created_at, until: last.created_at } },
  });
  Assert.equal("from the beginning, before the end", span.data.map((one) => one.id), [
    atOnce.id,
    second.id,
  ]);
  const start = await alice.call("PATCH /trash", { body: { page: 1, limit: 3 } });
  Assert.equal("the first page", start.data.map((one) => one.id), [last.id, atOnce.id, second.id]);
  const page = await alice.call("PATCH /trash", { body: { page: 2, limit: 3 } });
  Assert.equal("the second page", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  Assert.equal("has the oldest", page.data.map((one) => one.id), [entry.id]);
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
  const pending = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: danName, role: "editor" },
  });
  const dansEntry = await dan.call("POST /trash", { body: { item_id: dansItem.id } });
  await Assert.rejected("before accepting nothing is seen", 404, dan.call("GET /trash/{entryId}", {
    path: { entryId: entry.id },
  }));
  const dansTrash = await dan.call("PATCH /trash", { body: {} });
  Assert.equal("but the own trash", dansTrash.data, [dansEntry]);
  Assert.equal("the invitation is open", pending.accepted_at, null);
  const one = await carol.call("GET /trash/{entryId}", { path: { entryId: entry.id } });
  Assert.equal("one entry", one, {
    ...entry,
    list: {
      id: home.id,
      name: "Home",
      color: "#00ff00",
      role: "viewer",
      open_items: 0,
      archived: false,
    },
  });
  await Assert.rejected("not of lists that are not seen", 404, bob.call("GET /trash/{entryId}", {
    path: { entryId: second.id },
  }));
}
