export const scenario = "Moderators work through the queue.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
  const eve = api.session("user");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/accounts/join", {
    body: { username: aliceName, email: `${aliceName}@example.com`, password: "correct horse" },
  });
  alice.authenticate(aliceJoined.token);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/accounts/join", {
    body: { username: bobName, email: `${bobName}@example.com`, password: "correct horse" },
  });
  bob.authenticate(bobJoined.token);
  const carolName = Random.string(8, 12);
  const carolJoined = await carol.call("POST /auth/accounts/join", {
    body: { username: carolName, email: `${carolName}@example.com`, password: "correct horse" },
  });
  carol.authenticate(carolJoined.token);
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/accounts/join", {
    body: { username: danName, email: `${danName}@example.com`, password: "correct horse" },
  });
  dan.authenticate(danJoined.token);
  const eveName = Random.string(8, 12);
  const eveJoined = await eve.call("POST /auth/accounts/join", {
    body: { username: eveName, email: `${eveName}@example.com`, password: "correct horse" },
  });
  eve.authenticate(eveJoined.token);
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await carol.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await dan.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: danName, manages: false },
  });
  const spam = await alice.call("POST /communities/{communityName}/removal-reasons", {
    path: { communityName: "cats" },
    body: { title: "Spam", text: "We sell nothing." },
  });
  const bark = await carol.call("POST /communities/{communityName}/removal-reasons", {
    path: { communityName: "dogs" },
    body: { title: "Cats", text: "Dogs only." },
  });
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "One", content: { kind: "text", body: null } },
  });
  const other = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Two", content: { kind: "text", body: null } },
  });
  const third = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Three", content: { kind: "text", body: null } },
  });
  const said = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Wuff." },
  });
  const reply = await eve.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Meow." },
  });
  const dog = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Dog", content: { kind: "text", body: null } },
  });
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: dog.id },
    body: { reason: "spam" },
  });
  const empty = await alice.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("nothing yet", empty, {
    pagination: { current: 1, limit: 20, records: 0, pages: 0 },
    data: [],
  });
  await Assert.rejected("nothing to decide on", 409, alice.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("nor on comments", 409, alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: said.id },
    body: { decision: "approve" },
  }));
  const one = await eve.call("POST /posts/{postId}/reports", {
    path: { postId: other.id },
    body: { reason: "spam" },
  });
  const early = await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "other" },
  });
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  });
  await carol.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "abuse" },
  });
  await eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "abuse" },
  });
  await dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "abuse" },
  });
  const last = await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: reply.id },
    body: { reason: "spam" },
  });
  const queue = await alice.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal(
    "the most reports first then the earliest",
    queue.data.map((item) => item.target_id),
    [said.id, post.id, other.id, reply.id],
  );
  Assert.equal("how many", queue.data.map((item) => item.reports), [3, 2, 1, 1]);
  Assert.equal("kinds", queue.data.map((item) => `${item.kind}`), [
    "comment",
    "post",
    "post",
    "comment",
  ]);
  Assert.equal("hidden ones too", List.at(queue.data, 0), {
    kind: "comment",
    target_id: said.id,
    author: { id: bobJoined.account.id, username: bobName },
    reports: 3,
    reasons: ["abuse", "other"],
    first_reported_at: early.created_at,
  });
  Assert.equal("the reasons", queue.data.map((item) => item.reasons.length), [2, 2, 1, 1]);
  Assert.equal(
    "in alphabetical order",
    queue.data.map((item) => item.reasons.map((reason) => `${reason}`)),
    [["abuse", "other"], ["abuse", "spam"], ["spam"], ["spam"]],
  );
  Assert.equal("since when", queue.data.map((item) => item.first_reported_at).slice(2, 4), [
    one.created_at,
    last.created_at,
  ]);
  const posts = await alice.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "cats" },
    body: { kind: "post" },
  });
  Assert.equal("posts", posts.data.map((item) => item.target_id), [post.id, other.id]);
  const comments = await alice.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "cats" },
    body: { kind: "comment", page: 2, limit: 1 },
  });
  Assert.equal("comments", comments.data.map((item) => item.target_id), [reply.id]);
  Assert.equal("page by page", comments.pagination, { current: 2, limit: 1, records: 2, pages: 2 });
  const two = await alice.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "cats" },
    body: { limit: 2 },
  });
  Assert.equal("two on the first", two.data.length, 2);
  await Assert.rejected("only for moderators", 403, bob.call(
    "PATCH /communities/{communityName}/queue",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("of that community", 403, carol.call(
    "PATCH /communities/{communityName}/queue",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("not for who is invited", 403, dan.call(
    "PATCH /communities/{communityName}/queue",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("nor is the log", 403, dan.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "cats" },
    body: {},
  }));
  await Assert.rejected("no such community", 404, alice.call(
    "PATCH /communities/{communityName}/queue",
    { path: { communityName: "fish" }, body: {} },
  ));
  await Assert.rejected("authors do not decide", 403, bob.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("nor moderators elsewhere", 403, carol.call(
    "PUT /posts/{postId}/decision",
    { path: { postId: post.id }, body: { decision: "approve" } },
  ));
  await Assert.rejected("nor who is invited", 403, dan.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("nor on comments as authors", 403, bob.call(
    "PUT /comments/{commentId}/decision",
    { path: { commentId: said.id }, body: { decision: "approve" } },
  ));
  await Assert.rejected("nor as moderators elsewhere", 403, carol.call(
    "PUT /comments/{commentId}/decision",
    { path: { commentId: said.id }, body: { decision: "approve" } },
  ));
  await Assert.rejected("nor as who is invited", 403, dan.call(
    "PUT /comments/{commentId}/decision",
    { path: { commentId: said.id }, body: { decision: "approve" } },
  ));
  await dan.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  await Assert.rejected("no such post", 404, alice.call("PUT /posts/{postId}/decision", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { decision: "approve" },
  }));
  await Assert.rejected("no such comment", 404, alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
    body: { decision: "approve" },
  }));
  await Assert.rejected("reasons of others", 404, alice.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "remove", reason_id: bark.id },
  }));
  await Assert.rejected("nor for comments", 404, alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: said.id },
    body: { decision: "remove", reason_id: bark.id },
  }));
  await Assert.rejected("no reason to approve", 409, alice.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "approve", reason_id: spam.id },
  }));
  await Assert.rejected("nor to approve a comment", 409, alice.call(
    "PUT /comments/{commentId}/decision",
    { path: { commentId: said.id }, body: { decision: "approve", reason_id: spam.id } },
  ));
  const before = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("one comment is hidden", before.comments, 1);
  await dan.call("PUT /comments/{commentId}/decision", {
    path: { commentId: said.id },
    body: { decision: "approve" },
  });
  const back = await carol.call("GET /comments/{commentId}", { path: { commentId: said.id } });
  Assert.equal("back", back, said);
  const counted = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("and counted", counted.comments, 2);
  await alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: reply.id },
    body: { decision: "approve" },
  });
  const uncounted = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("what was there counts once", uncounted.comments, 2);
  await alice.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "remove", reason_id: spam.id },
  });
  const removed = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("removed with the reason", removed, {
    ...counted,
    status: "removed",
    removal_reason: "We sell nothing.",
  });
  await Assert.rejected("decided already", 409, dan.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("on comments too", 409, dan.call("PUT /comments/{commentId}/decision", {
    path: { commentId: said.id },
    body: { decision: "remove" },
  }));
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: other.id },
    body: { reason: "By hand." },
  });
  await dan.call("PUT /posts/{postId}/decision", {
    path: { postId: other.id },
    body: { decision: "remove", reason_id: spam.id },
  });
  const byHand = await bob.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("it stays as it was removed", byHand.removal_reason, "By hand.");
  const log = await alice.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal(
    "the log",
    log.data.map(
      (entry) => `${entry.number} ${entry.action} ${entry.moderator?.username ?? "nobody"}`,
    ),
    [
      `5 removed ${danName}`,
      `4 removed ${aliceName}`,
      `3 approved ${aliceName}`,
      `2 approved ${danName}`,
      "1 hidden nobody",
    ],
  );
  Assert.equal("of what", log.data.map((entry) => entry.subject), [
    other.id,
    post.id,
    reply.id,
    said.id,
    said.id,
  ]);
  const part = await alice.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "cats" },
    body: { page: 2, limit: 2 },
  });
  Assert.equal("page by page again", part.data.map((entry) => entry.number), [3, 2]);
  Assert.equal("three pages", part.pagination, { current: 2, limit: 2, records: 5, pages: 3 });
  await Assert.rejected("only moderators read it", 403, bob.call(
    "PATCH /communities/{communityName}/log",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("each of their own", 403, carol.call(
    "PATCH /communities/{communityName}/log",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("no log of what is not there", 404, alice.call(
    "PATCH /communities/{communityName}/log",
    { path: { communityName: "fish" }, body: {} },
  ));
  const upheld = await eve.call("PATCH /accounts/me/reports", { body: { status: "upheld" } });
  Assert.equal("upheld", upheld.data.map((report) => report.target_id), [post.id, other.id]);
  const dismissed = await eve.call("PATCH /accounts/me/reports", { body: { status: "dismissed" } });
  Assert.equal("dismissed", dismissed.data.map((report) => report.target_id), [said.id]);
  const open = await eve.call("PATCH /accounts/me/reports", { body: { status: "open" } });
  Assert.equal("open elsewhere", open.data.map((report) => report.target_id), [dog.id]);
  const worse = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: third.id },
    body: { body: "Worse." },
  });
  await eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: worse.id },
    body: { reason: "spam" },
  });
  await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: worse.id },
    body: { reason: "spam" },
  });
  await dan.call("PUT /comments/{commentId}/decision", {
    path: { commentId: worse.id },
    body: { decision: "remove" },
  });
  const gone = await carol.call("GET /comments/{commentId}", { path: { commentId: worse.id } });
  Assert.equal("removed", gone, { ...worse, author: null, body: null, removed: true });
  const without = await carol.call("GET /posts/{postId}", { path: { postId: third.id } });
  Assert.equal("one less", without.comments, 0);
  const bad = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: third.id },
    body: { body: "Bad." },
  });
  await eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: bad.id },
    body: { reason: "spam" },
  });
  await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: bad.id },
    body: { reason: "spam" },
  });
  await dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: bad.id },
    body: { reason: "spam" },
  });
  await alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: bad.id },
    body: { decision: "remove" },
  });
  const same = await carol.call("GET /posts/{postId}", { path: { postId: third.id } });
  Assert.equal("what was hidden is not counted off twice", same.comments, 0);
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: third.id },
    body: { reason: "spam" },
  });
  await carol.call("POST /posts/{postId}/reports", {
    path: { postId: third.id },
    body: { reason: "spam" },
  });
  await dan.call("POST /posts/{postId}/reports", {
    path: { postId: third.id },
    body: { reason: "other" },
  });
  await alice.call("PUT /posts/{postId}/decision", {
    path: { postId: third.id },
    body: { decision: "remove" },
  });
  const noReason = await bob.call("GET /posts/{postId}", { path: { postId: third.id } });
  Assert.equal("without a reason", [noReason.removal_reason ?? "none", `${noReason.status}`], [
    "none",
    "removed",
  ]);
  const fourth = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Four", content: { kind: "text", body: null } },
  });
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: fourth.id },
    body: { reason: "spam" },
  });
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: fourth.id },
    body: { reason: "Hm." },
  });
  await dan.call("PUT /posts/{postId}/decision", {
    path: { postId: fourth.id },
    body: { decision: "approve" },
  });
  const approved = await eve.call("GET /posts/{postId}", { path: { postId: fourth.id } });
  Assert.equal(
    "approved whoever removed it",
    [approved.removal_reason ?? "none", `${approved.status}`],
    ["none", "live"],
  );
  const fifth = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Five", content: { kind: "text", body: null } },
  });
  const note = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: fifth.id },
    body: { body: "Note." },
  });
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: fifth.id },
    body: { reason: "spam" },
  });
  await eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: note.id },
    body: { reason: "spam" },
  });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: note.id } });
  await bob.call("DELETE /posts/{postId}", { path: { postId: fifth.id } });
  await Assert.rejected("deleted posts", 409, alice.call("PUT /posts/{postId}/decision", {
    path: { postId: fifth.id },
    body: { decision: "remove" },
  }));
  await Assert.rejected("deleted comments", 409, alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: note.id },
    body: { decision: "remove" },
  }));
  const fifthReply = await eve.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Six", content: { kind: "text", body: null } },
  });
  const below = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: fifthReply.id },
    body: { body: "Below." },
  });
  await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: below.id },
    body: { reason: "spam" },
  });
  await bob.call("POST /posts/{postId}/reports", {
    path: { postId: fifthReply.id },
    body: { reason: "spam" },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: fifthReply.id }, body: {} });
  await Assert.rejected("what is not seen is not decided on", 404, bob.call(
    "PUT /comments/{commentId}/decision",
    { path: { commentId: below.id }, body: { decision: "approve" } },
  ));
  await Assert.rejected("nor posts", 404, carol.call("PUT /posts/{postId}/decision", {
    path: { postId: fifthReply.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("nor by its author", 403, eve.call("PUT /posts/{postId}/decision", {
    path: { postId: fifthReply.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("nor below it", 403, eve.call("PUT /comments/{commentId}/decision", {
    path: { commentId: below.id },
    body: { decision: "approve" },
  }));
  await alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: below.id },
    body: { decision: "remove" },
  });
  await alice.call("PUT /posts/{postId}/decision", {
    path: { postId: fifthReply.id },
    body: { decision: "approve" },
  });
  const untouched = await bob.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("others stay removed", untouched.removal_reason, "By hand.");
  const lone = await eve.call("GET /comments/{commentId}", { path: { commentId: below.id } });
  Assert.equal("for good", lone.removed, true);
  const whole = await alice.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "cats" },
    body: { limit: 100 },
  });
  Assert.equal(
    "all of it",
    whole.data.map((entry) => `${entry.action} ${entry.moderator?.username ?? "nobody"}`).slice(
      0,
      3,
    ),
    [`approved ${aliceName}`, `removed ${aliceName}`, `approved ${danName}`],
  );
  const rest = await alice.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("nothing is left", rest.data.length, 0);
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const psst = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private posts", 404, bob.call("PUT /posts/{postId}/decision", {
    path: { postId: secret.id },
    body: { decision: "approve" },
  }));
  await Assert.rejected("private comments", 404, bob.call("PUT /comments/{commentId}/decision", {
    path: { commentId: psst.id },
    body: { decision: "approve" },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("POST /posts/{postId}/reports", {
    path: { postId: secret.id },
    body: { reason: "spam" },
  });
  await bob.call("POST /comments/{commentId}/reports", {
    path: { commentId: psst.id },
    body: { reason: "spam" },
  });
  await alice.call("PUT /comments/{commentId}/decision", {
    path: { commentId: psst.id },
    body: { decision: "approve" },
  });
  await alice.call("PUT /posts/{postId}/decision", {
    path: { postId: secret.id },
    body: { decision: "remove" },
  });
  const carols = await carol.call("PATCH /communities/{communityName}/queue", {
    path: { communityName: "dogs" },
    body: {},
  });
  Assert.equal("the queue of another", carols.data.map((item) => item.target_id), [dog.id]);
  const carolsLog = await carol.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "dogs" },
    body: {},
  });
  Assert.equal("and its log", carolsLog.data.length, 0);
}
