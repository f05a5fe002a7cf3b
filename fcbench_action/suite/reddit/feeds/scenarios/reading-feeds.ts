export const scenario = "Readers see the posts of feeds and of their home page.";

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
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  const feed = await alice.call("POST /feeds", {
    body: { name: "Pets", shared: true, communities: ["dogs", "cats", "den"] },
  });
  const cat = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Cat", content: { kind: "text", body: "Meow." } },
  });
  const tom = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Tom", content: { kind: "link", url: "https://example.com/" } },
  });
  const kit = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Kit", content: { kind: "poll", options: ["Yes", "No"], minutes: 5 } },
  });
  const dog = await dan.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Dog", content: { kind: "text", body: null } },
  });
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: cat.id }, body: { value: 1 } });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: tom.id }, body: { value: -1 } });
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: dog.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: dog.id }, body: { value: 1 } });
  const fresh = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("newest first", fresh.data.map((post) => post.title), [
    "Secret",
    "Dog",
    "Kit",
    "Tom",
    "Cat",
  ]);
  const top = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "top" },
  });
  Assert.equal("the best first", top.data.map((post) => post.title), [
    "Dog",
    "Cat",
    "Secret",
    "Kit",
    "Tom",
  ]);
  const hot = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: {},
  });
  Assert.equal("hot", hot.data.map((post) => post.title), ["Dog", "Cat", "Kit", "Secret", "Tom"]);
  const seen = await bob.call("GET /posts/{postId}", { path: { postId: cat.id } });
  Assert.equal("shortly", List.at(hot.data, 1), {
    id: cat.id,
    community: "cats",
    number: 1,
    title: "Cat",
    kind: "text",
    author: { id: carolJoined.account.id, username: carolName },
    score: 1,
    comments: 0,
    created_at: seen.created_at,
  });
  Assert.equal("kinds", hot.data.map((post) => `${post.kind} ${post.community}`), [
    "text dogs",
    "text cats",
    "poll cats",
    "text den",
    "link cats",
  ]);
  Assert.equal("one page", hot.pagination, { current: 1, limit: 20, records: 5, pages: 1 });
  const page = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new", page: 2, limit: 2 },
  });
  Assert.equal("the second page", page.data.map((post) => post.title), ["Kit", "Tom"]);
  Assert.equal("of three", page.pagination, { current: 2, limit: 2, records: 5, pages: 3 });
  const outside = await carol.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("private ones only for members", outside.data.map((post) => post.title), [
    "Dog",
    "Kit",
    "Tom",
    "Cat",
  ]);
  const home = await bob.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("of the own communities", home.data.map((post) => post.title), [
    "Secret",
    "Kit",
    "Tom",
    "Cat",
  ]);
  const best = await bob.call("PATCH /home", { body: { order: "top" } });
  Assert.equal("the best of them", best.data.map((post) => post.title), [
    "Cat",
    "Secret",
    "Kit",
    "Tom",
  ]);
  const warm = await bob.call("PATCH /home", { body: {} });
  Assert.equal("hot without an order", warm.data.map((post) => post.title), [
    "Cat",
    "Kit",
    "Secret",
    "Tom",
  ]);
  Assert.equal("as posts are seen", List.at(warm.data, 0), List.at(hot.data, 1));
  Assert.equal("their kinds", warm.data.map((post) => `${post.kind} ${post.community}`), [
    "text cats",
    "poll cats",
    "text den",
    "link cats",
  ]);
  const part = await bob.call("PATCH /home", { body: { order: "new", page: 2, limit: 3 } });
  Assert.equal("page by page", part.data.map((post) => post.title), ["Cat"]);
  Assert.equal("two pages", part.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const first = await bob.call("PATCH /home", { body: { order: "new", limit: 1 } });
  Assert.equal("one on the first", first.data.map((post) => post.title), ["Secret"]);
  const none = await carol.call("PATCH /home", { body: {} });
  Assert.equal("nothing while one waits", none.data.length, 0);
  await bob.call("PUT /communities/{communityName}/mute", { path: { communityName: "den" } });
  await Assert.rejected("muted already", 409, bob.call("PUT /communities/{communityName}/mute", {
    path: { communityName: "den" },
  }));
  await Assert.rejected("no such community to mute", 404, bob.call(
    "PUT /communities/{communityName}/mute",
    { path: { communityName: "fish" } },
  ));
  const quiet = await bob.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("muted at home", quiet.data.map((post) => post.title), ["Kit", "Tom", "Cat"]);
  const loud = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("not in feeds", loud, fresh);
  const alices = await alice.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("nor for others", alices.data.length, 5);
  await alice.call("PUT /communities/{communityName}/mute", { path: { communityName: "den" } });
  await bob.call("PUT /communities/{communityName}/mute", { path: { communityName: "cats" } });
  await bob.call("DELETE /communities/{communityName}/mute", { path: { communityName: "den" } });
  await Assert.rejected("not muted any more", 404, bob.call(
    "DELETE /communities/{communityName}/mute",
    { path: { communityName: "den" } },
  ));
  await Assert.rejected("no such community to unmute", 404, bob.call(
    "DELETE /communities/{communityName}/mute",
    { path: { communityName: "fish" } },
  ));
  const one = await bob.call("PATCH /home", { body: {} });
  Assert.equal("another is muted still", one.data.map((post) => post.title), ["Secret"]);
  const still = await alice.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("and for others as they chose", still.data.map((post) => post.title), [
    "Dog",
    "Kit",
    "Tom",
    "Cat",
  ]);
  await bob.call("DELETE /communities/{communityName}/mute", { path: { communityName: "cats" } });
  await bob.call("PUT /accounts/{username}/block", { path: { username: carolName } });
  await Assert.rejected("blocked already", 409, bob.call("PUT /accounts/{username}/block", {
    path: { username: carolName },
  }));
  await Assert.rejected("nobody blocks oneself", 409, bob.call("PUT /accounts/{username}/block", {
    path: { username: bobName },
  }));
  await Assert.rejected("nobody to block", 404, bob.call("PUT /accounts/{username}/block", {
    path: { username: "nobody_here" },
  }));
  await bob.call("PUT /accounts/{username}/block", { path: { username: danName } });
  const apart = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("without the blocked", apart.data.map((post) => post.title), ["Secret", "Tom"]);
  const calm = await bob.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("at home too", calm.data.map((post) => post.title), ["Secret", "Tom"]);
  const theirs = await carol.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("others see them", theirs, outside);
  await alice.call("PUT /accounts/{username}/block", { path: { username: carolName } });
  await bob.call("DELETE /accounts/{username}/block", { path: { username: carolName } });
  await Assert.rejected("not blocked any more", 404, bob.call("DELETE /accounts/{username}/block", {
    path: { username: carolName },
  }));
  await Assert.rejected("nobody to unblock", 404, bob.call("DELETE /accounts/{username}/block", {
    path: { username: "nobody_here" },
  }));
  const back = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("one of the two", back.data.map((post) => post.title), [
    "Secret",
    "Kit",
    "Tom",
    "Cat",
  ]);
  const hers = await alice.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("she blocks still", hers.data.map((post) => post.title), ["Dog", "Tom"]);
  await bob.call("DELETE /accounts/{username}/block", { path: { username: danName } });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: kit.id }, body: {} });
  await carol.call("DELETE /posts/{postId}", { path: { postId: cat.id } });
  const rest = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: { order: "new" },
  });
  Assert.equal("what is gone is left out", rest.data.map((post) => post.title), [
    "Secret",
    "Dog",
    "Tom",
  ]);
  const left = await bob.call("PATCH /home", { body: { order: "new" } });
  Assert.equal("at home as well", left.data.map((post) => post.title), ["Secret", "Tom"]);
  await alice.call("PUT /feeds/{feedId}", {
    path: { feedId: feed.id },
    body: { communities: ["dogs"] },
  });
  const few = await bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: {},
  });
  Assert.equal("of its communities only", few.data.map((post) => post.id), [dog.id]);
  await alice.call("PUT /feeds/{feedId}", { path: { feedId: feed.id }, body: { shared: false } });
  await Assert.rejected("not shared any more", 404, bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: {},
  }));
  await Assert.rejected("no such feed", 404, bob.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: "00000001-0000-4000-8000-000000000000" },
    body: {},
  }));
  const own = await alice.call("PATCH /feeds/{feedId}/posts", {
    path: { feedId: feed.id },
    body: {},
  });
  Assert.equal("its owner reads on", own.data.map((post) => post.id), [dog.id]);
  Assert.equal("a secret", secret.number, 1);
}
