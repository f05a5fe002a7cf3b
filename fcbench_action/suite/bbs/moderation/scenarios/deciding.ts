export const scenario = "The moderator who took up a report decides on it, and hides or locks what was reported.";

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
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
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
  const second = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Ruder." },
  });
  const other = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Other", body: "Text.", publish: true },
  });
  const one = await carl.call("POST /reports", {
    body: {
      target: { kind: "comment", comment_id: comment.id },
      reason: "insult",
      details: "Rude.",
    },
  });
  await ann.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "spam" },
  });
  const three = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: second.id }, reason: "insult" },
  });
  const four = await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "off_topic" },
  });
  await eve.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "other" },
  });
  const six = await eve.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "spam" },
  });
  const seven = await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: other.id }, reason: "spam" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: one.id } });
  await ann.call("PUT /reports/{reportId}/assignment", { path: { reportId: six.id } });
  await Assert.rejected("others do not decide", 403, ann.call("PUT /reports/{reportId}/decision", {
    path: { reportId: one.id },
    body: { outcome: { verdict: "dismissed" } },
  }));
  await Assert.rejected("nor reporters", 403, carl.call("PUT /reports/{reportId}/decision", {
    path: { reportId: one.id },
    body: { outcome: { verdict: "dismissed" } },
  }));
  await Assert.rejected("who does not see it finds nothing", 404, eve.call(
    "PUT /reports/{reportId}/decision",
    { path: { reportId: one.id }, body: { outcome: { verdict: "dismissed" } } },
  ));
  await Assert.rejected("nobody took that up", 403, mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: three.id },
    body: { outcome: { verdict: "dismissed" } },
  }));
  await Assert.rejected("there is no such report", 404, mod.call(
    "PUT /reports/{reportId}/decision",
    { path: { reportId: article.id }, body: { outcome: { verdict: "dismissed" } } },
  ));
  const decided = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: one.id },
    body: { outcome: { verdict: "upheld", hide: true, penalty: null } },
  });
  Assert.equal("upheld", decided.report, {
    ...one,
    assignee: { id: modJoined.member.id, nickname: modName },
    status: "upheld",
    closed_at: decided.report.closed_at,
  });
  Assert.that("just now", (decided.report.closed_at ?? "") > seven.created_at);
  Assert.equal("without penalty", decided.sanction, null);
  const all = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("open reports about the same are upheld", all.data.map((report) => report.status), [
    "upheld",
    "upheld",
    "open",
    "open",
    "open",
    "assigned",
    "open",
  ]);
  Assert.equal("and closed", all.data.map((report) => report.closed_at ?? "never"), [
    decided.report.closed_at ?? "",
    decided.report.closed_at ?? "",
    "never",
    "never",
    "never",
    "never",
    "never",
  ]);
  const hidden = await carl.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("hidden", hidden, { ...comment, body: null, state: "hidden" });
  const shown = await carl.call("GET /comments/{commentId}", { path: { commentId: second.id } });
  Assert.equal("the other is not", shown, second);
  await Assert.rejected("not twice", 409, mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: one.id },
    body: { outcome: { verdict: "dismissed" } },
  }));
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: three.id } });
  const dismissed = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: three.id },
    body: { outcome: { verdict: "dismissed" } },
  });
  Assert.equal("dismissed", [dismissed.report.status, dismissed.sanction?.kind ?? "nothing"], [
    "dismissed",
    "nothing",
  ]);
  Assert.that(
    "closed as well",
    (dismissed.report.closed_at ?? "") > (decided.report.closed_at ?? ""),
  );
  const still = await carl.call("GET /comments/{commentId}", { path: { commentId: second.id } });
  Assert.equal("nothing is hidden", still.state, "visible");
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: four.id } });
  const kept = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: four.id },
    body: { outcome: { verdict: "upheld", hide: false, penalty: null } },
  });
  Assert.equal("about an article", kept.report, {
    ...four,
    assignee: { id: modJoined.member.id, nickname: modName },
    status: "upheld",
    closed_at: kept.report.closed_at,
  });
  const read = await carl.call("GET /articles/{articleId}", { path: { articleId: article.id } });
  Assert.equal("which is not locked", read, article);
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: seven.id } });
  await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: seven.id },
    body: { outcome: { verdict: "upheld", hide: true, penalty: null } },
  });
  const locked = await carl.call("GET /articles/{articleId}", { path: { articleId: other.id } });
  Assert.equal("locked", locked, { ...other, status: "locked" });
  const spared = await carl.call("GET /articles/{articleId}", { path: { articleId: article.id } });
  Assert.equal("and no other", spared.status, "published");
  const end = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("how all stand", end.data.map((report) => report.status), [
    "upheld",
    "upheld",
    "dismissed",
    "upheld",
    "upheld",
    "assigned",
    "upheld",
  ]);
  const eight = await eve.call("POST /reports", {
    body: { target: { kind: "article", article_id: other.id }, reason: "spam" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: eight.id } });
  await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: eight.id },
    body: { outcome: { verdict: "upheld", hide: true, penalty: null } },
  });
  await ann.call("PUT /reports/{reportId}/decision", {
    path: { reportId: six.id },
    body: { outcome: { verdict: "upheld", hide: true, penalty: null } },
  });
  const nine = await ann.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: second.id }, reason: "spam" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: nine.id } });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: second.id } });
  await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: nine.id },
    body: { outcome: { verdict: "upheld", hide: true, penalty: null } },
  });
  const entries = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("what was done, latest first", entries.data.map((entry) => entry.action), [
    "uphold",
    "uphold",
    "uphold",
    "lock",
    "uphold",
    "uphold",
    "dismiss",
    "hide",
    "uphold",
  ]);
  Assert.equal("to what", entries.data.map((entry) => entry.subject_id), [
    nine.id,
    six.id,
    eight.id,
    other.id,
    seven.id,
    four.id,
    three.id,
    comment.id,
    one.id,
  ]);
  Assert.equal("by whom", entries.data.map((entry) => entry.member?.nickname ?? ""), [
    modName,
    annName,
    modName,
    modName,
    modName,
    modName,
    modName,
    modName,
    modName,
  ]);
  Assert.equal("in order", entries.data.map((entry) => entry.sequence), [
    9,
    8,
    7,
    6,
    5,
    4,
    3,
    2,
    1,
  ]);
  const ten = await bob.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "spam" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: ten.id } });
  await root.call("DELETE /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: modJoined.member.id },
  });
  await Assert.rejected("who moderates no more sees no report", 404, mod.call(
    "PUT /reports/{reportId}/decision",
    { path: { reportId: ten.id }, body: { outcome: { verdict: "dismissed" } } },
  ));
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: modJoined.member.id },
  });
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: modJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended moderators decide nothing", 403, mod.call(
    "PUT /reports/{reportId}/decision",
    { path: { reportId: ten.id }, body: { outcome: { verdict: "dismissed" } } },
  ));
}
