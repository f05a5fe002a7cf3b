export const scenario = "An owner lets other services follow a list.";

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
  const all = await alice.call("POST /lists/{listId}/webhooks", {
    path: { listId: home.id },
    body: { target: "https://example.com/hook", events: "all" },
  });
  Assert.equal("for all events", all, {
    id: all.id,
    target: "https://example.com/hook",
    events: "all",
    active: true,
    created_at: all.created_at,
  });
  const some = await alice.call("POST /lists/{listId}/webhooks", {
    path: { listId: home.id },
    body: {
      target: "https://example.com/other",
      events: [
        "list_renamed",
        "item_created",
        "item_moved",
        "list_shared",
        "item_removed",
        "item_changed",
      ],
      secret: "sixteen letters!",
    },
  });
  Assert.equal("for some", some.events, [
    "list_renamed",
    "item_created",
    "item_moved",
    "list_shared",
    "item_removed",
    "item_changed",
  ]);
  await Assert.rejected("the target is there", 409, alice.call("POST /lists/{listId}/webhooks", {
    path: { listId: home.id },
    body: { target: "https://example.com/hook", events: ["item_moved"] },
  }));
  const elsewhere = await alice.call("POST /lists/{listId}/webhooks", {
    path: { listId: work.id },
    body: { target: "https://example.com/hook", events: "all" },
  });
  Assert.equal("in another list it may be", elsewhere.target, all.target);
  await Assert.rejected("guests make none", 403, bob.call("POST /lists/{listId}/webhooks", {
    path: { listId: home.id },
    body: { target: "https://example.com/third", events: "all" },
  }));
  await Assert.rejected("strangers find nothing", 404, carol.call("POST /lists/{listId}/webhooks", {
    path: { listId: home.id },
    body: { target: "https://example.com/third", events: "all" },
  }));
  const off = await alice.call("PUT /lists/{listId}/webhooks/{webhookId}", {
    path: { listId: home.id, webhookId: some.id },
    body: { active: false },
  });
  Assert.equal("off, the rest stays", off, { ...some, active: false });
  const on = await alice.call("PUT /lists/{listId}/webhooks/{webhookId}", {
    path: { listId: home.id, webhookId: all.id },
    body: { active: true },
  });
  Assert.equal("on", on, all);
  await Assert.rejected("not of that list", 404, alice.call(
    "PUT /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: work.id, webhookId: all.id }, body: { active: false } },
  ));
  await Assert.rejected("guests change none", 403, bob.call(
    "PUT /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: home.id, webhookId: all.id }, body: { active: false } },
  ));
  await Assert.rejected("strangers change none", 404, carol.call(
    "PUT /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: home.id, webhookId: all.id }, body: { active: false } },
  ));
  const deliveries = await alice.call("PATCH /lists/{listId}/webhooks/{webhookId}/deliveries", {
    path: { listId: home.id, webhookId: all.id },
    body: { failed: true, limit: 5 },
  });
  Assert.equal("nothing is delivered yet", deliveries, {
    pagination: { current: 1, limit: 5, records: 0, pages: 0 },
    data: [],
  });
  const other = await alice.call("PATCH /lists/{listId}/webhooks/{webhookId}/deliveries", {
    path: { listId: home.id, webhookId: all.id },
    body: { page: 2 },
  });
  Assert.equal("on no page", other.pagination, { current: 2, limit: 20, records: 0, pages: 0 });
  await Assert.rejected("deliveries of that list", 404, alice.call(
    "PATCH /lists/{listId}/webhooks/{webhookId}/deliveries",
    { path: { listId: work.id, webhookId: all.id }, body: {} },
  ));
  await Assert.rejected("guests see none", 403, bob.call(
    "PATCH /lists/{listId}/webhooks/{webhookId}/deliveries",
    { path: { listId: home.id, webhookId: all.id }, body: {} },
  ));
  await Assert.rejected("strangers see none", 404, carol.call(
    "PATCH /lists/{listId}/webhooks/{webhookId}/deliveries",
    { path: { listId: home.id, webhookId: all.id }, body: {} },
  ));
  await Assert.rejected("guests remove none", 403, bob.call(
    "DELETE /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: home.id, webhookId: all.id } },
  ));
  await Assert.rejected("strangers remove none", 404, carol.call(
    "DELETE /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: home.id, webhookId: all.id } },
  ));
  await Assert.rejected("not of that list, to remove", 404, alice.call(
    "DELETE /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: work.id, webhookId: all.id } },
  ));
  await alice.call("DELETE /lists/{listId}/webhooks/{webhookId}", {
    path: { listId: home.id, webhookId: all.id },
  });
  await Assert.rejected("it is gone", 404, alice.call(
    "DELETE /lists/{listId}/webhooks/{webhookId}",
    { path: { listId: home.id, webhookId: all.id } },
  ));
  const kept = await alice.call("PUT /lists/{listId}/webhooks/{webhookId}", {
    path: { listId: home.id, webhookId: some.id },
    body: { active: true },
  });
  Assert.equal("the other is left, as it was", kept, some);
  const theirs = await alice.call("PUT /lists/{listId}/webhooks/{webhookId}", {
    path: { listId: work.id, webhookId: elsewhere.id },
    body: { active: true },
  });
  Assert.equal("and that of the other list", theirs, elsewhere);
}
