export const scenario = "Readers save posts with notes and find them again.";

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
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const cat = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "A CAT", content: { kind: "link", url: "https://example.com/" } },
  });
  const tom = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Tom", content: { kind: "text", body: null } },
  });
  const kit = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Kit", content: { kind: "poll", options: ["Yes", "No"], minutes: 5 } },
  });
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /posts/{postId}/save", { path: { postId: cat.id }, body: {} });
  await bob.call("PUT /posts/{postId}/save", {
    path: { postId: tom.id },
    body: { note: "For the Cat's sake." },
  });
  await bob.call("PUT /posts/{postId}/save", { path: { postId: secret.id }, body: { note: null } });
  await carol.call("PUT /posts/{postId}/save", {
    path: { postId: kit.id },
    body: { note: "Hers." },
  });
  await carol.call("PUT /posts/{postId}/save", {
    path: { postId: cat.id },
    body: { note: "Mine." },
  });
  const all = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("the last first", all.data.map((save) => save.post.title), [
    "Secret",
    "Tom",
    "A CAT",
  ]);
  Assert.equal("notes", all.data.map((save) => save.note ?? "none"), [
    "none",
    "For the Cat's sake.",
    "none",
  ]);
  Assert.equal("where", all.data.map((save) => `${save.post.kind} ${save.post.community}`), [
    "text den",
    "text cats",
    "link cats",
  ]);
  Assert.equal("one page", all.pagination, { current: 1, limit: 20, records: 3, pages: 1 });
  const seen = await bob.call("GET /posts/{postId}", { path: { postId: cat.id } });
  const last = List.at(all.data, 2);
  Assert.equal("shortly", last?.post ?? null, {
    id: cat.id,
    community: "cats",
    number: 1,
    title: "A CAT",
    kind: "link",
    author: { id: carolJoined.account.id, username: carolName },
    score: 0,
    comments: 0,
    created_at: seen.created_at,
  });
  const text = await bob.call("PATCH /accounts/me/saves", { body: { search: "cAt" } });
  Assert.equal("in title and note whatever the case", text.data.map((save) => save.post.id), [
    tom.id,
    cat.id,
  ]);
  const page = await bob.call("PATCH /accounts/me/saves", { body: { page: 2, limit: 2 } });
  Assert.equal("the second page", page, {
    pagination: { current: 2, limit: 2, records: 3, pages: 2 },
    data: all.data.slice(2),
  });
  const two = await bob.call("PATCH /accounts/me/saves", { body: { limit: 2 } });
  Assert.equal("two on the first", two.data, all.data.slice(0, 2));
  const hers = await carol.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal(
    "others have their own",
    hers.data.map((save) => `${save.post.title} ${save.note ?? ""}`),
    ["A CAT Mine.", "Kit Hers."],
  );
  Assert.equal("a poll", hers.data.map((save) => `${save.post.kind}`), ["link", "poll"]);
  await bob.call("PUT /posts/{postId}/save", {
    path: { postId: cat.id },
    body: { note: "Again." },
  });
  const again = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal(
    "the note changes and not the order",
    again.data.map((save) => `${save.post.title} ${save.note ?? ""}`),
    ["Secret ", "Tom For the Cat's sake.", "A CAT Again."],
  );
  Assert.equal("nor when it was saved", again.data.map((save) => save.saved_at), all.data.map(
    (save) => save.saved_at,
  ));
  await bob.call("PUT /posts/{postId}/save", { path: { postId: tom.id }, body: {} });
  const emptied = await bob.call("PATCH /accounts/me/saves", { body: { search: "again" } });
  Assert.equal("by the note", emptied.data.map((save) => save.post.id), [cat.id]);
  const sakes = await bob.call("PATCH /accounts/me/saves", { body: { search: "sake" } });
  Assert.equal("no note any more", sakes.data.length, 0);
  await bob.call("PUT /accounts/{username}/block", { path: { username: aliceName } });
  const blocked = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("blocked authors stay", blocked.data.length, 3);
  await Assert.rejected("no such post", 404, bob.call("PUT /posts/{postId}/save", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: {},
  }));
  await Assert.rejected("private ones", 404, carol.call("PUT /posts/{postId}/save", {
    path: { postId: secret.id },
    body: {},
  }));
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  await Assert.rejected("while one waits", 404, carol.call("PUT /posts/{postId}/save", {
    path: { postId: secret.id },
    body: {},
  }));
  await Assert.rejected("not saved", 404, carol.call("DELETE /posts/{postId}/save", {
    path: { postId: tom.id },
  }));
  await bob.call("DELETE /posts/{postId}/save", { path: { postId: cat.id } });
  await Assert.rejected("not saved any more", 404, bob.call("DELETE /posts/{postId}/save", {
    path: { postId: cat.id },
  }));
  const less = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("two are left", less.data.map((save) => save.post.id), [secret.id, tom.id]);
  const kept = await carol.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("hers stay", kept, hers);
  const bad = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Bad", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /posts/{postId}/save", { path: { postId: bad.id }, body: {} });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: bad.id }, body: {} });
  await Assert.rejected("removed ones are not seen", 404, bob.call("PUT /posts/{postId}/save", {
    path: { postId: bad.id },
    body: {},
  }));
  await carol.call("PUT /posts/{postId}/save", { path: { postId: bad.id }, body: {} });
  await alice.call("PUT /posts/{postId}/save", { path: { postId: bad.id }, body: {} });
  const removed = await carol.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("nor found by their author", removed, hers);
  await bob.call("DELETE /posts/{postId}/save", { path: { postId: bad.id } });
  await alice.call("DELETE /posts/{postId}", { path: { postId: kit.id } });
  await Assert.rejected("deleted", 409, bob.call("PUT /posts/{postId}/save", {
    path: { postId: kit.id },
    body: {},
  }));
  const gone = await carol.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("deleted ones are left out", gone.data.map((save) => save.post.id), [cat.id]);
  await carol.call("DELETE /posts/{postId}/save", { path: { postId: kit.id } });
  await bob.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  const out = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("and what is not seen", out.data.map((save) => save.post.id), [tom.id]);
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  const waits = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("also while one waits", waits, out);
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const back = await bob.call("PATCH /accounts/me/saves", { body: {} });
  Assert.equal("until one is back", back.data.map((save) => save.post.id), [secret.id, tom.id]);
}
