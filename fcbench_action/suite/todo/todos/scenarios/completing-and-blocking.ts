export const scenario = "An item waits for another, is completed and opened again.";

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
  await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: look.id },
  });
  const buy = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Buy paint" },
  });
  const clear = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Clear the room" },
  });
  const paint = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint" },
  });
  const hiddenList = await alice.call("POST /lists", { body: { name: "Private" } });
  const hidden = await alice.call("POST /lists/{listId}/items", {
    path: { listId: hiddenList.id },
    body: { title: "Hidden" },
  });
  await alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: paint.id },
    body: { blocking_id: clear.id },
  });
  const blocked = await bob.call("POST /items/{itemId}/blockers", {
    path: { itemId: paint.id },
    body: { blocking_id: buy.id },
  });
  Assert.equal("blocking items by rank", blocked.blockers, [
    { id: buy.id, title: "Buy paint", priority: 0, due: null, completed: false },
    { id: clear.id, title: "Clear the room", priority: 0, due: null, completed: false },
  ]);
  Assert.that("that is a change", blocked.updated_at > paint.updated_at);
  await Assert.rejected("itself", 409, alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: paint.id },
    body: { blocking_id: paint.id },
  }));
  await Assert.rejected("twice", 409, alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: paint.id },
    body: { blocking_id: buy.id },
  }));
  await Assert.rejected("the other way round", 409, alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: buy.id },
    body: { blocking_id: paint.id },
  }));
  await Assert.rejected("an item that is not seen", 404, bob.call("POST /items/{itemId}/blockers", {
    path: { itemId: paint.id },
    body: { blocking_id: hidden.id },
  }));
  await Assert.rejected("an item that is not seen waits for nothing", 404, bob.call(
    "POST /items/{itemId}/blockers",
    { path: { itemId: hidden.id }, body: { blocking_id: paint.id } },
  ));
  await Assert.rejected("viewers block nothing", 403, carol.call("POST /items/{itemId}/blockers", {
    path: { itemId: clear.id },
    body: { blocking_id: buy.id },
  }));
  await Assert.rejected("it is blocked", 409, alice.call("PUT /items/{itemId}/completion", {
    path: { itemId: paint.id },
    body: {},
  }));
  await Assert.rejected("viewers complete nothing", 403, carol.call(
    "PUT /items/{itemId}/completion",
    { path: { itemId: buy.id }, body: {} },
  ));
  const bought = await bob.call("PUT /items/{itemId}/completion", {
    path: { itemId: buy.id },
    body: { completed_at: "2025-12-24T18:00:00.000Z" },
  });
  Assert.equal("at the moment given", bought.completed_at, "2025-12-24T18:00:00.000Z");
  Assert.equal("by who asked", bought.completer?.id ?? null, bobJoined.member.id);
  Assert.that(
    "changed now",
    bought.updated_at > buy.updated_at && bought.updated_at > "2025-12-25T00:00:00.000Z",
  );
  await Assert.rejected("it is completed", 409, alice.call("PUT /items/{itemId}/completion", {
    path: { itemId: buy.id },
    body: {},
  }));
  await Assert.rejected("one still blocks it", 409, alice.call("PUT /items/{itemId}/completion", {
    path: { itemId: paint.id },
    body: {},
  }));
  await Assert.rejected("viewers unblock nothing", 403, carol.call(
    "DELETE /items/{itemId}/blockers/{blockerId}",
    { path: { itemId: paint.id, blockerId: clear.id } },
  ));
  await alice.call("DELETE /items/{itemId}/blockers/{blockerId}", {
    path: { itemId: paint.id, blockerId: clear.id },
  });
  await Assert.rejected("it does not block it any more", 404, alice.call(
    "DELETE /items/{itemId}/blockers/{blockerId}",
    { path: { itemId: paint.id, blockerId: clear.id } },
  ));
  const freed = await alice.call("GET /items/{itemId}", { path: { itemId: paint.id } });
  Assert.equal("the completed one is shown", freed.blockers, [
    { id: buy.id, title: "Buy paint", priority: 0, due: null, completed: true },
  ]);
  Assert.that("that was a change too", freed.updated_at > blocked.updated_at);
  const painted = await alice.call("PUT /items/{itemId}/completion", {
    path: { itemId: paint.id },
    body: {},
  });
  Assert.equal("without a moment it is now", painted.completed_at, painted.updated_at);
  Assert.equal("by the owner", painted.completer?.id ?? null, aliceJoined.member.id);
  await Assert.rejected("it is open", 409, alice.call("DELETE /items/{itemId}/completion", {
    path: { itemId: clear.id },
  }));
  await Assert.rejected("viewers open nothing", 403, carol.call(
    "DELETE /items/{itemId}/completion",
    { path: { itemId: paint.id } },
  ));
  const opened = await alice.call("DELETE /items/{itemId}/completion", {
    path: { itemId: paint.id },
  });
  Assert.equal("open again", opened.completed_at, null);
  Assert.equal("completed by nobody", opened.completer, null);
  Assert.that("and changed", opened.updated_at > painted.updated_at);
  await alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: paint.id },
    body: { blocking_id: clear.id },
  });
  await alice.call("POST /trash", { body: { item_id: clear.id } });
  const without = await alice.call("PUT /items/{itemId}/completion", {
    path: { itemId: paint.id },
    body: {},
  });
  Assert.equal(
    "what is in the trash is not shown and blocks nothing",
    without.blockers.map((one) => one.id),
    [buy.id],
  );
  await Assert.rejected("what is in the trash cannot be completed", 404, alice.call(
    "PUT /items/{itemId}/completion",
    { path: { itemId: clear.id }, body: {} },
  ));
  await Assert.rejected("nor block", 404, alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: buy.id },
    body: { blocking_id: clear.id },
  }));
  const still = await alice.call("GET /items/{itemId}", { path: { itemId: buy.id } });
  Assert.equal("other items stay completed", still.completed_at, "2025-12-24T18:00:00.000Z");
}
