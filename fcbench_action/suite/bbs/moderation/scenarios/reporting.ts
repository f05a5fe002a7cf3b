export const scenario = "Members report articles and comments of others, once each, and may withdraw that.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const mod = api.session("member");
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
  const modName = Random.string(8, 12);
  const modJoined = await mod.call("POST /auth/members/join", {
    body: { email: `${modName}@example.com`, nickname: modName, password: "correct horse battery" },
  });
  mod.authenticate(modJoined.token.access);
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
  const far = await root.call("POST /boards", {
    body: { slug: "far", name: "far", kind: "open", categories: [] },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: modJoined.member.id },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: far.id, memberId: eveJoined.member.id },
  });
  const article = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Hello", body: "Text.", publish: true },
  });
  const away = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: far.id },
    body: { title: "Away", body: "Text.", publish: true },
  });
  const comment = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Rude." },
  });
  const first = await carl.call("POST /reports", {
    body: {
      target: { kind: "article", article_id: article.id },
      reason: "off_topic",
      details: "Not here.",
    },
  });
  Assert.equal("a report", first, {
    id: first.id,
    target: { kind: "article", article_id: article.id },
    reporter: { id: carlJoined.member.id, nickname: carlName },
    assignee: null,
    reason: "off_topic",
    details: "Not here.",
    status: "open",
    created_at: first.created_at,
    closed_at: null,
  });
  const second = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "insult", details: null },
  });
  Assert.equal("about a comment", second.target, { kind: "comment", comment_id: comment.id });
  await Assert.rejected("an article once", 409, carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "spam" },
  }));
  await Assert.rejected("a comment once", 409, carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "spam" },
  }));
  const third = await bob.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "spam" },
  });
  const fourth = await ann.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "spam" },
  });
  await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: away.id }, reason: "other" },
  });
  Assert.equal("others may", [third.status, fourth.status], ["open", "open"]);
  await Assert.rejected("not the own article", 409, ann.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "spam" },
  }));
  await Assert.rejected("nor the own comment", 409, bob.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "spam" },
  }));
  await Assert.rejected("there is no such article", 404, carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: comment.id }, reason: "spam" },
  }));
  await Assert.rejected("nor such a comment", 404, carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: article.id }, reason: "spam" },
  }));
  await Assert.rejected("there are reasons", 422, carl.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { page: 0 },
  }));
  const gone = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Gone." },
  });
  const hidden = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Hidden." },
  });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: gone.id } });
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: hidden.id } });
  await Assert.rejected("removed comments are not reported", 409, carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: gone.id }, reason: "spam" },
  }));
  await Assert.rejected("nor hidden ones", 409, carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: hidden.id }, reason: "spam" },
  }));
  const draft = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await Assert.rejected("drafts are not seen", 404, carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: draft.id }, reason: "spam" },
  }));
  await Assert.rejected("and one's own are one's own", 409, ann.call("POST /reports", {
    body: { target: { kind: "article", article_id: draft.id }, reason: "spam" },
  }));
  await Assert.rejected("a report of others is not withdrawn", 404, bob.call(
    "DELETE /reports/{reportId}",
    { path: { reportId: first.id } },
  ));
  await Assert.rejected("not even by moderators", 404, mod.call("DELETE /reports/{reportId}", {
    path: { reportId: first.id },
  }));
  await carl.call("DELETE /reports/{reportId}", { path: { reportId: first.id } });
  await Assert.rejected("it is gone", 404, carl.call("DELETE /reports/{reportId}", {
    path: { reportId: first.id },
  }));
  const again = await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "other" },
  });
  const all = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("what is left", all.data, [second, third, fourth, again]);
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: second.id } });
  await Assert.rejected("what is taken up is not withdrawn", 409, carl.call(
    "DELETE /reports/{reportId}",
    { path: { reportId: second.id } },
  ));
  const late = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Late." },
  });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: away.id } });
  await Assert.rejected("removed articles are not found", 404, bob.call("POST /reports", {
    body: { target: { kind: "article", article_id: away.id }, reason: "spam" },
  }));
  await Assert.rejected("nor are their comments", 404, carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: late.id }, reason: "spam" },
  }));
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: carlJoined.member.id },
    body: { reason: "Spam." },
  });
  const more = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "More", body: "Text.", publish: true },
  });
  await Assert.rejected("suspended members report nothing", 403, carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: more.id }, reason: "spam" },
  }));
  await Assert.rejected("and withdraw nothing", 403, carl.call("DELETE /reports/{reportId}", {
    path: { reportId: again.id },
  }));
}
