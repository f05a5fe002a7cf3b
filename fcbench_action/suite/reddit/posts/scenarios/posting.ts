export const scenario = "Users post texts and links in communities of all visibilities.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const staff = api.session("admin");
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
  const staffName = Random.string(8, 12);
  const staffJoined = await staff.call("POST /auth/accounts/join", {
    body: { username: staffName, email: `${staffName}@reddit.example`, password: "correct horse" },
  });
  staff.authenticate(staffJoined.token);
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "restricted" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  const first = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: "I am new." } },
  });
  Assert.equal("the reference", first, { id: first.id, community: "cats", number: 1 });
  const seen = await carol.call("GET /posts/{postId}", { path: { postId: first.id } });
  Assert.equal("the post", seen, {
    id: first.id,
    community: "cats",
    number: 1,
    title: "Hello",
    author: { id: bobJoined.account.id, username: bobName },
    content: { kind: "text", body: "I am new." },
    flair: null,
    score: 0,
    comments: 0,
    locked: false,
    archived: false,
    status: "live",
    removal_reason: null,
    created_at: seen.created_at,
    edited_at: null,
  });
  const second = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "A link", content: { kind: "link", url: "https://example.com/cat" } },
  });
  Assert.equal("numbered on", second.number, 2);
  const link = await bob.call("GET /posts/{postId}", { path: { postId: second.id } });
  Assert.equal("the link", link.content, { kind: "link", url: "https://example.com/cat" });
  Assert.equal("by its author", link.author, { id: aliceJoined.account.id, username: aliceName });
  const empty = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "No text", content: { kind: "text", body: null } },
  });
  const none = await bob.call("GET /posts/{postId}", { path: { postId: empty.id } });
  Assert.equal("no text", none.content, { kind: "text", body: null });
  await Assert.rejected("no such community", 404, bob.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "fish" },
      body: { title: "Hello", content: { kind: "text", body: null } },
    },
  ));
  await Assert.rejected("outsiders in restricted ones", 403, bob.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "dogs" },
      body: { title: "Hello", content: { kind: "text", body: null } },
    },
  ));
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await Assert.rejected("nor while they wait", 403, bob.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "dogs" },
      body: { title: "Hello", content: { kind: "text", body: null } },
    },
  ));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "dogs", username: bobName },
  });
  const dog = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "A dog", content: { kind: "text", body: "Wuff." } },
  });
  Assert.equal("numbered per community", dog.number, 1);
  const open = await carol.call("GET /posts/{postId}", { path: { postId: dog.id } });
  Assert.equal("everybody sees those", open.title, "A dog");
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: "Psst." } },
  });
  await Assert.rejected("private ones are not seen", 404, bob.call("GET /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("nor posted in", 403, bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  }));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("nor while waiting", 404, bob.call("GET /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const told = await bob.call("GET /posts/{postId}", { path: { postId: secret.id } });
  Assert.equal("members do", [told.title, told.community], ["Secret", "den"]);
  await Assert.rejected("others still not", 404, carol.call("GET /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("no such post", 404, alice.call("GET /posts/{postId}", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
  }));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
    body: { reason: "Barks.", minutes: 5 },
  });
  await Assert.rejected("the banned", 403, carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  }));
  const still = await carol.call("GET /posts/{postId}", { path: { postId: first.id } });
  Assert.equal("who read on", still, seen);
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "den", username: bobName },
    body: { reason: "Talks." },
  });
  await Assert.rejected("banned from a private one", 404, bob.call("GET /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
  });
  const third = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Sorry", content: { kind: "text", body: "I meow now." } },
  });
  Assert.equal("after lifting", third.number, 4);
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: true },
  });
  await Assert.rejected("closed ones take nothing", 409, alice.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "cats" },
      body: { title: "Hello", content: { kind: "text", body: null } },
    },
  ));
  await Assert.rejected("outsiders hear that first", 403, carol.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "dogs" },
      body: { title: "Hello", content: { kind: "text", body: null } },
    },
  ));
  const elsewhere = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Another", content: { kind: "text", body: null } },
  });
  Assert.equal("others do", elsewhere.number, 2);
}
