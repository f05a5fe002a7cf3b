export const scenario = "An owner archives a list, which then takes no new items, and brings it back.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "First" },
  });
  const second = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Second" },
  });
  const task = await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Task" },
  });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  await Assert.rejected("strangers find nothing", 404, bob.call("PUT /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  await Assert.rejected("guests do not archive", 403, bob.call("PUT /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  await Assert.rejected("it is not archived", 409, alice.call("DELETE /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  const archived = await alice.call("PUT /lists/{listId}/archive", { path: { listId: home.id } });
  Assert.that(
    "when it was archived",
    archived.archived_at !== null && archived.archived_at > home.created_at,
  );
  Assert.equal("that is a change", archived.updated_at, archived.archived_at);
  await Assert.rejected("it is archived", 409, alice.call("PUT /lists/{listId}/archive", {
    path: { listId: home.id },
  }));
  await Assert.rejected("no new items", 409, alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Third" },
  }));
  await Assert.rejected("none are moved there", 409, alice.call("PUT /items/{itemId}/position", {
    path: { itemId: task.id },
    body: { list_id: home.id, after_id: null },
  }));
  const moved = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: second.id },
    body: { list_id: home.id, after_id: null },
  });
  Assert.equal("within it items may be moved", moved.list_id, home.id);
  const other = await alice.call("GET /lists/{listId}", { path: { listId: work.id } });
  Assert.equal("others are not archived", other.archived_at, null);
  await Assert.rejected("guests do not bring it back", 403, bob.call(
    "DELETE /lists/{listId}/archive",
    { path: { listId: home.id } },
  ));
  const back = await alice.call("DELETE /lists/{listId}/archive", { path: { listId: home.id } });
  Assert.equal("not archived any more", back.archived_at, null);
  Assert.that("changed once more", back.updated_at > archived.updated_at);
  Assert.equal("as before otherwise", back.name, "Home");
  const third = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Third" },
  });
  Assert.equal("it takes items again", third.list_id, home.id);
}
