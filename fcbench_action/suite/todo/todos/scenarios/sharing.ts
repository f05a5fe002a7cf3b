export const scenario = "An owner shares a list with a viewer and an editor, changes roles and ends shares.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  const viewing = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "viewer" },
  });
  Assert.equal("the share", viewing, {
    id: viewing.id,
    member: {
      id: bobJoined.member.id,
      handle: bobName,
      display_name: bobJoined.member.display_name,
      avatar: null,
    },
    role: "viewer",
    created_at: viewing.created_at,
    accepted_at: null,
  });
  await Assert.rejected("not seen before it is accepted", 404, bob.call("GET /lists/{listId}", {
    path: { listId: home.id },
  }));
  await Assert.rejected("accepted by nobody else", 404, carol.call(
    "PUT /lists/{listId}/shares/{shareId}/acceptance",
    { path: { listId: home.id, shareId: viewing.id } },
  ));
  await Assert.rejected("not even by the owner", 404, alice.call(
    "PUT /lists/{listId}/shares/{shareId}/acceptance",
    { path: { listId: home.id, shareId: viewing.id } },
  ));
  await Assert.rejected("nor in another list", 404, bob.call(
    "PUT /lists/{listId}/shares/{shareId}/acceptance",
    { path: { listId: work.id, shareId: viewing.id } },
  ));
  const seen = await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: viewing.id },
  });
  Assert.equal("the role of who asks", seen.role, "viewer");
  Assert.equal("the owner", seen.owner.id, aliceJoined.member.id);
  Assert.that("when it was accepted", seen.shares.every(
    (share) => share.accepted_at !== null && share.accepted_at > viewing.created_at,
  ));
  await Assert.rejected("it was accepted before", 409, bob.call(
    "PUT /lists/{listId}/shares/{shareId}/acceptance",
    { path: { listId: home.id, shareId: viewing.id } },
  ));
  await Assert.rejected("nobody has the handle", 404, alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: "nobody_here", role: "viewer" },
  }));
  await Assert.rejected("with oneself", 409, alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: aliceName, role: "viewer" },
  }));
  await Assert.rejected("twice", 409, alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  }));
  await dan.call("POST /members/me/withdrawal", { body: { reason: "other" } });
  await Assert.rejected("with a closed account", 404, alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: danName, role: "viewer" },
  }));
  await Assert.rejected("only owners share", 403, bob.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: carolName, role: "viewer" },
  }));
  await Assert.rejected("others know nothing of it", 404, carol.call(
    "POST /lists/{listId}/shares",
    { path: { listId: home.id }, body: { handle: bobName, role: "viewer" } },
  ));
  await Assert.rejected("viewers add no items", 403, bob.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("viewers do not change the list", 403, bob.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("viewers do not remove the list", 403, bob.call("DELETE /lists/{listId}", {
    path: { listId: home.id },
  }));
  await Assert.rejected("only owners change roles", 403, bob.call(
    "PUT /lists/{listId}/shares/{shareId}",
    { path: { listId: home.id, shareId: viewing.id }, body: { role: "editor" } },
  ));
  await Assert.rejected("there is no such share", 404, alice.call(
    "PUT /lists/{listId}/shares/{shareId}",
    { path: { listId: work.id, shareId: viewing.id }, body: { role: "editor" } },
  ));
  const editing = await alice.call("PUT /lists/{listId}/shares/{shareId}", {
    path: { listId: home.id, shareId: viewing.id },
    body: { role: "editor" },
  });
  Assert.equal("the role changes", editing.role, "editor");
  Assert.that("it stays accepted", editing.accepted_at !== null);
  Assert.equal("for the same member", editing.member, viewing.member);
  const item = await bob.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Mine" },
  });
  Assert.equal("editors add items", item.list_id, home.id);
  const asEditor = await bob.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("as editor", asEditor.role, "editor");
  const second = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: carolName, role: "viewer" },
  });
  const both = await alice.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal(
    "shares in the order in which they were made",
    both.shares.map((share) => share.id),
    [viewing.id, second.id],
  );
  await Assert.rejected("guests do not end shares of others", 403, bob.call(
    "DELETE /lists/{listId}/shares/{shareId}",
    { path: { listId: home.id, shareId: second.id } },
  ));
  await Assert.rejected("not accepted, nothing is seen", 404, carol.call(
    "DELETE /lists/{listId}/shares/{shareId}",
    { path: { listId: home.id, shareId: viewing.id } },
  ));
  await carol.call("DELETE /lists/{listId}/shares/{shareId}", {
    path: { listId: home.id, shareId: second.id },
  });
  await Assert.rejected("declined is gone", 404, carol.call(
    "PUT /lists/{listId}/shares/{shareId}/acceptance",
    { path: { listId: home.id, shareId: second.id } },
  ));
  await Assert.rejected("not in another list", 404, alice.call(
    "DELETE /lists/{listId}/shares/{shareId}",
    { path: { listId: work.id, shareId: viewing.id } },
  ));
  const one = await bob.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("one share is left", one.shares.map((share) => share.id), [viewing.id]);
  await alice.call("DELETE /lists/{listId}/shares/{shareId}", {
    path: { listId: home.id, shareId: viewing.id },
  });
  await Assert.rejected("the list is not seen any more", 404, bob.call("GET /lists/{listId}", {
    path: { listId: home.id },
  }));
  await Assert.rejected("nor its items", 404, bob.call("GET /items/{itemId}", {
    path: { itemId: item.id },
  }));
}
