export const scenario = "Moderators remove comments, bring them back, and speak officially.";

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
  const post = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  });
  const first = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Wuff." },
  });
  const other = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Meow." },
  });
  await Assert.rejected("authors do not remove", 403, bob.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: first.id } },
  ));
  await Assert.rejected("nor moderators elsewhere", 403, carol.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: first.id } },
  ));
  await Assert.rejected("nor who is only invited", 403, dan.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: first.id } },
  ));
  await Assert.rejected("no such comment", 404, alice.call("PUT /comments/{commentId}/removal", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
  }));
  await Assert.rejected("no such comment to bring back", 404, alice.call(
    "DELETE /comments/{commentId}/removal",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" } },
  ));
  await Assert.rejected("not removed yet", 409, alice.call("DELETE /comments/{commentId}/removal", {
    path: { commentId: first.id },
  }));
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: first.id } });
  const hidden = await carol.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("others see that it was there", hidden, {
    ...first,
    author: null,
    body: null,
    removed: true,
  });
  const invited = await dan.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("who is only invited too", invited, hidden);
  const own = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("the author sees it", own, { ...first, removed: true });
  const moderated = await alice.call("GET /comments/{commentId}", {
    path: { commentId: first.id },
  });
  Assert.equal("and moderators", moderated, own);
  const counted = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("one less", counted.comments, 1);
  await Assert.rejected("removed already", 409, alice.call("PUT /comments/{commentId}/removal", {
    path: { commentId: first.id },
  }));
  await Assert.rejected("authors do not bring back", 403, bob.call(
    "DELETE /comments/{commentId}/removal",
    { path: { commentId: first.id } },
  ));
  await Assert.rejected("nor do moderators elsewhere", 403, carol.call(
    "DELETE /comments/{commentId}/removal",
    { path: { commentId: first.id } },
  ));
  await Assert.rejected("nor does who is invited", 403, dan.call(
    "DELETE /comments/{commentId}/removal",
    { path: { commentId: first.id } },
  ));
  await dan.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  await dan.call("DELETE /comments/{commentId}/removal", { path: { commentId: first.id } });
  const back = await carol.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("as before", back, first);
  const recounted = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("counted again", recounted.comments, 2);
  await Assert.rejected("back already", 409, alice.call("DELETE /comments/{commentId}/removal", {
    path: { commentId: first.id },
  }));
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: other.id } });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: other.id } });
  await alice.call("DELETE /comments/{commentId}/removal", { path: { commentId: other.id } });
  const still = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("what is deleted does not count", still.comments, 1);
  await Assert.rejected("deleted ones are not removed", 409, alice.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: other.id } },
  ));
  const rule = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Be kind." },
  });
  await Assert.rejected("not official yet", 409, alice.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: rule.id }, body: { official: false } },
  ));
  await alice.call("PUT /comments/{commentId}/distinction", {
    path: { commentId: rule.id },
    body: { official: true },
  });
  const official = await bob.call("GET /comments/{commentId}", { path: { commentId: rule.id } });
  Assert.equal("official", official, { ...rule, official: true });
  const plain = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("others are not", plain.official, false);
  await Assert.rejected("official already", 409, alice.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: rule.id }, body: { official: true } },
  ));
  await Assert.rejected("not that of others", 403, alice.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: first.id }, body: { official: true } },
  ));
  await Assert.rejected("not without moderating", 403, bob.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: first.id }, body: { official: true } },
  ));
  await Assert.rejected("no such comment to mark", 404, alice.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" }, body: { official: true } },
  ));
  const said = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Really." },
  });
  await Assert.rejected("not for moderators elsewhere", 403, carol.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: said.id }, body: { official: true } },
  ));
  await alice.call("PUT /comments/{commentId}/distinction", {
    path: { commentId: rule.id },
    body: { official: false },
  });
  const taken = await bob.call("GET /comments/{commentId}", { path: { commentId: rule.id } });
  Assert.equal("taken back", taken, rule);
  await alice.call("DELETE /comments/{commentId}", { path: { commentId: rule.id } });
  await Assert.rejected("deleted ones are not marked", 409, alice.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: rule.id }, body: { official: true } },
  ));
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: carolName, manages: true },
  });
  await Assert.rejected("nor for who is invited", 403, carol.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: said.id }, body: { official: true } },
  ));
  const bad = await dan.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Bad", content: { kind: "text", body: null } },
  });
  const worse = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: bad.id },
    body: { body: "Worse." },
  });
  const mine = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: bad.id },
    body: { body: "Mine." },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: bad.id }, body: {} });
  await Assert.rejected("nothing is removed on what is not seen", 404, bob.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: worse.id } },
  ));
  await Assert.rejected("nor for who is invited", 404, carol.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: mine.id } },
  ));
  await Assert.rejected("nor marked there", 404, carol.call(
    "PUT /comments/{commentId}/distinction",
    { path: { commentId: mine.id }, body: { official: true } },
  ));
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: worse.id } });
  await Assert.rejected("nor brought back there", 404, bob.call(
    "DELETE /comments/{commentId}/removal",
    { path: { commentId: worse.id } },
  ));
  await alice.call("DELETE /comments/{commentId}/removal", { path: { commentId: worse.id } });
  const own2 = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Mine", content: { kind: "text", body: null } },
  });
  const reply2 = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: own2.id },
    body: { body: "Mine too." },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: own2.id }, body: {} });
  await Assert.rejected("authors of posts see it and may not", 403, bob.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: reply2.id } },
  ));
  await Assert.rejected("nor bring back", 403, bob.call("DELETE /comments/{commentId}/removal", {
    path: { commentId: reply2.id },
  }));
  const aloud = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Aloud." },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: post.id }, body: {} });
  await alice.call("PUT /comments/{commentId}/distinction", {
    path: { commentId: aloud.id },
    body: { official: true },
  });
  const loud = await alice.call("GET /comments/{commentId}", { path: { commentId: aloud.id } });
  Assert.equal("official where only moderators see it", loud.official, true);
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const psst = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await Assert.rejected("private ones are not removed", 404, bob.call(
    "PUT /comments/{commentId}/removal",
    { path: { commentId: psst.id } },
  ));
  await Assert.rejected("nor brought back", 404, bob.call("DELETE /comments/{commentId}/removal", {
    path: { commentId: psst.id },
  }));
  await Assert.rejected("nor marked", 404, bob.call("PUT /comments/{commentId}/distinction", {
    path: { commentId: psst.id },
    body: { official: true },
  }));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("while one waits", 404, bob.call("PUT /comments/{commentId}/removal", {
    path: { commentId: psst.id },
  }));
  await Assert.rejected("nor back while one waits", 404, bob.call(
    "DELETE /comments/{commentId}/removal",
    { path: { commentId: psst.id } },
  ));
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: psst.id } });
  await alice.call("DELETE /comments/{commentId}/removal", { path: { commentId: psst.id } });
}
