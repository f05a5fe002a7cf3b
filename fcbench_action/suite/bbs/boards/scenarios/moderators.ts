export const scenario = "Administrators appoint moderators for boards.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const dan = api.session("member");
  const root = api.session("administrator");
  const boss = api.session("administrator");
  const annName = Random.string(8, 12);
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: `${annName}@example.com`, nickname: annName, password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  const carlName = Random.string(8, 12);
  const carlJoined = await carl.call("POST /auth/members/join", {
    body: {
      email: `${carlName}@example.com`,
      nickname: carlName,
      password: "correct horse battery",
    },
  });
  carl.authenticate(carlJoined.token.access);
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/members/join", {
    body: { email: `${danName}@example.com`, nickname: danName, password: "correct horse battery" },
  });
  dan.authenticate(danJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const bossJoined = await boss.call("POST /auth/administrators/join", {
    body: { email: "the.boss@bbs.example", name: "Boss", password: "correct horse battery" },
  });
  boss.authenticate(bossJoined.token.access);
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "talk", kind: "open", categories: [] },
  });
  const other = await root.call("POST /boards", {
    body: { slug: "other", name: "other", kind: "open", categories: [] },
  });
  const made = await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: annJoined.member.id },
  });
  Assert.equal("an appointment", made, {
    id: made.id,
    member: { id: annJoined.member.id, nickname: annName },
    administrator: "Root",
    created_at: made.created_at,
  });
  const again = await boss.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: annJoined.member.id },
  });
  Assert.equal("made once", again, made);
  await Assert.rejected("members appoint nobody", 403, ann.call(
    "PUT /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: talk.id, memberId: bobJoined.member.id } },
  ));
  await Assert.rejected("no such board", 404, root.call(
    "PUT /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: made.id, memberId: bobJoined.member.id } },
  ));
  await Assert.rejected("no such member", 404, root.call(
    "PUT /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: talk.id, memberId: made.id } },
  ));
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("nobody who is suspended", 409, root.call(
    "PUT /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: talk.id, memberId: bobJoined.member.id } },
  ));
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  await Assert.rejected("nobody who has left", 404, root.call(
    "PUT /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: talk.id, memberId: carlJoined.member.id } },
  ));
  const second = await boss.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: danJoined.member.id },
  });
  Assert.equal("by whom", [second.administrator ?? "", second.member.nickname], ["Boss", danName]);
  const elsewhere = await boss.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: other.id, memberId: danJoined.member.id },
  });
  Assert.notEqual("one may moderate two boards", elsewhere.id, second.id);
  await Assert.rejected("that board is not ann's", 404, root.call(
    "DELETE /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: other.id, memberId: annJoined.member.id } },
  ));
  const article = await dan.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Hello", body: "Text.", publish: true },
  });
  const foreign = await dan.call("POST /boards/{boardId}/articles", {
    path: { boardId: other.id },
    body: { title: "Hello", body: "Text.", publish: true },
  });
  const pinned = await ann.call("PUT /articles/{articleId}/pin", {
    path: { articleId: article.id },
    body: { pinned: true },
  });
  Assert.equal("moderators pin", pinned.pinned, true);
  await Assert.rejected("in their board", 403, ann.call("PUT /articles/{articleId}/pin", {
    path: { articleId: foreign.id },
    body: { pinned: true },
  }));
  const eve = await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "announcer" },
  });
  Assert.equal("announcers are no moderators", eve.role, "announcer");
  await Assert.rejected("of other boards", 403, ann.call("PUT /articles/{articleId}/pin", {
    path: { articleId: foreign.id },
    body: { pinned: true },
  }));
  const bobsBans = await root.call("POST /members/{memberId}/bans", {
    path: { memberId: danJoined.member.id },
    body: { reason: "Spam." },
  });
  const same = await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: danJoined.member.id },
  });
  Assert.equal("an appointment stays while a moderator is suspended", same, second);
  await root.call("PUT /members/{memberId}/bans/{banId}/lifting", {
    path: { memberId: danJoined.member.id, banId: bobsBans.id },
  });
  await root.call("DELETE /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: annJoined.member.id },
  });
  await Assert.rejected("dismissed", 403, ann.call("PUT /articles/{articleId}/pin", {
    path: { articleId: article.id },
    body: { pinned: false },
  }));
  await Assert.rejected("once", 404, root.call("DELETE /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: annJoined.member.id },
  }));
  await Assert.rejected("members dismiss nobody", 403, ann.call(
    "DELETE /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: talk.id, memberId: danJoined.member.id } },
  ));
  const still = await dan.call("PUT /articles/{articleId}/pin", {
    path: { articleId: article.id },
    body: { pinned: false },
  });
  Assert.equal("others stay", still.pinned, false);
}
