export const scenario = "An owner shows a list to strangers through a link.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const stranger = api.session(null);
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
  const home = await alice.call("POST /lists", { body: { name: "Home", color: "#ff0000" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  const first = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "First" },
  });
  const second = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Second" },
  });
  const third = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Third" },
  });
  const fourth = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Fourth" },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Other" },
  });
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: first.id }, body: {} });
  await alice.call("POST /trash", { body: { item_id: second.id } });
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: fourth.id },
    body: { list_id: home.id, after_id: null },
  });
  await Assert.rejected("there is no link", 404, alice.call("DELETE /lists/{listId}/link", {
    path: { listId: home.id },
  }));
  const link = await alice.call("POST /lists/{listId}/link", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("the link", link, {
    secret: link.secret,
    protected: false,
    expires_at: null,
    views: 0,
  });
  await Assert.rejected("one link at most", 409, alice.call("POST /lists/{listId}/link", {
    path: { listId: home.id },
    body: {},
  }));
  const seen = await stranger.call("GET /links/{secret}", { path: { secret: link.secret } });
  Assert.equal("what a stranger sees", seen, {
    name: "Home",
    color: "#ff0000",
    items: [
      { id: fourth.id, title: "Fourth", priority: 0, due: null, completed: false },
      { id: third.id, title: "Third", priority: 0, due: null, completed: false },
    ],
  });
  const again = await bob.call("GET /links/{secret}", { path: { secret: link.secret } });
  Assert.equal("members see the same", again, seen);
  await Assert.rejected("there is no such link", 404, stranger.call("GET /links/{secret}", {
    path: { secret: "AAAAAAAAAAAAAAAAAAAAAA" },
  }));
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  await Assert.rejected("strangers do not see the list", 404, bob.call(
    "DELETE /lists/{listId}/link",
    { path: { listId: home.id } },
  ));
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  await Assert.rejected("guests do not remove it", 403, bob.call("DELETE /lists/{listId}/link", {
    path: { listId: home.id },
  }));
  await alice.call("DELETE /lists/{listId}/link", { path: { listId: home.id } });
  await Assert.rejected("the link leads nowhere", 404, stranger.call("GET /links/{secret}", {
    path: { secret: link.secret },
  }));
  await Assert.rejected("guests make none", 403, bob.call("POST /lists/{listId}/link", {
    path: { listId: home.id },
    body: {},
  }));
  await Assert.rejected("it would have expired", 409, alice.call("POST /lists/{listId}/link", {
    path: { listId: home.id },
    body: { expires_at: home.created_at },
  }));
  const short = await alice.call("POST /lists/{listId}/link", {
    path: { listId: home.id },
    body: { expires_at: Time.addSeconds(home.created_at, 60) },
  });
  Assert.that("another secret", short.secret !== link.secret);
  Assert.equal("when it expires", short.expires_at, Time.addSeconds(home.created_at, 60));
  const inTime = await stranger.call("GET /links/{secret}", { path: { secret: short.secret } });
  Assert.equal("before that it is read", inTime.name, "Home");
  for (const turn of List.repeat(60, (index) => index)) {
    Assert.that("time goes by", turn >= 0);
    await stranger.call("GET /members/{handle}", { path: { handle: aliceName } });
  }
  await Assert.rejected("after that it is not", 404, stranger.call("GET /links/{secret}", {
    path: { secret: short.secret },
  }));
  const closed = await alice.call("POST /lists/{listId}/link", {
    path: { listId: work.id },
    body: { password: "open sesame" },
  });
  Assert.equal("there is a password", closed.protected, true);
  await Assert.rejected("with a password it is refused", 403, stranger.call("GET /links/{secret}", {
    path: { secret: closed.secret },
  }));
}
