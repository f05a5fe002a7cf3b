export const scenario = "Who was sanctioned appeals, and administrators decide.";

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
  const far1 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "One." },
  });
  const far2 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Two." },
  });
  const far3 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Three." },
  });
  const far4 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Four." },
  });
  const far5 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Five." },
  });
  for (const one of [far1, far2, far3, far4, far5]) {
    await eve.call("PUT /comments/{commentId}/hiding", { path: { commentId: one.id } });
    await eve.call("DELETE /comments/{commentId}/hiding", { path: { commentId: one.id } });
  }
  const one = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "insult" },
  });
  const two = await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "off_topic" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: one.id } });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: two.id } });
  const muted = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: one.id },
    body: {
      outcome: {
        verdict: "upheld",
        hide: false,
        penalty: { kind: "mute", ends_at: "2999-01-01T00:00:00.000Z" },
      },
    },
  });
  const warned = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: two.id },
    body: { outcome: { verdict: "upheld", hide: false, penalty: { kind: "warning" } } },
  });
  const mute = muted.sanction?.id ?? "";
  const warning = warned.sanction?.id ?? "";
  await Assert.rejected("silent", 403, bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "But." },
  }));
  await Assert.rejected("it is not ann's", 404, ann.call("POST /sanctions/{sanctionId}/appeals", {
    path: { sanctionId: mute },
    body: { text: "Let him." },
  }));
  await Assert.rejected("nor the moderator's", 404, mod.call(
    "POST /sanctions/{sanctionId}/appeals",
    { path: { sanctionId: mute }, body: { text: "Let him." } },
  ));
  await Assert.rejected("there is no such sanction", 404, bob.call(
    "POST /sanctions/{sanctionId}/appeals",
    { path: { sanctionId: article.id }, body: { text: "Let me." } },
  ));
  const appeal = await bob.call("POST /sanctions/{sanctionId}/appeals", {
    path: { sanctionId: mute },
    body: { text: "It was a joke." },
  });
  Assert.equal("an appeal", appeal, {
    id: appeal.id,
    sanction_id: mute,
    text: "It was a joke.",
    status: "open",
    answer: null,
    created_at: appeal.created_at,
    decided_at: null,
  });
  await Assert.rejected("one only", 409, bob.call("POST /sanctions/{sanctionId}/appeals", {
    path: { sanctionId: mute },
    body: { text: "Really." },
  }));
  const second = await ann.call("POST /sanctions/{sanctionId}/appeals", {
    path: { sanctionId: warning },
    body: { text: "It was on topic." },
  });
  const bobs = await bob.call("GET /members/me/sanctions");
  Assert.equal(
    "the sanction shows it",
    bobs.data.map((sanction) => sanction.appeal?.status ?? "none"),
    ["open"],
  );
  Assert.equal("by identifier", bobs.data.map((sanction) => sanction.appeal?.id ?? "none"), [
    appeal.id,
  ]);
  const all = await root.call("PATCH /appeals", { body: {} });
  Assert.equal("oldest first", all.data, [appeal, second]);
  Assert.equal("on one page", all.pagination, { current: 1, limit: 20, records: 2, pages: 1 });
  await Assert.rejected("members decide nothing", 403, mod.call(
    "PUT /appeals/{appealId}/decision",
    { path: { appealId: appeal.id }, body: { granted: true, answer: "Fine." } },
  ));
  await Assert.rejected("and search nothing", 403, mod.call("PATCH /appeals", { body: {} }));
  await Assert.rejected("there is no such appeal", 404, root.call(
    "PUT /appeals/{appealId}/decision",
    { path: { appealId: mute }, body: { granted: true, answer: "Fine." } },
  ));
  const rejected = await root.call("PUT /appeals/{appealId}/decision", {
    path: { appealId: second.id },
    body: { granted: false, answer: "It was not." },
  });
  Assert.equal("rejected", rejected, {
    ...second,
    status: "rejected",
    answer: "It was not.",
    decided_at: rejected.decided_at,
  });
  Assert.that("later", (rejected.decided_at ?? "") > second.created_at);
  const granted = await root.call("PUT /appeals/{appealId}/decision", {
    path: { appealId: appeal.id },
    body: { granted: true, answer: "Laugh." },
  });
  Assert.equal("granted", granted, {
    ...appeal,
    status: "granted",
    answer: "Laugh.",
    decided_at: granted.decided_at,
  });
  await Assert.rejected("decided once", 409, root.call("PUT /appeals/{appealId}/decision", {
    path: { appealId: appeal.id },
    body: { granted: false, answer: "No." },
  }));
  await Assert.rejected("rejected once as well", 409, root.call(
    "PUT /appeals/{appealId}/decision",
    { path: { appealId: second.id }, body: { granted: true, answer: "Yes." } },
  ));
  const free = await bob.call("GET /members/me/sanctions");
  Assert.equal(
    "revoked",
    free.data.map(
      (sanction) => `${sanction.revoked_at ?? "never"} ${sanction.appeal?.status ?? ""}`,
    ),
    [`${granted.decided_at ?? ""} granted`],
  );
  const anns = await ann.call("GET /members/me/sanctions");
  Assert.equal(
    "not the other",
    anns.data.map(
      (sanction) => `${sanction.revoked_at ?? "never"} ${sanction.appeal?.status ?? ""}`,
    ),
    ["never rejected"],
  );
  const again = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Thanks." },
  });
  Assert.equal("heard again", again.body, "Thanks.");
  const written = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Thanks", body: "Text.", publish: true },
  });
  Assert.equal("and read", written.title, "Thanks");
  await Assert.rejected("there is nothing to appeal against any more", 409, bob.call(
    "POST /sanctions/{sanctionId}/appeals",
    { path: { sanctionId: mute }, body: { text: "Still." } },
  ));
  const open = await root.call("PATCH /appeals", { body: { status: "open" } });
  Assert.equal("none is open", open.data.length, 0);
  const done = await root.call("PATCH /appeals", { body: { status: "granted" } });
  Assert.equal("by status", done.data, [granted]);
  const page = await root.call("PATCH /appeals", { body: { page: 2, limit: 1 } });
  Assert.equal("the second page", page.data, [rejected]);
  Assert.equal("its numbers", page.pagination, { current: 2, limit: 1, records: 2, pages: 2 });
  const first = await root.call("PATCH /appeals", { body: { limit: 1 } });
  Assert.equal("the first", first.data, [granted]);
  const entries = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: { limit: 2 },
  });
  Assert.equal(
    "written down",
    entries.data.map(
      (entry) => `${entry.sequence} ${entry.action} ${entry.subject_id} ${entry.member?.nickname
        ?? "nobody"}`,
    ),
    [`5 revoke ${mute} nobody`, `4 warn ${warning} ${modName}`],
  );
  const draft = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Spam." },
  });
  const three = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: draft.id }, reason: "spam" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: three.id } });
  const late = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: three.id },
    body: { outcome: { verdict: "upheld", hide: false, penalty: { kind: "warning" } } },
  });
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members do not appeal", 403, ann.call(
    "POST /sanctions/{sanctionId}/appeals",
    { path: { sanctionId: late.sanction?.id ?? "" }, body: { text: "Please." } },
  ));
}
