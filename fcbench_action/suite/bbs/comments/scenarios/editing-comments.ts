export const scenario = "Every edit of a comment leaves a snapshot.";

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
  const comment = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "One.", mentions: [annName, carlName] },
  });
  const lost = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: { body: "Lost." },
  });
  const masked = await mod.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Masked.", parent_id: comment.id },
  });
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: masked.id } });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: other.id } });
  await Assert.rejected("nothing is edited in removed articles", 404, bob.call(
    "PUT /comments/{commentId}",
    { path: { commentId: lost.id }, body: { body: "Found." } },
  ));
  const second = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Mine.", parent_id: comment.id },
  });
  await ann.call("PUT /comments/{commentId}/like", { path: { commentId: comment.id } });
  const edited = await bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Two." },
  });
  Assert.equal("edited", edited, {
    ...comment,
    body: "Two.",
    revision: 2,
    likes: 1,
    replies: 1,
    updated_at: edited.updated_at,
  });
  Assert.that("later", edited.updated_at > comment.created_at);
  const read = await carl.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("for all", read, edited);
  const liked = await ann.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("ann likes it", liked, { ...edited, liked: true });
  await Assert.rejected("it says that already", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Two." },
  }));
  const again = await bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "One." },
  });
  Assert.equal("what it said before", again, {
    ...edited,
    body: "One.",
    revision: 3,
    updated_at: again.updated_at,
  });
  const answer = await bob.call("PUT /comments/{commentId}", {
    path: { commentId: second.id },
    body: { body: "Still mine." },
  });
  Assert.equal("an answer stays one", answer, {
    ...second,
    body: "Still mine.",
    revision: 2,
    updated_at: answer.updated_at,
  });
  await Assert.rejected("others do not edit", 403, ann.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Three." },
  }));
  await Assert.rejected("nor do moderators", 403, mod.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Three." },
  }));
  await Assert.rejected("there is no such comment", 404, bob.call("PUT /comments/{commentId}", {
    path: { commentId: article.id },
    body: { body: "Three." },
  }));
  const snapshots = await bob.call("GET /comments/{commentId}/snapshots", {
    path: { commentId: comment.id },
  });
  Assert.equal("latest first", snapshots.data.map((one) => `${one.revision} ${one.body}`), [
    "3 One.",
    "2 Two.",
    "1 One.",
  ]);
  Assert.equal("and when", snapshots.data.map((one) => one.created_at), [
    again.updated_at,
    edited.updated_at,
    comment.created_at,
  ]);
  const moderated = await mod.call("GET /comments/{commentId}/snapshots", {
    path: { commentId: comment.id },
  });
  Assert.equal("moderators see them", moderated, snapshots);
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: carlJoined.member.id, role: "announcer" },
  });
  await Assert.rejected("others do not", 403, carl.call("GET /comments/{commentId}/snapshots", {
    path: { commentId: comment.id },
  }));
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: carlJoined.member.id, role: "moderator" },
  });
  await Assert.rejected("ann is none", 403, ann.call("GET /comments/{commentId}/snapshots", {
    path: { commentId: comment.id },
  }));
  const byRole = await carl.call("GET /comments/{commentId}/snapshots", {
    path: { commentId: comment.id },
  });
  Assert.equal("moderators by role do", byRole, snapshots);
  await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: article.id },
    body: { locked: true },
  });
  await Assert.rejected("locked", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Three." },
  }));
  await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: article.id },
    body: { locked: false },
  });
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("archived", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Three." },
  }));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  await root.call("PUT /boards/{boardId}", { path: { boardId: far.id }, body: { archived: true } });
  const last = await bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Three." },
  });
  Assert.equal("open again", last.revision, 4);
  const now4 = await carl.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("the latest is seen", now4, { ...last, replies: 1 });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: second.id } });
  await Assert.rejected("removed", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: second.id },
    body: { body: "Back." },
  }));
  await Assert.rejected("its snapshots are not for the author", 403, bob.call(
    "GET /comments/{commentId}/snapshots",
    { path: { commentId: second.id } },
  ));
  const kept = await mod.call("GET /comments/{commentId}/snapshots", {
    path: { commentId: second.id },
  });
  Assert.equal("but for moderators", kept.data.map((one) => one.body), ["Still mine.", "Mine."]);
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const fifth = await bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Five." },
  });
  Assert.equal("without what is gone", fifth, {
    ...last,
    body: "Five.",
    revision: 5,
    replies: 0,
    mentions: [{ id: annJoined.member.id, nickname: annName }],
    updated_at: fifth.updated_at,
  });
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended", 403, bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Four." },
  }));
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: article.id } });
  await Assert.rejected("gone with the article", 404, mod.call(
    "GET /comments/{commentId}/snapshots",
    { path: { commentId: comment.id } },
  ));
  await Assert.rejected("there are no snapshots of nothing", 404, mod.call(
    "GET /comments/{commentId}/snapshots",
    { path: { commentId: article.id } },
  ));
}
