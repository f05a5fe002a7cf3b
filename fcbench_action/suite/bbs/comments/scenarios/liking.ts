export const scenario = "Members like comments of others, once each.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const mod = api.session("member");
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
  const modName = Random.string(8, 12);
  const modJoined = await mod.call("POST /auth/members/join", {
    body: { email: `${modName}@example.com`, nickname: modName, password: "correct horse battery" },
  });
  mod.authenticate(modJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "talk", kind: "open", categories: [] },
  });
  const far = await root.call("POST /boards", {
    body: { slug: "far", name: "far", kind: "open", categories: [] },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: modJoined.member.id },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: far.id, memberId: carlJoined.member.id },
  });
  const article = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Hello", body: "Text.", publish: true },
  });
  await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Other", body: "Text.", publish: true },
  });
  const comment = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "One." },
  });
  const second = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Two." },
  });
  const once = await ann.call("PUT /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("liked", once, { likes: 1, liked: true });
  const twice = await ann.call("PUT /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("still once", twice, { likes: 1, liked: true });
  const both = await carl.call("PUT /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("by two", both, { likes: 2, liked: true });
  const never = await mod.call("DELETE /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("nothing to cease", never, { likes: 2, liked: false });
  const seen = await ann.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("ann sees it", seen, { ...comment, likes: 2, liked: true });
  const others = await mod.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("others too", others, { ...comment, likes: 2, liked: false });
  const untouched = await ann.call("GET /comments/{commentId}", { path: { commentId: second.id } });
  Assert.equal("nobody likes the other", untouched, second);
  await Assert.rejected("one's own", 409, bob.call("PUT /comments/{commentId}/like", {
    path: { commentId: comment.id },
  }));
  await Assert.rejected("there is no such comment", 404, ann.call(
    "PUT /comments/{commentId}/like",
    { path: { commentId: article.id } },
  ));
  await Assert.rejected("not to cease either", 404, ann.call("DELETE /comments/{commentId}/like", {
    path: { commentId: article.id },
  }));
  await ann.call("PUT /comments/{commentId}/like", { path: { commentId: second.id } });
  const less = await ann.call("DELETE /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("not any more", less, { likes: 1, liked: false });
  const again = await ann.call("DELETE /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("and not less", again, { likes: 1, liked: false });
  const kept = await carl.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("carl still does", kept, { ...comment, likes: 1, liked: true });
  const other1 = await ann.call("GET /comments/{commentId}", { path: { commentId: second.id } });
  Assert.equal("and ann the other", other1, { ...second, likes: 1, liked: true });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: comment.id } });
  await Assert.rejected("removed", 409, ann.call("PUT /comments/{commentId}/like", {
    path: { commentId: comment.id },
  }));
  const last = await carl.call("DELETE /comments/{commentId}/like", {
    path: { commentId: comment.id },
  });
  Assert.equal("ceasing is possible", last, { likes: 0, liked: false });
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("not in archived boards", 409, carl.call("PUT /comments/{commentId}/like", {
    path: { commentId: second.id },
  }));
  await Assert.rejected("nor ceasing there", 409, ann.call("DELETE /comments/{commentId}/like", {
    path: { commentId: second.id },
  }));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  await root.call("PUT /boards/{boardId}", { path: { boardId: far.id }, body: { archived: true } });
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members cease nothing", 403, ann.call(
    "DELETE /comments/{commentId}/like",
    { path: { commentId: second.id } },
  ));
  await Assert.rejected("and like nothing", 403, ann.call("PUT /comments/{commentId}/like", {
    path: { commentId: second.id },
  }));
  const back = await mod.call("PUT /comments/{commentId}/like", { path: { commentId: second.id } });
  Assert.equal("others go on", back, { likes: 2, liked: true });
  const gone = await mod.call("DELETE /comments/{commentId}/like", {
    path: { commentId: second.id },
  });
  Assert.equal("and cease", gone, { likes: 1, liked: false });
  await mod.call("DELETE /articles/{articleId}", { path: { articleId: article.id } });
  await Assert.rejected("not in removed articles", 404, carl.call(
    "PUT /comments/{commentId}/like",
    { path: { commentId: second.id } },
  ));
  await Assert.rejected("where nothing ceases", 404, carl.call(
    "DELETE /comments/{commentId}/like",
    { path: { commentId: second.id } },
  ));
}
