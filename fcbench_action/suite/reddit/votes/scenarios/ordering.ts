export const scenario = "Readers find the posts of a community in some order.";

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
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  const photo = await alice.call("POST /communities/{communityName}/flairs", {
    path: { communityName: "cats" },
    body: { text: "Photo", color: "#00ff7a", moderators_only: false },
  });
  const one = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "One", content: { kind: "text", body: "Hi." }, flair_id: photo.id },
  });
  const two = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Two", content: { kind: "link", url: "https://example.com/" } },
  });
  const three = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Three", content: { kind: "poll", options: ["Yes", "No"], minutes: 5 } },
  });
  const four = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Four", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: one.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: two.id }, body: { value: 1 } });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: two.id }, body: { value: -1 } });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: three.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: three.id }, body: { value: 1 } });
  await dan.call("PUT /posts/{postId}/vote", { path: { postId: three.id }, body: { value: -1 } });
  await carol.call("POST /posts/{postId}/comments", {
    path: { postId: two.id },
    body: { body: "Hm." },
  });
  const top = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "top" },
  });
  Assert.equal("the best first and newer before older", top.data.map((post) => post.title), [
    "Three",
    "One",
    "Four",
    "Two",
  ]);
  const hot = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("hot without an order", hot.data.map((post) => post.title), [
    "Three",
    "One",
    "Four",
    "Two",
  ]);
  await dan.call("PUT /posts/{postId}/vote", { path: { postId: one.id }, body: { value: -1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: one.id }, body: { value: -1 } });
  await dan.call("PUT /posts/{postId}/vote", { path: { postId: two.id }, body: { value: 1 } });
  const warm = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "hot" },
  });
  Assert.equal("hot", warm.data.map((post) => post.id), [three.id, two.id, four.id, one.id]);
  const fresh = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "new" },
  });
  Assert.equal("newest first", fresh.data.map((post) => post.number), [4, 3, 2, 1]);
  const disputed = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "controversial" },
  });
  Assert.equal("most in dispute", disputed.data.map((post) => post.title), [
    "Three",
    "Two",
    "One",
    "Four",
  ]);
  const shown = List.at(warm.data, 1);
  const seen = await bob.call("GET /posts/{postId}", { path: { postId: two.id } });
  Assert.equal("shortly", shown, {
    id: two.id,
    community: "cats",
    number: 2,
    title: "Two",
    kind: "link",
    author: { id: aliceJoined.account.id, username: aliceName },
    score: 1,
    comments: 1,
    created_at: seen.created_at,
  });
  Assert.equal("kinds", fresh.data.map((post) => `${post.kind}`), ["text", "poll", "link", "text"]);
  const flaired = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { flair_id: photo.id },
  });
  Assert.equal("by flair", flaired.data.map((post) => post.id), [one.id]);
  const third = await bob.call("GET /posts/{postId}", { path: { postId: three.id } });
  const since = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { since: third.created_at, order: "new" },
  });
  Assert.equal("since", since.data.map((post) => post.id), [four.id, three.id]);
  const page = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "new", page: 2, limit: 3 },
  });
  Assert.equal("the second page", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  Assert.equal("has one", page.data.map((post) => post.id), [one.id]);
  const firstPage = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "new", limit: 1 },
  });
  Assert.equal("one on the first", firstPage.data.map((post) => post.id), [four.id]);
  await Assert.rejected("no such community", 404, bob.call(
    "PATCH /communities/{communityName}/posts",
    { path: { communityName: "fish" }, body: {} },
  ));
  const votes = await bob.call("PATCH /accounts/me/votes", { body: {} });
  Assert.equal("own votes with the last first", votes.data.map((vote) => vote.post.id), [
    three.id,
    two.id,
    one.id,
  ]);
  Assert.equal("their values", votes.data.map((vote) => vote.value + 0), [1, -1, 1]);
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: one.id }, body: { value: 1 } });
  const same = await bob.call("PATCH /accounts/me/votes", { body: {} });
  Assert.equal("the same vote changes nothing", same, votes);
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: one.id }, body: { value: -1 } });
  const changed = await bob.call("PATCH /accounts/me/votes", { body: { value: -1 } });
  Assert.equal("what changed comes first", changed.data.map((vote) => vote.post.id), [
    one.id,
    two.id,
  ]);
  Assert.equal("the post", List.at(changed.data, 1)?.post ?? null, shown);
  Assert.that("later", changed.data.every((vote) => vote.voted_at > seen.created_at));
  Assert.equal("of two", changed.pagination, { current: 1, limit: 20, records: 2, pages: 1 });
  const ups = await bob.call("PATCH /accounts/me/votes", { body: { value: 1, page: 2, limit: 1 } });
  Assert.equal("one up vote", ups, {
    pagination: { current: 2, limit: 1, records: 1, pages: 1 },
    data: [],
  });
  const some = await bob.call("PATCH /accounts/me/votes", { body: { limit: 2 } });
  Assert.equal("two on the first page", some.data.length, 2);
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private ones are not seen", 404, bob.call(
    "PATCH /communities/{communityName}/posts",
    { path: { communityName: "den" }, body: {} },
  ));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const inside = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: {},
  });
  Assert.equal("but by members", inside.data.map((post) => post.title), ["Secret"]);
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: secret.id }, body: { value: 1 } });
  const shared = await bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: two.id },
    body: { community: "den", title: "For us" },
  });
  const own = await bob.call("PATCH /accounts/me/votes", { body: {} });
  Assert.equal("four votes", own.data.map((vote) => vote.post.community), [
    "den",
    "cats",
    "cats",
    "cats",
  ]);
  const crosspost = await bob.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { order: "new" },
  });
  Assert.equal("a crosspost", crosspost.data.map((post) => `${post.kind}`), ["crosspost", "text"]);
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: three.id }, body: {} });
  await alice.call("DELETE /posts/{postId}", { path: { postId: two.id } });
  const rest = await alice.call("PATCH /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { order: "new" },
  });
  Assert.equal("what is gone is left out", rest.data.map((post) => post.id), [four.id, one.id]);
  const left = await bob.call("PATCH /accounts/me/votes", { body: {} });
  Assert.equal("of votes too", left.data.map((vote) => vote.post.id), [secret.id, one.id]);
  await bob.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  const out = await bob.call("PATCH /accounts/me/votes", { body: {} });
  Assert.equal("and what is not seen", out.data.map((vote) => vote.post.id), [one.id]);
  const theirs = await dan.call("PATCH /accounts/me/votes", { body: {} });
  Assert.equal("others have their own", theirs.data.map((vote) => vote.post.id), [one.id]);
  Assert.equal("a crosspost is a post", shared.number, 2);
}
