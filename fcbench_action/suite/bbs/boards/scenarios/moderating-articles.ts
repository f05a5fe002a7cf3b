export const scenario = "Moderators pin, lock and remove articles.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const mod = api.session("member");
  const bob = api.session("member");
  const root = api.session("administrator");
  const annName = Random.string(8, 12);
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: `${annName}@example.com`, nickname: annName, password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
  const modName = Random.string(8, 12);
  const modJoined = await mod.call("POST /auth/members/join", {
    body: { email: `${modName}@example.com`, nickname: modName, password: "correct horse battery" },
  });
  mod.authenticate(modJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "talk", kind: "open", categories: [] },
  });
  const other = await root.call("POST /boards", {
    body: { slug: "other", name: "other", kind: "open", categories: [] },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: modJoined.member.id, role: "moderator" },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: modJoined.member.id },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: other.id, memberId: bobJoined.member.id },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "announcer" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "announcer" },
  });
  const one = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "One", body: "Text.", publish: true },
  });
  const two = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Two", body: "Text.", publish: true },
  });
  const three = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Three", body: "Text.", publish: true },
  });
  const four = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Four", body: "Text.", publish: true },
  });
  const far = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: other.id },
    body: { title: "Far", body: "Text.", publish: true },
  });
  await Assert.rejected("authors do not pin", 403, ann.call("PUT /articles/{articleId}/pin", {
    path: { articleId: one.id },
    body: { pinned: true },
  }));
  const pinned = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: one.id },
    body: { pinned: true },
  });
  Assert.equal("pinned", pinned, { status: "published", pinned: true });
  const shown = await bob.call("GET /articles/{articleId}", { path: { articleId: one.id } });
  Assert.equal("for all", shown, { ...one, pinned: true });
  await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: two.id },
    body: { pinned: true },
  });
  await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: three.id },
    body: { pinned: true },
  });
  const order = await bob.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("latest pinned first", order.data.map((article) => article.id), [
    three.id,
    two.id,
    one.id,
    four.id,
  ]);
  await Assert.rejected("three are enough", 409, mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: four.id },
    body: { pinned: true },
  }));
  const same = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: one.id },
    body: { pinned: true },
  });
  Assert.equal("pinned already", same, pinned);
  const unmoved = await bob.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("which changes nothing", unmoved.data, order.data);
  const elsewhere = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: far.id },
    body: { pinned: true },
  });
  Assert.equal("each board has its own", elsewhere.pinned, true);
  await mod.call("DELETE /articles/{articleId}", { path: { articleId: three.id } });
  const fourth = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: four.id },
    body: { pinned: true },
  });
  Assert.equal("there is room", fourth.pinned, true);
  const unpinned = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: one.id },
    body: { pinned: false },
  });
  Assert.equal("unpinned", unpinned, { status: "published", pinned: false });
  const twice = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: one.id },
    body: { pinned: false },
  });
  Assert.equal("not pinned already", twice, unpinned);
  await Assert.rejected("gone", 404, ann.call("GET /articles/{articleId}", {
    path: { articleId: three.id },
  }));
  await Assert.rejected("not to be pinned", 404, mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: three.id },
    body: { pinned: true },
  }));
  await Assert.rejected("nor locked", 404, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: three.id },
    body: { locked: true },
  }));
  await Assert.rejected("nor removed again", 404, mod.call("DELETE /articles/{articleId}", {
    path: { articleId: three.id },
  }));
  const draft = await mod.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await Assert.rejected("a draft is not pinned", 409, mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: draft.id },
    body: { pinned: false },
  }));
  await Assert.rejected("nor locked", 409, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: draft.id },
    body: { locked: true },
  }));
  await Assert.rejected("nor unlocked", 409, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: draft.id },
    body: { locked: false },
  }));
  const anns = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await Assert.rejected("drafts of others are not there", 404, mod.call(
    "PUT /articles/{articleId}/lock",
    { path: { articleId: anns.id }, body: { locked: true } },
  ));
  await Assert.rejected("not even to be pinned", 404, mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: anns.id },
    body: { pinned: true },
  }));
  await Assert.rejected("or removed", 404, mod.call("DELETE /articles/{articleId}", {
    path: { articleId: anns.id },
  }));
  await Assert.rejected("others do not lock", 403, ann.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: true },
  }));
  await Assert.rejected("nor do moderators of other boards", 403, bob.call(
    "PUT /articles/{articleId}/lock",
    { path: { articleId: two.id }, body: { locked: true } },
  ));
  await Assert.rejected("who pin nothing either", 403, bob.call("PUT /articles/{articleId}/pin", {
    path: { articleId: two.id },
    body: { pinned: true },
  }));
  const bobLocks = await bob.call("PUT /articles/{articleId}/lock", {
    path: { articleId: far.id },
    body: { locked: true },
  });
  Assert.equal("but in theirs", bobLocks, { status: "locked", pinned: true });
  await bob.call("PUT /articles/{articleId}/lock", {
    path: { articleId: far.id },
    body: { locked: false },
  });
  await Assert.rejected("it is not locked", 409, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: false },
  }));
  const locked = await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: true },
  });
  Assert.equal("locked", locked, { status: "locked", pinned: true });
  const lockedToAll = await bob.call("GET /articles/{articleId}", { path: { articleId: two.id } });
  Assert.equal("for all to see", lockedToAll, { ...two, status: "locked", pinned: true });
  const boards = await bob.call("GET /boards");
  Assert.equal("and counted", boards.data.map((board) => board.articles), [3, 1]);
  await Assert.rejected("once", 409, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: true },
  }));
  await Assert.rejected("locked articles are not removed by authors", 409, ann.call(
    "DELETE /articles/{articleId}",
    { path: { articleId: two.id } },
  ));
  const repinned = await mod.call("PUT /articles/{articleId}/pin", {
    path: { articleId: two.id },
    body: { pinned: false },
  });
  Assert.equal("but pinned or not by moderators", repinned, { status: "locked", pinned: false });
  const open = await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: false },
  });
  Assert.equal("published again", open, { status: "published", pinned: false });
  const openToAll = await bob.call("GET /articles/{articleId}", { path: { articleId: two.id } });
  Assert.equal("as it was", openToAll, two);
  await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: true },
  });
  const others = await ann.call("GET /articles/{articleId}", { path: { articleId: one.id } });
  Assert.equal("others are not", others.status, "published");
  await mod.call("DELETE /articles/{articleId}", { path: { articleId: two.id } });
  await Assert.rejected("removed by a moderator", 404, ann.call("GET /articles/{articleId}", {
    path: { articleId: two.id },
  }));
  await Assert.rejected("others remove nothing", 403, bob.call("DELETE /articles/{articleId}", {
    path: { articleId: one.id },
  }));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("no pins in archived boards", 409, mod.call(
    "PUT /articles/{articleId}/pin",
    { path: { articleId: one.id }, body: { pinned: true } },
  ));
  await Assert.rejected("no locks", 409, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: one.id },
    body: { locked: true },
  }));
  await Assert.rejected("no removal", 409, ann.call("DELETE /articles/{articleId}", {
    path: { articleId: one.id },
  }));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  const bobs = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Bob's", body: "Text.", publish: true },
  });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: anns.id } });
  await Assert.rejected("drafts are removed like others", 404, ann.call(
    "GET /articles/{articleId}",
    { path: { articleId: anns.id } },
  ));
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: one.id } });
  const left = await mod.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("what is left", left.data.map((article) => article.id), [four.id, bobs.id]);
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: modJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended moderators pin nothing", 403, mod.call(
    "PUT /articles/{articleId}/pin",
    { path: { articleId: four.id }, body: { pinned: false } },
  ));
  await Assert.rejected("lock nothing", 403, mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: four.id },
    body: { locked: true },
  }));
  await Assert.rejected("and remove nothing of their own", 403, mod.call(
    "DELETE /articles/{articleId}",
    { path: { articleId: draft.id } },
  ));
}
