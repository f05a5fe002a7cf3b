export const scenario = "Moderators make flairs, and posts are marked with them.";

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
  await carol.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  const photo = await alice.call("POST /communities/{communityName}/flairs", {
    path: { communityName: "cats" },
    body: { text: "Photo", color: "#00ff7a", moderators_only: false },
  });
  Assert.equal("the flair", photo, {
    id: photo.id,
    text: "Photo",
    color: "#00ff7a",
    moderators_only: false,
  });
  const news = await alice.call("POST /communities/{communityName}/flairs", {
    path: { communityName: "cats" },
    body: { text: "News", color: "#123456", moderators_only: true },
  });
  await Assert.rejected("the text is there", 409, alice.call(
    "POST /communities/{communityName}/flairs",
    {
      path: { communityName: "cats" },
      body: { text: "Photo", color: "#123456", moderators_only: true },
    },
  ));
  await Assert.rejected("only moderators make them", 403, bob.call(
    "POST /communities/{communityName}/flairs",
    {
      path: { communityName: "cats" },
      body: { text: "Mine", color: "#123456", moderators_only: false },
    },
  ));
  await Assert.rejected("of the same community", 403, carol.call(
    "POST /communities/{communityName}/flairs",
    {
      path: { communityName: "cats" },
      body: { text: "Mine", color: "#123456", moderators_only: false },
    },
  ));
  await Assert.rejected("no community for flairs", 404, alice.call(
    "POST /communities/{communityName}/flairs",
    {
      path: { communityName: "fish" },
      body: { text: "Mine", color: "#123456", moderators_only: false },
    },
  ));
  const bark = await carol.call("POST /communities/{communityName}/flairs", {
    path: { communityName: "dogs" },
    body: { text: "Photo", color: "#654321", moderators_only: false },
  });
  const hidden = await alice.call("POST /communities/{communityName}/flairs", {
    path: { communityName: "den" },
    body: { text: "Secret", color: "#000000", moderators_only: false },
  });
  const all = await bob.call("GET /communities/{communityName}/flairs", {
    path: { communityName: "cats" },
  });
  Assert.equal("in alphabetical order", all.data, [news, photo]);
  const inside = await bob.call("GET /communities/{communityName}/flairs", {
    path: { communityName: "den" },
  });
  Assert.equal("private ones too", inside.data, [hidden]);
  await Assert.rejected("no community to read of", 404, bob.call(
    "GET /communities/{communityName}/flairs",
    { path: { communityName: "fish" } },
  ));
  const marked = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "A cat", content: { kind: "text", body: null }, flair_id: photo.id },
  });
  const seen = await carol.call("GET /posts/{postId}", { path: { postId: marked.id } });
  Assert.equal("posted with it", seen.flair, photo);
  await Assert.rejected("not of that community", 404, bob.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "cats" },
      body: { title: "A cat", content: { kind: "text", body: null }, flair_id: bark.id },
    },
  ));
  await Assert.rejected("for moderators only", 403, bob.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "cats" },
      body: { title: "A cat", content: { kind: "text", body: null }, flair_id: news.id },
    },
  ));
  await Assert.rejected("for those of the community", 403, carol.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "cats" },
      body: { title: "A cat", content: { kind: "text", body: null }, flair_id: news.id },
    },
  ));
  const official = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "News", content: { kind: "text", body: null }, flair_id: news.id },
  });
  const plain = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Plain", content: { kind: "text", body: null }, flair_id: null },
  });
  const told = await bob.call("GET /posts/{postId}", { path: { postId: official.id } });
  Assert.equal("moderators use theirs", told.flair, news);
  await bob.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: photo.id },
  });
  const photographed = await carol.call("GET /posts/{postId}", { path: { postId: plain.id } });
  Assert.equal("marked by the author", photographed.flair, photo);
  await Assert.rejected("not with that of moderators", 403, bob.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: news.id },
  }));
  await Assert.rejected("others mark nothing", 403, carol.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: photo.id },
  }));
  await Assert.rejected("nor take off", 403, carol.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: null },
  }));
  await Assert.rejected("flairs of others", 404, bob.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: bark.id },
  }));
  await Assert.rejected("no such post", 404, bob.call("PUT /posts/{postId}/flair", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { flair_id: null },
  }));
  await alice.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: news.id },
  });
  const announced = await carol.call("GET /posts/{postId}", { path: { postId: plain.id } });
  Assert.equal("marked by a moderator", announced.flair, news);
  await bob.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: null },
  });
  const bare = await carol.call("GET /posts/{postId}", { path: { postId: plain.id } });
  Assert.equal("taken off", bare.flair, null);
  const unchanged = await carol.call("GET /posts/{postId}", { path: { postId: marked.id } });
  Assert.equal("other posts keep theirs", unchanged.flair, photo);
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: plain.id } });
  await Assert.rejected("archived", 409, bob.call("PUT /posts/{postId}/flair", {
    path: { postId: plain.id },
    body: { flair_id: photo.id },
  }));
  await alice.call("DELETE /posts/{postId}", { path: { postId: official.id } });
  await Assert.rejected("deleted", 409, alice.call("PUT /posts/{postId}/flair", {
    path: { postId: official.id },
    body: { flair_id: null },
  }));
  const gone = await carol.call("GET /posts/{postId}", { path: { postId: official.id } });
  Assert.equal("deleted ones show none", gone.flair, null);
  await Assert.rejected("only moderators remove them", 403, bob.call(
    "DELETE /communities/{communityName}/flairs/{flairId}",
    { path: { communityName: "cats", flairId: photo.id } },
  ));
  await Assert.rejected("not those elsewhere", 403, carol.call(
    "DELETE /communities/{communityName}/flairs/{flairId}",
    { path: { communityName: "cats", flairId: photo.id } },
  ));
  await Assert.rejected("of another community", 404, alice.call(
    "DELETE /communities/{communityName}/flairs/{flairId}",
    { path: { communityName: "cats", flairId: bark.id } },
  ));
  await Assert.rejected("of no community", 404, alice.call(
    "DELETE /communities/{communityName}/flairs/{flairId}",
    { path: { communityName: "fish", flairId: photo.id } },
  ));
  await alice.call("DELETE /communities/{communityName}/flairs/{flairId}", {
    path: { communityName: "cats", flairId: photo.id },
  });
  const off = await carol.call("GET /posts/{postId}", { path: { postId: marked.id } });
  Assert.equal("off its posts", off, { ...seen, flair: null });
  const rest = await bob.call("GET /communities/{communityName}/flairs", {
    path: { communityName: "cats" },
  });
  Assert.equal("one is left", rest.data, [news]);
  await Assert.rejected("removed already", 404, alice.call(
    "DELETE /communities/{communityName}/flairs/{flairId}",
    { path: { communityName: "cats", flairId: photo.id } },
  ));
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: "Psst." } },
  });
  await Assert.rejected("private posts are not seen", 404, bob.call("PUT /posts/{postId}/flair", {
    path: { postId: secret.id },
    body: { flair_id: null },
  }));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Mine", content: { kind: "text", body: null }, flair_id: hidden.id },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: carolName, manages: true },
  });
  await Assert.rejected("who is only invited makes none", 403, carol.call(
    "POST /communities/{communityName}/flairs",
    {
      path: { communityName: "cats" },
      body: { text: "Mine", color: "#123456", moderators_only: false },
    },
  ));
  await Assert.rejected("nor removes any", 403, carol.call(
    "DELETE /communities/{communityName}/flairs/{flairId}",
    { path: { communityName: "cats", flairId: news.id } },
  ));
  await Assert.rejected("nor marks with it", 403, carol.call("PUT /posts/{postId}/flair", {
    path: { postId: marked.id },
    body: { flair_id: news.id },
  }));
  await Assert.rejected("nor posts with it", 403, carol.call(
    "POST /communities/{communityName}/posts",
    {
      path: { communityName: "cats" },
      body: { title: "A cat", content: { kind: "text", body: null }, flair_id: news.id },
    },
  ));
}
