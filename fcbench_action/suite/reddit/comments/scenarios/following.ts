export const scenario = "Readers visit posts and read what an account wrote.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
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
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  const post = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  });
  const other = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Other", content: { kind: "text", body: null } },
  });
  const one = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One." },
  });
  const two = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Two." },
  });
  const first = await carol.call("PUT /posts/{postId}/visit", { path: { postId: post.id } });
  Assert.equal("all at first", first, { new_comments: 2 });
  const again = await carol.call("PUT /posts/{postId}/visit", { path: { postId: post.id } });
  Assert.equal("nothing since", again.new_comments, 0);
  const three = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Three.", parent_id: one.id },
  });
  const others = await alice.call("PUT /posts/{postId}/visit", { path: { postId: post.id } });
  Assert.equal("others count for themselves", others.new_comments, 3);
  const news = await carol.call("PUT /posts/{postId}/visit", { path: { postId: post.id } });
  Assert.equal("one since", news.new_comments, 1);
  const elsewhere = await carol.call("PUT /posts/{postId}/visit", { path: { postId: other.id } });
  Assert.equal("none elsewhere", elsewhere.new_comments, 0);
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: two.id } });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: one.id } });
  const less = await carol.call("PUT /posts/{postId}/visit", { path: { postId: post.id } });
  Assert.equal("never below nothing", less.new_comments, 0);
  await alice.call("DELETE /comments/{commentId}/removal", { path: { commentId: one.id } });
  const more = await carol.call("PUT /posts/{postId}/visit", { path: { postId: post.id } });
  Assert.equal("what came back counts", more.new_comments, 1);
  await Assert.rejected("no such post", 404, carol.call("PUT /posts/{postId}/visit", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
  }));
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private posts", 404, bob.call("PUT /posts/{postId}/visit", {
    path: { postId: secret.id },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("PUT /posts/{postId}/visit", { path: { postId: secret.id } });
  const psst = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  const carols = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Four." },
  });
  const gone = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Gone", content: { kind: "text", body: null } },
  });
  const lost = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: gone.id },
    body: { body: "Lost." },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: three.id },
    body: { body: "Third." },
  });
  await carol.call("PUT /comments/{commentId}/collapse", { path: { commentId: lost.id } });
  const lostNow = await carol.call("GET /comments/{commentId}", { path: { commentId: lost.id } });
  const threeNow = await carol.call("GET /comments/{commentId}", { path: { commentId: three.id } });
  const wrote = await carol.call("PATCH /accounts/{username}/comments", {
    path: { username: bobName },
    body: {},
  });
  const oneNow = await carol.call("GET /comments/{commentId}", { path: { commentId: one.id } });
  Assert.equal("newest first", wrote, {
    pagination: { current: 1, limit: 20, records: 3, pages: 1 },
    data: [lostNow, threeNow, oneNow],
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  const waits = await carol.call("PATCH /accounts/{username}/comments", {
    path: { username: bobName },
    body: {},
  });
  Assert.equal("private ones are not shown to who waits", waits.pagination.records, 3);
  const inside = await alice.call("PATCH /accounts/{username}/comments", {
    path: { username: bobName },
    body: { limit: 2 },
  });
  Assert.equal("but to members", inside.data, [lost, psst]);
  Assert.equal("of four", inside.pagination, { current: 1, limit: 2, records: 4, pages: 2 });
  const page = await bob.call("PATCH /accounts/{username}/comments", {
    path: { username: bobName },
    body: { page: 2, limit: 3 },
  });
  Assert.equal("the last", page.data.map((comment) => comment.id), [one.id]);
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: gone.id }, body: {} });
  await Assert.rejected("removed posts", 404, carol.call("PUT /posts/{postId}/visit", {
    path: { postId: gone.id },
  }));
  await alice.call("PUT /posts/{postId}/visit", { path: { postId: gone.id } });
  await bob.call("PUT /posts/{postId}/visit", { path: { postId: gone.id } });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: three.id } });
  const rest = await bob.call("PATCH /accounts/{username}/comments", {
    path: { username: bobName },
    body: {},
  });
  Assert.equal("what is gone is left out", rest.data.map((comment) => comment.id), [
    psst.id,
    one.id,
  ]);
  await alice.call("DELETE /posts/{postId}", { path: { postId: post.id } });
  const last = await bob.call("PATCH /accounts/{username}/comments", {
    path: { username: bobName },
    body: {},
  });
  Assert.equal("on deleted posts too", last.data, [psst]);
  const hers = await carol.call("PATCH /accounts/{username}/comments", {
    path: { username: carolName },
    body: {},
  });
  Assert.equal(
    "so are all of hers",
    hers.data.map((comment) => comment.id).includes(carols.id),
    false,
  );
  await Assert.rejected("nobody", 404, carol.call("PATCH /accounts/{username}/comments", {
    path: { username: "nobody_here" },
    body: {},
  }));
}
