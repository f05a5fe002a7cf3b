export const scenario = "Members comment on an article and answer one another, three levels deep.";

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
  const other = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Other", body: "Text.", publish: true },
  });
  const first = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "First!", mentions: [carlName, annName, bobName] },
  });
  Assert.equal("who is mentioned", first.mentions.length, 2);
  Assert.that(
    "in alphabetical order, and not who writes",
    (
      first.mentions.every((one) => one.id !== bobJoined.member.id)
        && (List.at(first.mentions, 0)?.nickname ?? "")
          < (List.at(first.mentions, 1)?.nickname ?? "")
    ),
  );
  Assert.equal("a comment", first, {
    id: first.id,
    article_id: article.id,
    parent_id: null,
    depth: 1,
    author: { id: bobJoined.member.id, nickname: bobName },
    body: "First!",
    state: "visible",
    revision: 1,
    likes: 0,
    liked: false,
    mentions: first.mentions,
    replies: 0,
    created_at: first.created_at,
    updated_at: first.created_at,
  });
  const read = await carl.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("others read it", read, first);
  const second = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Second.", parent_id: first.id, mentions: [] },
  });
  Assert.equal("one deeper", [second.depth, second.mentions.length], [2, 0]);
  Assert.equal("an answer", second.parent_id, first.id);
  const third = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Third.", parent_id: second.id },
  });
  Assert.equal("and one more", third.depth, 3);
  await Assert.rejected("but not four", 409, ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Fourth.", parent_id: third.id },
  }));
  const beside = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Beside.", parent_id: first.id, mentions: [bobName] },
  });
  Assert.equal("one mention", beside.mentions, [{ id: bobJoined.member.id, nickname: bobName }]);
  const counted = await carl.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("direct replies", counted, { ...first, replies: 2 });
  const top = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Apart.", parent_id: null },
  });
  Assert.equal("answering nothing", [top.depth, top.replies], [1, 0]);
  await Assert.rejected("not to another article's", 404, ann.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: other.id }, body: { body: "Lost.", parent_id: first.id } },
  ));
  await Assert.rejected("nor to what never was", 404, ann.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: article.id }, body: { body: "Lost.", parent_id: article.id } },
  ));
  await Assert.rejected("nobody is called so", 404, ann.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: article.id }, body: { body: "You?", mentions: [bobName, "nobody_here"] } },
  ));
  await Assert.rejected("five mentions at most", 422, ann.call(
    "POST /articles/{articleId}/comments",
    {
      path: { articleId: article.id },
      body: { body: "All!", mentions: ["aaa", "bbb", "ccc", "ddd", "eee", "fff"] },
    },
  ));
  await ann.call("DELETE /comments/{commentId}", { path: { commentId: top.id } });
  await Assert.rejected("what is removed is not answered", 409, bob.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: article.id }, body: { body: "Why?", parent_id: top.id } },
  ));
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: third.id } });
  const less = await carl.call("GET /comments/{commentId}", { path: { commentId: second.id } });
  Assert.equal("nor counted", less, second);
  const draft = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await Assert.rejected("drafts are not commented on", 409, ann.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: draft.id }, body: { body: "Note." } },
  ));
  await Assert.rejected("and not seen", 404, bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: draft.id },
    body: { body: "Note." },
  }));
  const there = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: { body: "There." },
  });
  await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: other.id },
    body: { locked: true },
  });
  await Assert.rejected("nor are locked articles", 409, bob.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: other.id }, body: { body: "Late." } },
  ));
  const still = await carl.call("GET /comments/{commentId}", { path: { commentId: there.id } });
  Assert.equal("whose comments stay", still, there);
  await mod.call("DELETE /articles/{articleId}", { path: { articleId: other.id } });
  await Assert.rejected("removed articles are gone", 404, bob.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: other.id }, body: { body: "Late." } },
  ));
  await Assert.rejected("with their comments", 404, bob.call("GET /comments/{commentId}", {
    path: { commentId: there.id },
  }));
  await Assert.rejected("there is no such comment", 404, bob.call("GET /comments/{commentId}", {
    path: { commentId: article.id },
  }));
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const without = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("who has left is not mentioned any more", without.mentions, [
    { id: annJoined.member.id, nickname: annName },
  ]);
  await Assert.rejected("nor can be", 404, bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Carl?", mentions: [carlName] },
  }));
  const nobody = await bob.call("GET /comments/{commentId}", { path: { commentId: beside.id } });
  Assert.equal("and is not shown", nobody, { ...beside, author: null });
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("no comments in archived boards", 409, bob.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: article.id }, body: { body: "Late." } },
  ));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  await root.call("PUT /boards/{boardId}", { path: { boardId: far.id }, body: { archived: true } });
  const late = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Late." },
  });
  Assert.equal("other boards do not matter", late.body, "Late.");
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members say nothing", 403, bob.call(
    "POST /articles/{articleId}/comments",
    { path: { articleId: article.id }, body: { body: "Later." } },
  ));
}
