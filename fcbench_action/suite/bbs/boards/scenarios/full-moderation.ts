export const scenario = "A board has three moderators at most.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const dan = api.session("member");
  const eve = api.session("member");
  const root = api.session("administrator");
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
  const eveName = Random.string(8, 12);
  const eveJoined = await eve.call("POST /auth/members/join", {
    body: { email: `${eveName}@example.com`, nickname: eveName, password: "correct horse battery" },
  });
  eve.authenticate(eveJoined.token.access);
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
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: annJoined.member.id },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: bobJoined.member.id },
  });
  const third = await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: carlJoined.member.id },
  });
  await Assert.rejected("three are enough", 409, root.call(
    "PUT /boards/{boardId}/moderators/{memberId}",
    { path: { boardId: talk.id, memberId: danJoined.member.id } },
  ));
  const same = await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: carlJoined.member.id },
  });
  Assert.equal("the third is no fourth", same, third);
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: other.id, memberId: danJoined.member.id },
  });
  await root.call("DELETE /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: bobJoined.member.id },
  });
  const last = await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: eveJoined.member.id },
  });
  Assert.equal("now there is room", last.member.nickname, eveName);
  const one = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "One", body: "Text.", publish: true },
  });
  const two = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Two", body: "Text.", publish: true },
  });
  const three = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: other.id },
    body: { title: "Three", body: "Text.", publish: true },
  });
  await Assert.rejected("not any more", 403, bob.call("DELETE /articles/{articleId}", {
    path: { articleId: one.id },
  }));
  await Assert.rejected("moderators of other boards do not", 403, dan.call(
    "DELETE /articles/{articleId}",
    { path: { articleId: one.id } },
  ));
  await Assert.rejected("nor there", 403, eve.call("DELETE /articles/{articleId}", {
    path: { articleId: three.id },
  }));
  await eve.call("DELETE /articles/{articleId}", { path: { articleId: one.id } });
  await Assert.rejected("removed", 404, ann.call("GET /articles/{articleId}", {
    path: { articleId: one.id },
  }));
  const kept = await ann.call("GET /articles/{articleId}", { path: { articleId: two.id } });
  Assert.equal("the other is there", kept, two);
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "moderator" },
  });
  await bob.call("DELETE /articles/{articleId}", { path: { articleId: three.id } });
  await Assert.rejected("by role in any board", 404, ann.call("GET /articles/{articleId}", {
    path: { articleId: three.id },
  }));
}
