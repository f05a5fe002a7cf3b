export const scenario = "Moderators find reports of their board and take them up.";

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
  const mods = await mod.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Moderated." },
  });
  const own = await mod.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Own", body: "Text.", publish: true },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: eveJoined.member.id, role: "announcer" },
  });
  const one = await carl.call("POST /reports", {
    body: {
      target: { kind: "comment", comment_id: comment.id },
      reason: "insult",
      details: "Rude.",
    },
  });
  const two = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: mods.id }, reason: "spam" },
  });
  const three = await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: own.id }, reason: "off_topic" },
  });
  const four = await mod.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "other" },
  });
  const five = await bob.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "insult" },
  });
  const there = await bob.call("POST /reports", {
    body: { target: { kind: "article", article_id: away.id }, reason: "spam" },
  });
  const all = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("oldest first", all.data, [one, two, three, four, five]);
  Assert.equal("on one page", all.pagination, { current: 1, limit: 20, records: 5, pages: 1 });
  await Assert.rejected("not for everybody", 403, carl.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: {},
  }));
  await Assert.rejected("nor for moderators of other boards", 403, eve.call(
    "PATCH /boards/{boardId}/reports",
    { path: { boardId: talk.id }, body: {} },
  ));
  const elsewhere = await eve.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: far.id },
    body: {},
  });
  Assert.equal("who have their own", elsewhere.data, [there]);
  await Assert.rejected("there is no such board", 404, mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: article.id },
    body: {},
  }));
  const taken = await mod.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: one.id },
  });
  Assert.equal("taken up", taken, {
    ...one,
    status: "assigned",
    assignee: { id: modJoined.member.id, nickname: modName },
  });
  await Assert.rejected("once", 409, mod.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: one.id },
  }));
  await Assert.rejected("nothing about the own comment", 403, mod.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: two.id } },
  ));
  await Assert.rejected("or the own article", 403, mod.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: three.id },
  }));
  await Assert.rejected("or what one reported", 403, mod.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: four.id } },
  ));
  await Assert.rejected("reporters are no moderators", 403, bob.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: five.id } },
  ));
  await Assert.rejected("others do not see it", 404, carl.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: five.id } },
  ));
  await Assert.rejected("nor do moderators of other boards", 404, eve.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: five.id } },
  ));
  await Assert.rejected("there is no such report", 404, mod.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: article.id } },
  ));
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  await Assert.rejected("authors of articles are involved", 403, ann.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: five.id } },
  ));
  const second = await ann.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: two.id },
  });
  Assert.equal("all moderators help", second.assignee, {
    id: annJoined.member.id,
    nickname: annName,
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "moderator" },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: eveJoined.member.id },
  });
  const third = await eve.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: three.id },
  });
  Assert.equal("also newly appointed ones", third, {
    ...three,
    status: "assigned",
    assignee: { id: eveJoined.member.id, nickname: eveName },
  });
  const open = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { status: "open" },
  });
  Assert.equal("by status", open.data.map((report) => report.id), [four.id, five.id]);
  const insults = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { reason: "insult" },
  });
  Assert.equal("by reason", insults.data, [taken, five]);
  const mine = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { mine: true },
  });
  Assert.equal("one's own", mine.data, [taken]);
  const anns = await ann.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { mine: true, status: "assigned", reason: "spam" },
  });
  Assert.equal("by all of it", anns.data, [second]);
  const both = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { mine: false },
  });
  Assert.equal("or anybody's", both.data.length, 5);
  const page = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { page: 2, limit: 3 },
  });
  Assert.equal("the second page", page.data, [four, five]);
  Assert.equal("its numbers", page.pagination, { current: 2, limit: 3, records: 5, pages: 2 });
  const start = await mod.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { limit: 3 },
  });
  Assert.equal("the first", start.data, [taken, second, third]);
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const late = await bob.call("PATCH /boards/{boardId}/reports", {
    path: { boardId: talk.id },
    body: { limit: 1 },
  });
  Assert.equal("who has left is not shown", late.data, [{ ...taken, reporter: null }]);
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: modJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended moderators take up nothing", 403, mod.call(
    "PUT /reports/{reportId}/assignment",
    { path: { reportId: five.id } },
  ));
  const fourth = await eve.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: four.id },
  });
  Assert.equal("whatever the reason", fourth, {
    ...four,
    status: "assigned",
    assignee: { id: eveJoined.member.id, nickname: eveName },
  });
  const last = await eve.call("PUT /reports/{reportId}/assignment", {
    path: { reportId: five.id },
  });
  Assert.equal("others do, in archived boards too", last, {
    ...five,
    status: "assigned",
    assignee: { id: eveJoined.member.id, nickname: eveName },
  });
}
