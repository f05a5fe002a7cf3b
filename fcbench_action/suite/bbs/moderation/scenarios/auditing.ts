export const scenario = "Moderators search the audit log of their board.";

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
  const second = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Ruder." },
  });
  const apart = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Apart." },
  });
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: comment.id } });
  await eve.call("PUT /comments/{commentId}/hiding", { path: { commentId: apart.id } });
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: second.id } });
  await mod.call("DELETE /comments/{commentId}/hiding", { path: { commentId: comment.id } });
  const all = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal(
    "latest first",
    all.data.map((entry) => `${entry.sequence} ${entry.action} ${entry.subject_id}`),
    [`3 show ${comment.id}`, `2 hide ${second.id}`, `1 hide ${comment.id}`],
  );
  Assert.equal("on one page", all.pagination, { current: 1, limit: 20, records: 3, pages: 1 });
  const entry1 = List.at(all.data, 2);
  Assert.equal("an entry", entry1, {
    id: entry1?.id ?? "",
    sequence: 1,
    member: { id: modJoined.member.id, nickname: modName },
    action: "hide",
    subject_id: comment.id,
    created_at: entry1?.created_at ?? "",
  });
  Assert.that("when it was done", (entry1?.created_at ?? "") > apart.created_at);
  const hidden = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { action: "hide" },
  });
  Assert.equal("by action", hidden.data.map((entry) => entry.sequence), [2, 1]);
  const recent = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { since: List.at(all.data, 1)?.created_at ?? "" },
  });
  Assert.equal("from that moment", recent.data.map((entry) => entry.sequence), [3, 2]);
  const both = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { since: List.at(all.data, 1)?.created_at ?? "", action: "hide" },
  });
  Assert.equal("by both", both.data.map((entry) => entry.sequence), [2]);
  const page = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { page: 2, limit: 2 },
  });
  Assert.equal("the second page", page.data, all.data.slice(2));
  Assert.equal("its numbers", page.pagination, { current: 2, limit: 2, records: 3, pages: 2 });
  const first = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { limit: 2 },
  });
  Assert.equal("the first", first.data, all.data.slice(0, 2));
  const elsewhere = await eve.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: far.id },
    body: {},
  });
  Assert.equal(
    "another board, another log",
    elsewhere.data.map(
      (entry) => `${entry.sequence} ${entry.subject_id} ${entry.member?.nickname ?? ""}`,
    ),
    [`1 ${apart.id} ${eveName}`],
  );
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: eveJoined.member.id, role: "announcer" },
  });
  await Assert.rejected("not for moderators of other boards", 403, eve.call(
    "PATCH /boards/{boardId}/audit-entries",
    { path: { boardId: talk.id }, body: {} },
  ));
  await Assert.rejected("nor for others", 403, ann.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: {},
  }));
  await Assert.rejected("there is no such board", 404, mod.call(
    "PATCH /boards/{boardId}/audit-entries",
    { path: { boardId: article.id }, body: {} },
  ));
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  await mod.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const left = await ann.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { action: "show" },
  });
  Assert.equal(
    "who has left is not shown",
    left.data.map((entry) => `${entry.sequence} ${entry.member?.nickname ?? "nobody"}`),
    ["3 nobody"],
  );
  await Assert.rejected("eve is no moderator here still", 403, eve.call(
    "PATCH /boards/{boardId}/audit-entries",
    { path: { boardId: talk.id }, body: {} },
  ));
}
