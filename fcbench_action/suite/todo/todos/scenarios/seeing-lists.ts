export const scenario = "Owner, editor and viewer see the same list, each with the own role.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const carol = api.session("member");
  const dan = api.session("member");
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
  const others = await dan.call("POST /lists", { body: { name: "Other" } });
  await dan.call("POST /lists/{listId}/items", {
    path: { listId: others.id },
    body: { title: "Other" },
  });
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
  await alice.call("PUT /members/me", { body: { avatar: "https://example.com/alice.png" } });
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
  await bob.call("PUT /members/me", { body: { avatar: "https://example.com/bob.png" } });
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
  const editing = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  const viewing = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: carolName, role: "viewer" },
  });
  const open = await dan.call("POST /lists/{listId}/shares", {
    path: { listId: others.id },
    body: { handle: aliceName, role: "viewer" },
  });
  const a = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "A" },
  });
  const b = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "B" },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "C" },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "D" },
  });
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: a.id }, body: {} });
  await alice.call("POST /trash", { body: { item_id: b.id } });
  await Assert.rejected("not seen before it is accepted", 404, bob.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("nor archived", 404, bob.call("PUT /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  await Assert.rejected("nor brought back", 404, bob.call("DELETE /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  await Assert.rejected("nor read", 404, alice.call("GET /lists/{listId}", {
    path: { listId: others.id },
  }));
  const accepted = await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: editing.id },
  });
  const bobs = await bob.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("accepting answers with the list as it is read", accepted, bobs);
  const taken = await carol.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: viewing.id },
  });
  const carols = await carol.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("for the viewer too", taken, carols);
  Assert.equal("the roles", [bobs.role, carols.role], ["editor", "viewer"]);
  const mine = await alice.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("but for the role all see the same", mine, { ...carols, role: "owner" });
  Assert.equal("the owner", mine.owner, {
    id: aliceJoined.member.id,
    handle: aliceName,
    display_name: aliceJoined.member.display_name,
    avatar: "https://example.com/alice.png",
  });
  Assert.equal("two open items", mine.open_items, 2);
  Assert.equal(
    "the shares in order",
    mine.shares.map((share) => [share.id, share.member.handle, share.role]),
    [[editing.id, bobName, "editor"], [viewing.id, carolName, "viewer"]],
  );
  const first = List.at(mine.shares, 0);
  Assert.that(
    "all of a share",
    first !== null
      && first.member.avatar === "https://example.com/bob.png"
      && first.created_at === editing.created_at
      && first.accepted_at !== null
      && first.accepted_at > editing.created_at,
  );
  const short = await carol.call("PATCH /lists", { body: {} });
  Assert.equal("shortly", short.data, [
    { id: home.id, name: "Home", color: "#00ff00", role: "viewer", open_items: 2, archived: false },
  ]);
  const shorter = await bob.call("PATCH /lists", { body: {} });
  Assert.equal("shortly to the editor", shorter.data.map((one) => one.role), ["editor"]);
  await Assert.rejected("guests do not change it", 403, bob.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("guests do not archive it", 403, bob.call("PUT /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  await Assert.rejected("guests do not bring it back", 403, bob.call(
    "DELETE /lists/{listId}/archive",
    { path: { listId: home.id } },
  ));
  const changed = await alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "House" },
  });
  const afterChange = await alice.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("changing answers with the list as it is read", changed, afterChange);
  const archived = await alice.call("PUT /lists/{listId}/archive", { path: { listId: home.id } });
  const afterArchive = await carol.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("so does archiving", archived, { ...afterArchive, role: "owner" });
  const recolored = await alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { color: "#111111" },
  });
  Assert.equal("it stays archived", recolored.archived_at, archived.archived_at);
  const back = await alice.call("DELETE /lists/{listId}/archive", { path: { listId: home.id } });
  const afterBack = await bob.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("and its undoing", back, { ...afterBack, role: "owner" });
  const theirs = await dan.call("GET /lists/{listId}", { path: { listId: others.id } });
  Assert.equal("an open invitation is a share, too", theirs.shares.map((share) => share.id), [
    open.id,
  ]);
  Assert.equal("one open item of its own", theirs.open_items, 1);
}
