export const scenario = "Authors edit their posts and delete them.";

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
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: "One." } },
  });
  const other = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Other", content: { kind: "text", body: "Other." } },
  });
  const before = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  await bob.call("PUT /posts/{postId}", { path: { postId: post.id }, body: { body: "Two." } });
  const edited = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("the new text", edited, {
    ...before,
    content: { kind: "text", body: "Two." },
    edited_at: edited.edited_at,
  });
  Assert.that("edited later", edited.edited_at !== null && edited.edited_at > edited.created_at);
  await Assert.rejected("the same text", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: post.id },
    body: { body: "Two." },
  }));
  await bob.call("PUT /posts/{postId}", { path: { postId: post.id }, body: { body: null } });
  await bob.call("PUT /posts/{postId}", { path: { postId: other.id }, body: { body: "More." } });
  const emptied = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("no text", emptied.content, { kind: "text", body: null });
  await Assert.rejected("no text again", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: post.id },
    body: { body: null },
  }));
  const revisions = await bob.call("GET /posts/{postId}/revisions", { path: { postId: post.id } });
  Assert.equal("what it said before", revisions.data, [
    { number: 1, body: "One.", replaced_at: edited.edited_at ?? "" },
    { number: 2, body: "Two.", replaced_at: emptied.edited_at ?? "" },
  ]);
  const read = await alice.call("GET /posts/{postId}/revisions", { path: { postId: post.id } });
  Assert.equal("moderators read them", read, revisions);
  await Assert.rejected("others do not", 403, carol.call("GET /posts/{postId}/revisions", {
    path: { postId: post.id },
  }));
  await Assert.rejected("of no post", 404, carol.call("GET /posts/{postId}/revisions", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
  }));
  await Assert.rejected("only the author edits", 403, alice.call("PUT /posts/{postId}", {
    path: { postId: post.id },
    body: { body: "Mine." },
  }));
  await Assert.rejected("no such post to edit", 404, bob.call("PUT /posts/{postId}", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { body: "Mine." },
  }));
  const link = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Link", content: { kind: "link", url: "https://example.com/" } },
  });
  await Assert.rejected("links are not edited", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: link.id },
    body: { body: "Text." },
  }));
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: other.id },
    body: { locked: true },
  });
  await Assert.rejected("locked", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: other.id },
    body: { body: "Again." },
  }));
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: other.id },
    body: { locked: false },
  });
  await bob.call("PUT /posts/{postId}", { path: { postId: other.id }, body: { body: "Again." } });
  const old = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Old", content: { kind: "text", body: "Old." } },
  });
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: old.id } });
  await Assert.rejected("archived", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: old.id },
    body: { body: "New." },
  }));
  const bad = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Bad", content: { kind: "text", body: "Bad." } },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: bad.id }, body: {} });
  await Assert.rejected("removed", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: bad.id },
    body: { body: "Good." },
  }));
  await Assert.rejected("others do not see it", 404, carol.call("PUT /posts/{postId}", {
    path: { postId: bad.id },
    body: { body: "Good." },
  }));
  const removed = await alice.call("GET /posts/{postId}/revisions", { path: { postId: bad.id } });
  Assert.equal("moderators see removed ones", removed.data.length, 0);
  const own = await bob.call("GET /posts/{postId}/revisions", { path: { postId: bad.id } });
  Assert.equal("authors do so too", own.data.length, 0);
  await Assert.rejected("moderators edit none", 403, alice.call("PUT /posts/{postId}", {
    path: { postId: bad.id },
    body: { body: "Good." },
  }));
  await Assert.rejected("nor its revisions", 404, carol.call("GET /posts/{postId}/revisions", {
    path: { postId: bad.id },
  }));
  await Assert.rejected("nor delete it", 404, carol.call("DELETE /posts/{postId}", {
    path: { postId: bad.id },
  }));
  await Assert.rejected("moderators delete nothing", 403, alice.call("DELETE /posts/{postId}", {
    path: { postId: post.id },
  }));
  await Assert.rejected("no such post to delete", 404, bob.call("DELETE /posts/{postId}", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
  }));
  await bob.call("DELETE /posts/{postId}", { path: { postId: post.id } });
  const gone = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("what is left", gone, {
    ...emptied,
    author: null,
    content: { kind: "gone" },
    status: "deleted",
  });
  await Assert.rejected("deleted already", 409, bob.call("DELETE /posts/{postId}", {
    path: { postId: post.id },
  }));
  await Assert.rejected("not edited any more", 409, bob.call("PUT /posts/{postId}", {
    path: { postId: post.id },
    body: { body: "Back." },
  }));
  const nothing = await alice.call("GET /posts/{postId}/revisions", { path: { postId: post.id } });
  Assert.equal("no revisions", nothing.data.length, 0);
  const kept = await alice.call("GET /posts/{postId}/revisions", { path: { postId: other.id } });
  Assert.equal("those of others stay", kept.data.map((one) => `${one.number} ${one.body ?? ""}`), [
    "1 Other.",
    "2 More.",
  ]);
  const stays = await carol.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("others stay", stays.status, "live");
  await bob.call("DELETE /posts/{postId}", { path: { postId: link.id } });
  const noLink = await carol.call("GET /posts/{postId}", { path: { postId: link.id } });
  Assert.equal("no link", noLink.content, { kind: "gone" });
  await bob.call("DELETE /posts/{postId}", { path: { postId: bad.id } });
  await Assert.rejected("removed and deleted", 404, carol.call("GET /posts/{postId}", {
    path: { postId: bad.id },
  }));
  const both = await bob.call("GET /posts/{postId}", { path: { postId: bad.id } });
  Assert.equal("the author sees that", [both.status === "deleted", both.author === null], [
    true,
    true,
  ]);
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: carolName },
  });
  const secret = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: "Psst." } },
  });
  await carol.call("PUT /posts/{postId}", {
    path: { postId: secret.id },
    body: { body: "Quiet." },
  });
  await Assert.rejected("private ones are not edited", 404, bob.call("PUT /posts/{postId}", {
    path: { postId: secret.id },
    body: { body: "Loud." },
  }));
  await Assert.rejected("private revisions are not seen", 404, bob.call(
    "GET /posts/{postId}/revisions",
    { path: { postId: secret.id } },
  ));
  await Assert.rejected("private ones are not deleted", 404, bob.call("DELETE /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("nor are they edited by who waits", 404, bob.call("PUT /posts/{postId}", {
    path: { postId: secret.id },
    body: { body: "Loud." },
  }));
  await Assert.rejected("nor deleted by who waits", 404, bob.call("DELETE /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("nor read before by who waits", 404, bob.call(
    "GET /posts/{postId}/revisions",
    { path: { postId: secret.id } },
  ));
  const quiet = await alice.call("GET /posts/{postId}/revisions", { path: { postId: secret.id } });
  Assert.equal("moderators see those", quiet.data.map((one) => one.body), ["Psst."]);
  await carol.call("DELETE /posts/{postId}", { path: { postId: secret.id } });
}
