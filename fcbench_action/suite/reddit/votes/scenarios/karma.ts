export const scenario = "Votes make karma and trophies.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
  const frank = api.session("user");
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
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const cat = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Cat", content: { kind: "text", body: null } },
  });
  const dog = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Dog", content: { kind: "text", body: null } },
  });
  const secret = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const said = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: cat.id },
    body: { body: "Meow." },
  });
  const reply = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: cat.id },
    body: { body: "Purr." },
  });
  const start = await carol.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("nothing yet", start, {
    id: bobJoined.account.id,
    username: bobName,
    post_karma: 0,
    comment_karma: 0,
    created_at: bobJoined.account.created_at,
    trophies: [],
  });
  const nowhere = await carol.call("GET /accounts/{username}/karma", {
    path: { username: bobName },
  });
  Assert.equal("from nowhere", nowhere.data.length, 0);
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: dog.id }, body: { value: -1 } });
  const below = await carol.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("it may be negative and is no trophy", below, { ...start, post_karma: -1 });
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: cat.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: cat.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: cat.id }, body: { value: 1 } });
  await alice.call("PUT /comments/{commentId}/vote", {
    path: { commentId: said.id },
    body: { value: 1 },
  });
  await dan.call("PUT /posts/{postId}/vote", { path: { postId: cat.id }, body: { value: -1 } });
  const mixed = await carol.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("all together", mixed, {
    ...start,
    post_karma: 0,
    comment_karma: 1,
    trophies: ["first_up_vote"],
  });
  const whence = await carol.call("GET /accounts/{username}/karma", {
    path: { username: bobName },
  });
  Assert.equal("by community", whence.data, [
    { community: "cats", posts: 1, comments: 1 },
    { community: "dogs", posts: -1, comments: 0 },
  ]);
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: dog.id }, body: { value: 1 } });
  const risen = await carol.call("GET /accounts/{username}/karma", { path: { username: bobName } });
  Assert.equal("changed by two", risen.data, [
    { community: "cats", posts: 1, comments: 1 },
    { community: "dogs", posts: 1, comments: 0 },
  ]);
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: dog.id }, body: { value: 1 } });
  const equal = await carol.call("GET /accounts/{username}/karma", { path: { username: bobName } });
  Assert.equal("equal ones in alphabetical order", equal.data.map((one) => one.community), [
    "cats",
    "dogs",
  ]);
  await dan.call("PUT /posts/{postId}/vote", { path: { postId: dog.id }, body: { value: 1 } });
  const first = await carol.call("GET /accounts/{username}/karma", { path: { username: bobName } });
  Assert.equal("the highest first", first.data.map((one) => one.community), ["dogs", "cats"]);
  const three = await alice.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("they agree", [three.post_karma, three.comment_karma], [4, 1]);
  await alice.call("DELETE /comments/{commentId}/vote", { path: { commentId: said.id } });
  await dan.call("DELETE /posts/{postId}/vote", { path: { postId: dog.id } });
  const less = await alice.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("withdrawn", less, {
    ...start,
    post_karma: 3,
    comment_karma: 0,
    trophies: ["first_up_vote"],
  });
  const kept = await carol.call("GET /accounts/{username}/karma", { path: { username: bobName } });
  Assert.equal("in each", kept.data, [
    { community: "dogs", posts: 2, comments: 0 },
    { community: "cats", posts: 1, comments: 0 },
  ]);
  await alice.call("PUT /comments/{commentId}/vote", {
    path: { commentId: reply.id },
    body: { value: -1 },
  });
  await dan.call("PUT /comments/{commentId}/vote", {
    path: { commentId: reply.id },
    body: { value: -1 },
  });
  await dan.call("PUT /comments/{commentId}/vote", {
    path: { commentId: reply.id },
    body: { value: 1 },
  });
  const hers = await bob.call("GET /accounts/{username}", { path: { username: carolName } });
  Assert.equal("of others apart", [hers.post_karma, hers.comment_karma], [0, 0]);
  Assert.equal("for a comment too", hers.trophies, ["first_up_vote"]);
  const zero = await bob.call("GET /accounts/{username}/karma", { path: { username: carolName } });
  Assert.equal("kept though it is nothing", zero.data, [
    { community: "cats", posts: 0, comments: 0 },
  ]);
  await alice.call("DELETE /comments/{commentId}/vote", { path: { commentId: reply.id } });
  const plus = await bob.call("GET /accounts/{username}", { path: { username: carolName } });
  Assert.equal("one more", plus.comment_karma, 1);
  const contributors = await dan.call("PATCH /communities/{communityName}/contributors", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("in alphabetical order", contributors.data.map((one) => one.account.username), List.sortBy(
    [bobName, carolName],
    (name) => name,
    "asc",
  ));
  const ranking = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hers", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: ranking.id }, body: { value: 1 } });
  const ranked = await dan.call("PATCH /communities/{communityName}/contributors", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("the highest first", ranked, {
    pagination: { current: 1, limit: 20, records: 2, pages: 1 },
    data: [
      { account: { id: carolJoined.account.id, username: carolName }, posts: 1, comments: 1 },
      { account: { id: bobJoined.account.id, username: bobName }, posts: 1, comments: 0 },
    ],
  });
  const second = await dan.call("PATCH /communities/{communityName}/contributors", {
    path: { communityName: "cats" },
    body: { page: 2, limit: 1 },
  });
  Assert.equal("page by page", second.data.map((one) => one.account.username), [bobName]);
  Assert.equal("two pages", second.pagination, { current: 2, limit: 1, records: 2, pages: 2 });
  const one = await dan.call("PATCH /communities/{communityName}/contributors", {
    path: { communityName: "cats" },
    body: { limit: 1 },
  });
  Assert.equal("one on the first", one.data.length, 1);
  await Assert.rejected("no such community", 404, dan.call(
    "PATCH /communities/{communityName}/contributors",
    { path: { communityName: "fish" }, body: {} },
  ));
  await Assert.rejected("nobody has a profile", 404, dan.call("GET /accounts/{username}", {
    path: { username: "nobody_here" },
  }));
  await Assert.rejected("nor karma", 404, dan.call("GET /accounts/{username}/karma", {
    path: { username: "nobody_here" },
  }));
  await alice.call("PUT /comments/{commentId}/vote", {
    path: { commentId: said.id },
    body: { value: 1 },
  });
  await alice.call("PUT /comments/{commentId}/vote", {
    path: { commentId: said.id },
    body: { value: -1 },
  });
  const fallen = await dan.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("from up to down", [fallen.comment_karma, fallen.trophies.length], [-1, 1]);
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: cat.id }, body: { value: -1 } });
  const almost = await dan.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("one up vote is not enough", almost.trophies, ["first_up_vote"]);
  const eve = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Both", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: 1 } });
  await dan.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: -1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: -1 } });
  const notYet = await dan.call("GET /accounts/{username}", { path: { username: aliceName } });
  Assert.equal("never two of both", notYet.trophies, ["first_up_vote"]);
  const frankName = Random.string(8, 12);
  const frankJoined = await frank.call("POST /auth/accounts/join", {
    body: { username: frankName, email: `${frankName}@example.com`, password: "correct horse" },
  });
  frank.authenticate(frankJoined.token);
  await frank.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: 1 } });
  const debated = await dan.call("GET /accounts/{username}", { path: { username: aliceName } });
  Assert.equal("debated", debated.trophies, ["first_up_vote", "debated"]);
  await frank.call("DELETE /posts/{postId}/vote", { path: { postId: eve.id } });
  await frank.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: -1 } });
  await frank.call("PUT /posts/{postId}/vote", { path: { postId: eve.id }, body: { value: 1 } });
  const still = await dan.call("GET /accounts/{username}", { path: { username: aliceName } });
  Assert.equal("once and for all", still.trophies, ["first_up_vote", "debated"]);
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: secret.id }, body: { value: 1 } });
  const inside = await alice.call("GET /accounts/{username}/karma", {
    path: { username: bobName },
  });
  Assert.equal("members see private ones", inside.data.map((row) => row.community), [
    "dogs",
    "den",
    "cats",
  ]);
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  const outside = await carol.call("GET /accounts/{username}/karma", {
    path: { username: bobName },
  });
  Assert.equal("others do not", outside.data.map((row) => row.community), ["dogs", "cats"]);
  const all = await carol.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("but it counts", all.post_karma, 2);
  await Assert.rejected("nor contributors of private ones", 404, carol.call(
    "PATCH /communities/{communityName}/contributors",
    { path: { communityName: "den" }, body: {} },
  ));
  const members = await bob.call("PATCH /communities/{communityName}/contributors", {
    path: { communityName: "den" },
    body: {},
  });
  Assert.equal("but members do", members.data.map((row) => row.account), [
    { id: bobJoined.account.id, username: bobName },
  ]);
  await bob.call("DELETE /posts/{postId}", { path: { postId: dog.id } });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: cat.id }, body: {} });
  const after = await carol.call("GET /accounts/{username}", { path: { username: bobName } });
  Assert.equal("what is gone keeps what it brought", after, all);
}
