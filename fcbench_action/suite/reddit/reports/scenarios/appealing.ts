export const scenario = "Authors and the banned appeal, and another moderator decides.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
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
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await dan.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: carolName, manages: false },
  });
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "One", content: { kind: "text", body: null } },
  });
  const host = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Two", content: { kind: "text", body: null } },
  });
  const said = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: host.id },
    body: { body: "Wuff." },
  });
  const fine = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Fine", content: { kind: "text", body: null } },
  });
  const calm = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: host.id },
    body: { body: "Meow." },
  });
  await Assert.rejected("not removed", 409, bob.call("POST /posts/{postId}/appeals", {
    path: { postId: fine.id },
    body: { text: "Why?" },
  }));
  await Assert.rejected("comments neither", 409, bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: calm.id },
    body: { text: "Why?" },
  }));
  await Assert.rejected("not banned", 404, bob.call("POST /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { text: "Why?" },
  }));
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: post.id },
    body: { reason: "Dogs." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: said.id } });
  await Assert.rejected("others know nothing of it", 404, dan.call("POST /posts/{postId}/appeals", {
    path: { postId: post.id },
    body: { text: "Why?" },
  }));
  await Assert.rejected("moderators do not appeal", 403, alice.call(
    "POST /posts/{postId}/appeals",
    { path: { postId: post.id }, body: { text: "Why?" } },
  ));
  await Assert.rejected("others do not appeal", 403, dan.call(
    "POST /comments/{commentId}/appeals",
    { path: { commentId: said.id }, body: { text: "Why?" } },
  ));
  await Assert.rejected("no such post", 404, bob.call("POST /posts/{postId}/appeals", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { text: "Why?" },
  }));
  await Assert.rejected("no such comment", 404, bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
    body: { text: "Why?" },
  }));
  const dans0 = await dan.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Dan", content: { kind: "text", body: null } },
  });
  const onDans = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: dans0.id },
    body: { body: "Hello." },
  });
  const onMine = await dan.call("POST /posts/{postId}/comments", {
    path: { postId: dans0.id },
    body: { body: "Own." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: onDans.id } });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: onMine.id } });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: dans0.id }, body: {} });
  await Assert.rejected("on posts that are not seen", 404, bob.call(
    "POST /comments/{commentId}/appeals",
    { path: { commentId: onDans.id }, body: { text: "Why?" } },
  ));
  await Assert.rejected("moderators see them and do not appeal", 403, alice.call(
    "POST /comments/{commentId}/appeals",
    { path: { commentId: onDans.id }, body: { text: "Why?" } },
  ));
  const extra = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Extra", content: { kind: "text", body: null } },
  });
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: extra.id },
    body: { reason: "Extra." },
  });
  const first = await bob.call("POST /posts/{postId}/appeals", {
    path: { postId: post.id },
    body: { text: "It is a cat." },
  });
  Assert.equal("the appeal", first, {
    id: first.id,
    kind: "post",
    target_id: post.id,
    account: { id: bobJoined.account.id, username: bobName },
    text: "It is a cat.",
    outcome: null,
    answer: null,
    created_at: first.created_at,
    decided_at: null,
  });
  await Assert.rejected("twice", 409, bob.call("POST /posts/{postId}/appeals", {
    path: { postId: post.id },
    body: { text: "Please." },
  }));
  const second = await bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: said.id },
    body: { text: "It purrs." },
  });
  Assert.equal("for a comment", second, {
    ...first,
    id: second.id,
    kind: "comment",
    target_id: said.id,
    text: "It purrs.",
    created_at: second.created_at,
  });
  await Assert.rejected("nor for a comment twice", 409, bob.call(
    "POST /comments/{commentId}/appeals",
    { path: { commentId: said.id }, body: { text: "Please." } },
  ));
  const elsewhere = await dan.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: bobName },
    body: { reason: "Cats.", minutes: 1 },
  });
  const ban = await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Dogs.", minutes: 30 },
  });
  const third = await bob.call("POST /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { text: "I am kind." },
  });
  Assert.equal("against the ban", third, {
    ...first,
    id: third.id,
    kind: "ban",
    target_id: ban.id,
    text: "I am kind.",
    created_at: third.created_at,
  });
  await Assert.rejected("the same ban twice", 409, bob.call(
    "POST /communities/{communityName}/appeals",
    { path: { communityName: "cats" }, body: { text: "Please." } },
  ));
  await Assert.rejected("who is not banned", 404, dan.call(
    "POST /communities/{communityName}/appeals",
    { path: { communityName: "cats" }, body: { text: "Please." } },
  ));
  await Assert.rejected("no such community", 404, bob.call(
    "POST /communities/{communityName}/appeals",
    { path: { communityName: "fish" }, body: { text: "Please." } },
  ));
  const barked = await bob.call("POST /communities/{communityName}/appeals", {
    path: { communityName: "dogs" },
    body: { text: "Sorry." },
  });
  Assert.equal("in another community", barked.target_id, elsewhere.id);
  const all = await alice.call("PATCH /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("in order", all, {
    pagination: { current: 1, limit: 20, records: 3, pages: 1 },
    data: [first, second, third],
  });
  await Assert.rejected("only moderators search", 403, bob.call(
    "PATCH /communities/{communityName}/appeals",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("of that community", 403, dan.call(
    "PATCH /communities/{communityName}/appeals",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("nor who is invited", 403, carol.call(
    "PATCH /communities/{communityName}/appeals",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("no such community to search", 404, alice.call(
    "PATCH /communities/{communityName}/appeals",
    { path: { communityName: "fish" }, body: {} },
  ));
  await Assert.rejected("who removed does not decide", 403, alice.call("PUT /appeals/{appealId}", {
    path: { appealId: first.id },
    body: { granted: false, answer: null },
  }));
  await Assert.rejected("nor on comments", 403, alice.call("PUT /appeals/{appealId}", {
    path: { appealId: second.id },
    body: { granted: false, answer: null },
  }));
  await Assert.rejected("nor on bans", 403, alice.call("PUT /appeals/{appealId}", {
    path: { appealId: third.id },
    body: { granted: false, answer: null },
  }));
  await Assert.rejected("who is invited does not decide", 403, carol.call(
    "PUT /appeals/{appealId}",
    { path: { appealId: first.id }, body: { granted: true, answer: null } },
  ));
  await Assert.rejected("nor moderators elsewhere", 403, dan.call("PUT /appeals/{appealId}", {
    path: { appealId: first.id },
    body: { granted: true, answer: null },
  }));
  await Assert.rejected("nor the author", 403, bob.call("PUT /appeals/{appealId}", {
    path: { appealId: first.id },
    body: { granted: true, answer: null },
  }));
  await carol.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  await Assert.rejected("no such appeal", 404, carol.call("PUT /appeals/{appealId}", {
    path: { appealId: "00000001-0000-4000-8000-000000000000" },
    body: { granted: true, answer: null },
  }));
  const granted = await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: first.id },
    body: { granted: true, answer: "Indeed." },
  });
  Assert.equal("granted", granted, {
    ...first,
    outcome: "granted",
    answer: "Indeed.",
    decided_at: granted.decided_at,
  });
  Assert.that("later", granted.decided_at !== null && granted.decided_at > first.created_at);
  const back = await dan.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("the post is back", [`${back.status}`, back.removal_reason ?? "none"], [
    "live",
    "none",
  ]);
  await Assert.rejected("decided already", 409, carol.call("PUT /appeals/{appealId}", {
    path: { appealId: first.id },
    body: { granted: false, answer: null },
  }));
  const denied = await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: third.id },
    body: { granted: false, answer: null },
  });
  Assert.equal("denied", [`${denied.outcome ?? "open"}`, denied.answer ?? "none"], [
    "denied",
    "none",
  ]);
  const still = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("still banned", still.role, "banned");
  const before = await dan.call("GET /posts/{postId}", { path: { postId: host.id } });
  const comment = await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: second.id },
    body: { granted: true, answer: null },
  });
  Assert.equal("of the comment", [`${comment.outcome ?? "open"}`, `${comment.kind}`], [
    "granted",
    "comment",
  ]);
  const extraSeen = await bob.call("GET /posts/{postId}", { path: { postId: extra.id } });
  Assert.equal("others stay removed", [`${extraSeen.status}`, extraSeen.removal_reason ?? "none"], [
    "removed",
    "Extra.",
  ]);
  const onDansSeen = await alice.call("GET /comments/{commentId}", {
    path: { commentId: onDans.id },
  });
  Assert.equal("other comments too", onDansSeen.removed, true);
  const purrs = await dan.call("GET /comments/{commentId}", { path: { commentId: said.id } });
  Assert.equal("the comment is back", purrs, said);
  const after = await dan.call("GET /posts/{postId}", { path: { postId: host.id } });
  Assert.equal("and counts", [before.comments, after.comments], [1, 2]);
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  const again = await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Again." },
  });
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await dan.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: danName },
  });
  const inside = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Inside", content: { kind: "text", body: null } },
  });
  const psst = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: inside.id },
    body: { reason: "Loud." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: psst.id } });
  await bob.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("not while one waits", 404, bob.call("POST /posts/{postId}/appeals", {
    path: { postId: inside.id },
    body: { text: "Why?" },
  }));
  await Assert.rejected("nor for comments", 404, bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: psst.id },
    body: { text: "Why?" },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("POST /posts/{postId}/appeals", {
    path: { postId: inside.id },
    body: { text: "Why?" },
  });
  await bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: psst.id },
    body: { text: "Why?" },
  });
  const fourth = await bob.call("POST /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { text: "Once more." },
  });
  Assert.equal("each ban once", fourth.target_id, again.id);
  const open = await alice.call("PATCH /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { open: true },
  });
  Assert.equal("open ones", open.data, [fourth]);
  const closed = await alice.call("PATCH /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { open: false, page: 2, limit: 2 },
  });
  Assert.equal("the last of those decided", closed, {
    pagination: { current: 2, limit: 2, records: 3, pages: 2 },
    data: [denied],
  });
  const two = await alice.call("PATCH /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { open: false, limit: 2 },
  });
  Assert.equal("the first two", two.data, [granted, comment]);
  await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: fourth.id },
    body: { granted: true, answer: null },
  });
  const free = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("not banned any more", free.role, "none");
  await Assert.rejected("nothing to appeal against", 404, bob.call(
    "POST /communities/{communityName}/appeals",
    { path: { communityName: "cats" }, body: { text: "Hm." } },
  ));
  const bansElsewhere = await dan.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "dogs" },
    body: {},
  });
  Assert.equal("bans elsewhere stay", bansElsewhere.data.map((one) => one.lifted_at ?? "none"), [
    "none",
  ]);
  const kept = await bob.call("GET /posts/{postId}", { path: { postId: inside.id } });
  Assert.equal("those stay removed", [`${kept.status}`, kept.removal_reason ?? "none"], [
    "removed",
    "Loud.",
  ]);
  const hushed = await bob.call("GET /comments/{commentId}", { path: { commentId: psst.id } });
  Assert.equal("comments too", hushed.removed, true);
  const stillBarred = await alice.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("bans as they were", stillBarred.data.map((one) => one.lifted_at === null), [
    false,
    false,
  ]);
  const log = await alice.call("PATCH /communities/{communityName}/log", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("the log", log.data.map((entry) => `${entry.number} ${entry.action}`), [
    "4 granted",
    "3 granted",
    "2 denied",
    "1 granted",
  ]);
  Assert.equal("of what", log.data.map((entry) => entry.subject), [
    again.id,
    said.id,
    ban.id,
    post.id,
  ]);
  Assert.equal("by whom", List.at(log.data, 0)?.moderator ?? null, {
    id: carolJoined.account.id,
    username: carolName,
  });
  await carol.call("PUT /posts/{postId}/removal", { path: { postId: fine.id }, body: {} });
  const fifth = await bob.call("POST /posts/{postId}/appeals", {
    path: { postId: fine.id },
    body: { text: "Fine!" },
  });
  await carol.call("DELETE /posts/{postId}/removal", { path: { postId: fine.id } });
  await alice.call("PUT /appeals/{appealId}", {
    path: { appealId: fifth.id },
    body: { granted: false, answer: "Too late." },
  });
  const stays = await dan.call("GET /posts/{postId}", { path: { postId: fine.id } });
  Assert.equal("it was back before", stays.status, "live");
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: calm.id } });
  const sixth = await bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: calm.id },
    body: { text: "Calm." },
  });
  await alice.call("DELETE /comments/{commentId}/removal", { path: { commentId: calm.id } });
  await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: sixth.id },
    body: { granted: true, answer: null },
  });
  const same = await dan.call("GET /posts/{postId}", { path: { postId: host.id } });
  Assert.equal("counted once", same.comments, 2);
  const gone = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: host.id },
    body: { body: "Gone." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: gone.id } });
  const seventh = await bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: gone.id },
    body: { text: "Back?" },
  });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: gone.id } });
  await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: seventh.id },
    body: { granted: true, answer: null },
  });
  const unchanged = await dan.call("GET /posts/{postId}", { path: { postId: host.id } });
  Assert.equal("deleted ones do not count", unchanged.comments, 2);
  const lost = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: host.id },
    body: { body: "Lost." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: lost.id } });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: lost.id } });
  await Assert.rejected("deleted comments", 409, bob.call("POST /comments/{commentId}/appeals", {
    path: { commentId: lost.id },
    body: { text: "Back?" },
  }));
  const away = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Away", content: { kind: "text", body: null } },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: away.id }, body: {} });
  await bob.call("DELETE /posts/{postId}", { path: { postId: away.id } });
  await Assert.rejected("deleted posts", 409, bob.call("POST /posts/{postId}/appeals", {
    path: { postId: away.id },
    body: { text: "Back?" },
  }));
  const dans = await dan.call("PATCH /communities/{communityName}/appeals", {
    path: { communityName: "dogs" },
    body: {},
  });
  Assert.equal("those of another", dans.data, [barked]);
  const short = await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Short.", minutes: 1 },
  });
  const eighth = await bob.call("POST /communities/{communityName}/appeals", {
    path: { communityName: "cats" },
    body: { text: "Short?" },
  });
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await carol.call("PUT /appeals/{appealId}", {
    path: { appealId: eighth.id },
    body: { granted: true, answer: null },
  });
  const bans = await alice.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: { limit: 1 },
  });
  Assert.equal("lifted before", bans.data.map((one) => one.lifted_at ?? ""), [
    Time.addSeconds(eighth.created_at, 1),
  ]);
  Assert.equal("the short one", bans.data.map((one) => one.id), [short.id]);
}
