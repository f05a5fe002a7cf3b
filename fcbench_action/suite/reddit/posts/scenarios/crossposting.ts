export const scenario = "Users share posts in other communities.";

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
    body: { name: "pets", title: "Pets", visibility: "public" },
  });
  await carol.call("POST /communities", {
    body: { name: "photos", title: "Photos", visibility: "restricted" },
  });
  await bob.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  const post = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "My cat", content: { kind: "link", url: "https://example.com/cat" } },
  });
  await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "pets" },
    body: { title: "Welcome", content: { kind: "text", body: null } },
  });
  const shared = await bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: post.id },
    body: { community: "pets", title: "A fine cat" },
  });
  Assert.equal("where it is", shared, { id: shared.id, community: "pets", number: 2 });
  const seen = await carol.call("GET /posts/{postId}", { path: { postId: shared.id } });
  Assert.equal("the crosspost", seen, {
    id: shared.id,
    community: "pets",
    number: 2,
    title: "A fine cat",
    author: { id: bobJoined.account.id, username: bobName },
    content: { kind: "crosspost", original_id: post.id },
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
  const again = await carol.call("POST /posts/{postId}/crossposts", {
    path: { postId: shared.id },
    body: { community: "photos", title: "From pets" },
  });
  const twice = await bob.call("GET /posts/{postId}", { path: { postId: again.id } });
  Assert.equal("the original of both", twice.content, { kind: "crosspost", original_id: post.id });
  await Assert.rejected("there already", 409, alice.call("POST /posts/{postId}/crossposts", {
    path: { postId: post.id },
    body: { community: "pets", title: "Again" },
  }));
  await Assert.rejected("there through another crosspost", 409, carol.call(
    "POST /posts/{postId}/crossposts",
    { path: { postId: again.id }, body: { community: "pets", title: "Again" } },
  ));
  await Assert.rejected("where it comes from", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: post.id },
    body: { community: "cats", title: "Again" },
  }));
  await Assert.rejected("nor through a crosspost", 409, bob.call(
    "POST /posts/{postId}/crossposts",
    { path: { postId: shared.id }, body: { community: "cats", title: "Again" } },
  ));
  await Assert.rejected("no such community", 404, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: post.id },
    body: { community: "fish", title: "Again" },
  }));
  await Assert.rejected("no such post", 404, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { community: "pets", title: "Again" },
  }));
  const other = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Text", content: { kind: "text", body: "Meow." } },
  });
  await Assert.rejected("outsiders", 403, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "photos", title: "Text" },
  }));
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "photos" },
  });
  await Assert.rejected("who waits", 403, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "photos", title: "Text" },
  }));
  await carol.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "photos", username: bobName },
  });
  const joined = await bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "photos", title: "Text" },
  });
  Assert.equal("numbered on", joined.number, 2);
  const den = await bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: post.id },
    body: { community: "den", title: "For us" },
  });
  Assert.equal("into a private one", den.community, "den");
  await Assert.rejected("not out of it", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: den.id },
    body: { community: "photos", title: "Out" },
  }));
  const secret = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: "Psst." } },
  });
  await Assert.rejected("whatever it is", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: secret.id },
    body: { community: "pets", title: "Out" },
  }));
  await Assert.rejected("which others do not see", 404, alice.call(
    "POST /posts/{postId}/crossposts",
    { path: { postId: secret.id }, body: { community: "pets", title: "Out" } },
  ));
  await carol.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "photos", username: aliceName },
    body: { reason: "Cats.", minutes: 9 },
  });
  await Assert.rejected("the banned", 403, alice.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "photos", title: "Text" },
  }));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "pets", username: carolName },
    body: { reason: "Photos." },
  });
  await Assert.rejected("the banned for good", 403, carol.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "pets", title: "Text" },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "pets", username: carolName },
  });
  const poll = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Poll", content: { kind: "poll", options: ["Yes", "No"], minutes: 10 } },
  });
  await Assert.rejected("no polls", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: poll.id },
    body: { community: "pets", title: "Poll" },
  }));
  const bad = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Bad", content: { kind: "text", body: "Bad." } },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: bad.id }, body: {} });
  await Assert.rejected("nothing removed", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: bad.id },
    body: { community: "pets", title: "Bad" },
  }));
  await Assert.rejected("which others do not know", 404, carol.call(
    "POST /posts/{postId}/crossposts",
    { path: { postId: bad.id }, body: { community: "pets", title: "Bad" } },
  ));
  await bob.call("DELETE /posts/{postId}", { path: { postId: shared.id } });
  await Assert.rejected("nothing deleted", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: shared.id },
    body: { community: "photos", title: "Deleted" },
  }));
  const anew = await carol.call("POST /posts/{postId}/crossposts", {
    path: { postId: again.id },
    body: { community: "pets", title: "Anew" },
  });
  Assert.equal("once more after deleting", anew.number, 3);
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "pets" },
    body: { closed: true },
  });
  await Assert.rejected("closed", 409, bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "pets", title: "Text" },
  }));
  const open = await bob.call("POST /posts/{postId}/crossposts", {
    path: { postId: other.id },
    body: { community: "den", title: "Text" },
  });
  Assert.equal("others are open", open.number, 3);
}
