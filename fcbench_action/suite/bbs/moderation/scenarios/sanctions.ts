export const scenario = "Upheld reports may bring a warning or a mute, which silences in the board for a while.";

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
  const one = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: comment.id }, reason: "insult" },
  });
  const two = await carl.call("POST /reports", {
    body: { target: { kind: "article", article_id: article.id }, reason: "off_topic" },
  });
  const three = await carl.call("POST /reports", {
    body: { target: { kind: "comment", comment_id: second.id }, reason: "spam" },
  });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: one.id } });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: two.id } });
  await mod.call("PUT /reports/{reportId}/assignment", { path: { reportId: three.id } });
  const warned = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: one.id },
    body: { outcome: { verdict: "upheld", hide: false, penalty: { kind: "warning" } } },
  });
  const warning = warned.sanction;
  Assert.equal("a warning", warning, {
    id: warning?.id ?? "",
    board_id: talk.id,
    kind: "warning",
    reason: "insult",
    created_at: warned.report.closed_at ?? "",
    ends_at: null,
    revoked_at: null,
    appeal: null,
  });
  const bobs = await bob.call("GET /members/me/sanctions");
  Assert.equal("bob reads it", bobs.data.map((sanction) => `${sanction.id} ${sanction.kind}`), [
    `${warning?.id ?? ""} warning`,
  ]);
  const anns = await ann.call("GET /members/me/sanctions");
  Assert.equal("ann has none", anns.data.length, 0);
  const still = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "A warning silences nobody." },
  });
  Assert.equal("who is warned goes on", still.state, "visible");
  const elsewhereBefore = await bob.call("GET /comments/{commentId}", {
    path: { commentId: comment.id },
  });
  Assert.equal("nothing is hidden", elsewhereBefore.state, "visible");
  await Assert.rejected("a mute ends later", 409, mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: two.id },
    body: {
      outcome: {
        verdict: "upheld",
        hide: false,
        penalty: { kind: "mute", ends_at: still.created_at },
      },
    },
  }));
  const clock = await mod.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Now." },
  });
  await Assert.rejected("than this very moment", 409, mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: two.id },
    body: {
      outcome: {
        verdict: "upheld",
        hide: false,
        penalty: { kind: "mute", ends_at: Time.addSeconds(clock.created_at, 1) },
      },
    },
  }));
  const muted = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: two.id },
    body: {
      outcome: {
        verdict: "upheld",
        hide: true,
        penalty: { kind: "mute", ends_at: Time.addSeconds(clock.created_at, 12) },
      },
    },
  });
  Assert.equal(
    "a mute",
    [muted.sanction?.kind ?? "", muted.sanction?.reason ?? "", muted.sanction?.ends_at ?? ""],
    ["mute", "off_topic", Time.addSeconds(clock.created_at, 12)],
  );
  await Assert.rejected("no articles", 403, ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "More", body: "Text.", publish: true },
  }));
  const open = await carl.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Open", body: "Text.", publish: true },
  });
  await Assert.rejected("no comments", 403, ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: open.id },
    body: { body: "But." },
  }));
  const there = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: far.id },
    body: { title: "More", body: "Text.", publish: true },
  });
  Assert.equal("elsewhere yes", there.board.slug, "far");
  const apart = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Apart." },
  });
  Assert.equal("comments too", apart.depth, 1);
  const others = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: open.id },
    body: { body: "Others speak." },
  });
  Assert.equal("others speak", others.depth, 1);
  const hers = await ann.call("GET /members/me/sanctions");
  Assert.equal("ann reads it", hers.data.map((sanction) => sanction.ends_at ?? ""), [
    Time.addSeconds(clock.created_at, 12),
  ]);
  await Assert.rejected("still silent", 403, ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: open.id },
    body: { body: "But." },
  }));
  await Assert.rejected("once more", 403, ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "More", body: "Text.", publish: true },
  }));
  const free = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: open.id },
    body: { body: "At last." },
  });
  Assert.equal("it has ended", free.created_at, Time.addSeconds(clock.created_at, 12));
  const freely = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "At last", body: "Text.", publish: true },
  });
  Assert.equal("for articles as well", freely.status, "published");
  const last = await mod.call("PUT /reports/{reportId}/decision", {
    path: { reportId: three.id },
    body: {
      outcome: {
        verdict: "upheld",
        hide: true,
        penalty: { kind: "mute", ends_at: "2999-01-01T00:00:00.000Z" },
      },
    },
  });
  const both = await bob.call("GET /members/me/sanctions");
  Assert.equal(
    "latest first",
    both.data.map((sanction) => `${sanction.kind} ${sanction.reason} ${sanction.id}`),
    [`mute spam ${last.sanction?.id ?? ""}`, `warning insult ${warning?.id ?? ""}`],
  );
  Assert.equal("the earlier one has not changed", both.data.slice(1), bobs.data);
  const hiddenToo = await carl.call("GET /comments/{commentId}", {
    path: { commentId: second.id },
  });
  Assert.equal("hidden and punished", hiddenToo.state, "hidden");
  const lockedToo = await carl.call("GET /articles/{articleId}", {
    path: { articleId: article.id },
  });
  Assert.equal("and locked", lockedToo.status, "locked");
  const entries = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("what was done", entries.data.map((entry) => entry.action), [
    "mute",
    "hide",
    "uphold",
    "mute",
    "lock",
    "uphold",
    "warn",
    "uphold",
  ]);
  Assert.equal("to what", entries.data.map((entry) => entry.subject_id), [
    last.sanction?.id ?? "",
    second.id,
    three.id,
    muted.sanction?.id ?? "",
    article.id,
    two.id,
    warning?.id ?? "",
    one.id,
  ]);
  const far1 = await eve.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: far.id },
    body: {},
  });
  Assert.equal("nothing elsewhere", far1.data.length, 0);
}
