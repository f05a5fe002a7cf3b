export const scenario = "A member says how far a list is read.";

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
    body: { handle: bobName, role: "viewer" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "One" },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Two" },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Three" },
  });
  const initial = await bob.call("GET /lists/{listId}/cursor", { path: { listId: home.id } });
  Assert.equal("nothing is read", initial, { sequence: 0, unread: 3, updated_at: null });
  const read = await bob.call("PUT /lists/{listId}/cursor", {
    path: { listId: home.id },
    body: { sequence: 2 },
  });
  Assert.equal("one is unread", [read.sequence, read.unread], [2, 1]);
  const again = await bob.call("GET /lists/{listId}/cursor", { path: { listId: home.id } });
  Assert.equal("that is kept", again, read);
  await Assert.rejected("there is no fourth", 409, bob.call("PUT /lists/{listId}/cursor", {
    path: { listId: home.id },
    body: { sequence: 4 },
  }));
  const last = await bob.call("PUT /lists/{listId}/cursor", {
    path: { listId: home.id },
    body: { sequence: 3 },
  });
  Assert.equal("all is read", last.unread, 0);
  Assert.that(
    "changed later",
    last.updated_at !== null && read.updated_at !== null && last.updated_at > read.updated_at,
  );
  const back = await bob.call("PUT /lists/{listId}/cursor", {
    path: { listId: home.id },
    body: { sequence: 0 },
  });
  Assert.equal("going back is allowed", [back.sequence, back.unread], [0, 3]);
  const hers = await alice.call("PUT /lists/{listId}/cursor", {
    path: { listId: home.id },
    body: { sequence: 1 },
  });
  Assert.equal("the owner has the own mark", hers.unread, 2);
  const his = await bob.call("GET /lists/{listId}/cursor", { path: { listId: home.id } });
  Assert.equal("which changes no other", his, back);
  const elsewhere = await alice.call("PUT /lists/{listId}/cursor", {
    path: { listId: work.id },
    body: { sequence: 1 },
  });
  Assert.equal("each list has its own", elsewhere.unread, 0);
  const stillHers = await alice.call("GET /lists/{listId}/cursor", { path: { listId: home.id } });
  Assert.equal("apart from others", stillHers, hers);
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Four" },
  });
  const more = await alice.call("GET /lists/{listId}/cursor", { path: { listId: home.id } });
  Assert.equal("a new event is unread", more.unread, 3);
  await Assert.rejected("strangers find nothing", 404, carol.call("GET /lists/{listId}/cursor", {
    path: { listId: home.id },
  }));
  await Assert.rejected("and mark nothing", 404, carol.call("PUT /lists/{listId}/cursor", {
    path: { listId: home.id },
    body: { sequence: 0 },
  }));
}
