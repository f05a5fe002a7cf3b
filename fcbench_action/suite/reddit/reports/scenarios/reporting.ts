export const scenario = "Users report posts and comments, and the service hides what is reported often.";

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
  await alice.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: { rules: [{ title: "Be kind", details: null }, { title: "Cats only", details: null }] },
  });
  await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "dogs" },
    body: {
      rules: [
        { title: "Dogs only", details: null },
        { title: "No cats", details: null },
        { title: "No birds", details: null },
      ],
    },
  });
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Dogs!", content: { kind: "text", body: "Wuff." } },
  });
  const other = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Other", content: { kind: "text", body: null } },
  });
  const said = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Grr." },
  });
  const calm = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Purr." },
  });
  const first = await carol.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "rule", rule: 2, note: "It barks." },
  });
  Assert.equal("the report", first, {
    id: first.id,
    kind: "post",
    target_id: post.id,
    reason: "rule",
    rule: "Cats only",
    note: "It barks.",
    status: "open",
    created_at: first.created_at,
  });
  await Assert.rejected("twice", 409, carol.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  }));
  const second = await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "abuse" },
  });
  Assert.equal("of a comment", second, {
    id: second.id,
    kind: "comment",
    target_id: said.id,
    reason: "abuse",
    rule: null,
    note: null,
    status: "open",
    created_at: second.created_at,
  });
  await Assert.rejected("nor a comment twice", 409, carol.call(
    "POST /comments/{commentId}/reports",
    { path: { commentId: said.id }, body: { reason: "spam" } },
  ));
  const third = await carol.call("POST /comments/{commentId}/reports", {
    path: { commentId: calm.id },
    body: { reason: "rule", rule: 1, note: null },
  });
  Assert.equal("by a rule", third.rule, "Be kind");
  const fourth = await carol.call("POST /posts/{postId}/reports", {
    path: { postId: other.id },
    body: { reason: "spam", rule: null },
  });
  const mine = await carol.call("PATCH /accounts/me/reports", { body: {} });
  Assert.equal("newest first", mine, {
    pagination: { current: 1, limit: 20, records: 4, pages: 1 },
    data: [fourth, third, second, first],
  });
  const page = await carol.call("PATCH /accounts/me/reports", {
    body: { page: 2, limit: 3, status: "open" },
  });
  Assert.equal("the oldest last", page, {
    pagination: { current: 2, limit: 3, records: 4, pages: 2 },
    data: [first],
  });
  const two = await carol.call("PATCH /accounts/me/reports", { body: { limit: 2 } });
  Assert.equal("two on the first", two.data.length, 2);
  const none = await dan.call("PATCH /accounts/me/reports", { body: {} });
  Assert.equal("others have their own", none.data.length, 0);
  await Assert.rejected("no such rule", 404, dan.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "rule", rule: 3 },
  }));
  await Assert.rejected("nor for comments", 404, dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "rule", rule: 3 },
  }));
  await Assert.rejected("no rule was given", 409, dan.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "rule" },
  }));
  await Assert.rejected("no rule was meant", 409, dan.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam", rule: 1 },
  }));
  await Assert.rejected("no rule for a comment", 409, dan.call(
    "POST /comments/{commentId}/reports",
    { path: { commentId: said.id }, body: { reason: "rule" } },
  ));
  await Assert.rejected("a rule too many for a comment", 409, dan.call(
    "POST /comments/{commentId}/reports",
    { path: { commentId: said.id }, body: { reason: "other", rule: 1 } },
  ));
  await Assert.rejected("no such post", 404, dan.call("POST /posts/{postId}/reports", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { reason: "spam" },
  }));
  await Assert.rejected("no such comment", 404, dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
    body: { reason: "spam" },
  }));
  await Assert.rejected("own posts", 403, bob.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  }));
  await Assert.rejected("own comments", 403, bob.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "spam" },
  }));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
    body: { reason: "Because.", minutes: 9 },
  });
  await Assert.rejected("the banned", 403, dan.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  }));
  await Assert.rejected("from comments too", 403, dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "spam" },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
    body: { reason: "Because." },
  });
  await Assert.rejected("the banned for good", 403, dan.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  }));
  await Assert.rejected("and from comments", 403, dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "spam" },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: danName },
    body: { reason: "Because." },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
    body: { reason: "Because." },
  });
  await dan.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "other", note: "Hm." },
  });
  const seen = await eve.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("two are not enough", seen.status, "live");
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  });
  await Assert.rejected("hidden", 404, dan.call("GET /posts/{postId}", {
    path: { postId: post.id },
  }));
  const hidden = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("without a reason", hidden, { ...seen, status: "removed", removal_reason: null });
  await Assert.rejected("and reported no more", 409, alice.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  }));
  await Assert.rejected("nor by others", 404, carol.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  }));
  await dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "abuse" },
  });
  const counted = await eve.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("two comments", counted.comments, 2);
  await eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: said.id },
    body: { reason: "other" },
  });
  const gone = await eve.call("GET /comments/{commentId}", { path: { commentId: said.id } });
  Assert.equal("the comment is hidden", gone, { ...said, author: null, body: null, removed: true });
  const recounted = await eve.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("and does not count", recounted, { ...counted, comments: 1 });
  await Assert.rejected("nor is it reported", 409, alice.call(
    "POST /comments/{commentId}/reports",
    { path: { commentId: said.id }, body: { reason: "spam" } },
  ));
  const stays = await eve.call("GET /comments/{commentId}", { path: { commentId: calm.id } });
  Assert.equal("others stay", stays.removed, false);
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: calm.id } });
  await Assert.rejected("deleted comments", 409, alice.call("POST /comments/{commentId}/reports", {
    path: { commentId: calm.id },
    body: { reason: "spam" },
  }));
  const again = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Hiss." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: again.id } });
  await Assert.rejected("removed comments", 409, alice.call("POST /comments/{commentId}/reports", {
    path: { commentId: again.id },
    body: { reason: "spam" },
  }));
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const psst = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await eve.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private posts", 404, eve.call("POST /posts/{postId}/reports", {
    path: { postId: secret.id },
    body: { reason: "spam" },
  }));
  await Assert.rejected("private comments", 404, eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: psst.id },
    body: { reason: "spam" },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: eveName },
  });
  await eve.call("POST /posts/{postId}/reports", {
    path: { postId: secret.id },
    body: { reason: "spam" },
  });
  await eve.call("POST /comments/{commentId}/reports", {
    path: { commentId: psst.id },
    body: { reason: "spam" },
  });
  const log = await alice.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal(
    "the log says so",
    log.data.map(
      (entry) => `${entry.number} ${entry.action} ${entry.moderator?.username ?? "nobody"}`,
    ),
    ["2 hidden nobody", "1 hidden nobody"],
  );
  Assert.equal("of both", log.data.map((entry) => entry.subject), [said.id, post.id]);
  await alice.call("PUT /posts/{postId}/decision", {
    path: { postId: post.id },
    body: { decision: "approve" },
  });
  const dismissed = await eve.call("PATCH /accounts/me/reports", { body: { status: "dismissed" } });
  Assert.equal("dismissed", dismissed.data.map((report) => report.target_id), [post.id]);
  Assert.equal("it says so", dismissed.data.map((report) => `${report.status}`), ["dismissed"]);
  await Assert.rejected("once reported for all times", 409, eve.call(
    "POST /posts/{postId}/reports",
    { path: { postId: post.id }, body: { reason: "abuse" } },
  ));
  await alice.call("POST /posts/{postId}/reports", {
    path: { postId: post.id },
    body: { reason: "spam" },
  });
  const shown = await eve.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("resolved reports do not count", shown.status, "live");
  await bob.call("DELETE /posts/{postId}", { path: { postId: other.id } });
  const host = await dan.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Host", content: { kind: "text", body: null } },
  });
  const guest = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: host.id },
    body: { body: "Guest." },
  });
  const guest2 = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: host.id },
    body: { body: "Guests." },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: host.id }, body: {} });
  await Assert.rejected("comments on posts that are not seen", 404, eve.call(
    "POST /comments/{commentId}/reports",
    { path: { commentId: guest.id }, body: { reason: "spam" } },
  ));
  const noted = await alice.call("POST /comments/{commentId}/reports", {
    path: { commentId: guest.id },
    body: { reason: "other", note: "Hm." },
  });
  Assert.equal("but those who see them do", noted.note, "Hm.");
  const authors = await dan.call("POST /comments/{commentId}/reports", {
    path: { commentId: guest2.id },
    body: { reason: "spam" },
  });
  Assert.equal("authors of posts too", authors.kind, "comment");
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await Assert.rejected("deleted posts", 409, alice.call("POST /posts/{postId}/reports", {
    path: { postId: other.id },
    body: { reason: "spam" },
  }));
}
