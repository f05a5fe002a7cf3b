export const scenario = "Owners purge the trash, and support finds the receipts.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const helper = api.session("support");
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
  const helperName = Random.string(8, 12);
  const helperJoined = await helper.call("POST /auth/members/join", {
    body: {
      email: `${helperName}@todo.example`,
      handle: helperName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  helper.authenticate(helperJoined.token.access);
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const foreign = await bob.call("POST /lists", { body: { name: "Foreign" } });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const other = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: foreign.id },
    body: { handle: aliceName, role: "editor" },
  });
  await alice.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: foreign.id, shareId: other.id },
  });
  const big = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Big", parts: [{ title: "Part" }] },
  });
  const second = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Second" },
  });
  const third = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Third" },
  });
  const kept = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Kept" },
  });
  const theirs = await bob.call("POST /lists/{listId}/items", {
    path: { listId: foreign.id },
    body: { title: "Theirs" },
  });
  const entry = await alice.call("POST /trash", { body: { item_id: big.id } });
  const secondEntry = await bob.call("POST /trash", { body: { item_id: second.id } });
  const thirdEntry = await alice.call("POST /trash", { body: { item_id: third.id } });
  const theirEntry = await alice.call("POST /trash", { body: { item_id: theirs.id } });
  await Assert.rejected("editors do not purge", 403, bob.call("DELETE /trash/{entryId}", {
    path: { entryId: entry.id },
  }));
  await Assert.rejected("not even their own", 403, alice.call("DELETE /trash/{entryId}", {
    path: { entryId: theirEntry.id },
  }));
  await alice.call("DELETE /trash/{entryId}", { path: { entryId: entry.id } });
  await Assert.rejected("the entry is gone", 404, alice.call("DELETE /trash/{entryId}", {
    path: { entryId: entry.id },
  }));
  const part = await alice.call("GET /items/{itemId}", {
    path: { itemId: List.at(big.parts, 0)?.id ?? "" },
  });
  Assert.equal("its part stays", part.title, "Part");
  const events = await alice.call("PATCH /lists/{listId}/events", {
    path: { listId: home.id },
    body: { kinds: ["item_created", "item_removed"] },
  });
  Assert.equal(
    "of its events only the purging is left",
    events.data.filter((event) => event.kind === "item_removed" && event.item_id === big.id).map(
      (event) => event.kind === "item_removed" && event.purged,
    ),
    [true],
  );
  Assert.equal(
    "no event of its making",
    events.data.filter((event) => event.kind === "item_created").map(
      (event) => event.kind === "item_created" ? event.item.title : "",
    ),
    ["Part", "Second", "Third", "Kept"],
  );
  const rest = await alice.call("DELETE /trash");
  Assert.equal("two were left", rest.purged, 2);
  await Assert.rejected("these are gone", 404, bob.call("GET /trash/{entryId}", {
    path: { entryId: secondEntry.id },
  }));
  await Assert.rejected("both", 404, alice.call("GET /trash/{entryId}", {
    path: { entryId: thirdEntry.id },
  }));
  const there = await alice.call("GET /trash/{entryId}", { path: { entryId: theirEntry.id } });
  Assert.equal("that of another owner stays", there.item.title, "Theirs");
  const item = await alice.call("GET /items/{itemId}", { path: { itemId: kept.id } });
  Assert.equal("what was not removed stays", item.title, "Kept");
  const none = await alice.call("DELETE /trash");
  Assert.equal("nothing is left", none.purged, 0);
  const receipts = await helper.call("PATCH /support/purges", { body: { handle: aliceName } });
  Assert.equal("three receipts", receipts.pagination, {
    current: 1,
    limit: 20,
    records: 3,
    pages: 1,
  });
  Assert.equal("the first purged comes last", List.at(receipts.data, 2)?.title ?? "", "Big");
  Assert.equal(
    "the others before it",
    List.sortBy(receipts.data.slice(0, 2).map((one) => one.title), (title) => title, "asc"),
    ["Second", "Third"],
  );
  const receipt = List.at(receipts.data, 2);
  Assert.that(
    "a receipt",
    receipt !== null
      && receipt.item_id === big.id
      && receipt.list_id === home.id
      && !receipt.automatic,
  );
  const automatic = await helper.call("PATCH /support/purges", {
    body: { handle: aliceName, automatic: true },
  });
  Assert.equal("none was automatic", automatic.data, []);
  const byHand = await helper.call("PATCH /support/purges", {
    body: { handle: aliceName, automatic: false, page: 2, limit: 2 },
  });
  Assert.equal("all were by hand", byHand.pagination, {
    current: 2,
    limit: 2,
    records: 3,
    pages: 2,
  });
  Assert.equal("one on the second page", byHand.data, receipts.data.slice(2));
  const bobs = await helper.call("PATCH /support/purges", { body: { handle: bobName } });
  Assert.equal("none of the other owner", bobs.data, []);
  await Assert.rejected("nobody has the handle", 404, helper.call("PATCH /support/purges", {
    body: { handle: "nobody_here" },
  }));
  await Assert.rejected("members are no support", 403, alice.call("PATCH /support/purges", {
    body: { handle: aliceName },
  }));
  const emptied = await bob.call("DELETE /trash");
  Assert.equal("the other owner purges the own trash", emptied.purged, 1);
}
