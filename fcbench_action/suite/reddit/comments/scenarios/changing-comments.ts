export const scenario = "Authors edit and delete their comments.";

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
  await carol.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  const post = await carol.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: "I am new." } },
  });
  const first = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One." },
  });
  const other = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Other." },
  });
  const reply = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Yes.", parent_id: first.id },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: first.id },
    body: { body: "Two." },
  });
  const edited = await carol.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("the new text", edited, {
    ...first,
    body: "Two.",
    reply_count: 1,
    edited_at: edited.edited_at,
  });
  Assert.that("edited later", edited.edited_at !== null && edited.edited_at > edited.created_at);
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: other.id },
    body: { body: "More." },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: first.id },
    body: { body: "Three." },
  });
  const again = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  await Assert.rejected("the same text", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: first.id },
    body: { body: "Three." },
  }));
  const revisions = await bob.call("GET /comments/{commentId}/revisions", {
    path: { commentId: first.id },
  });
  Assert.equal("what it said before", revisions.data, [
    { number: 1, body: "One.", replaced_at: edited.edited_at ?? "" },
    { number: 2, body: "Two.", replaced_at: again.edited_at ?? "" },
  ]);
  const read = await alice.call("GET /comments/{commentId}/revisions", {
    path: { commentId: first.id },
  });
  Assert.equal("moderators read them", read, revisions);
  await Assert.rejected("others do not", 403, carol.call("GET /comments/{commentId}/revisions", {
    path: { commentId: first.id },
  }));
  await Assert.rejected("no such comment to read", 404, carol.call(
    "GET /comments/{commentId}/revisions",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" } },
  ));
  await Assert.rejected("only the author edits", 403, alice.call("PUT /comments/{commentId}", {
    path: { commentId: first.id },
    body: { body: "Mine." },
  }));
  await Assert.rejected("no such comment to edit", 404, bob.call("PUT /comments/{commentId}", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
    body: { body: "Mine." },
  }));
  await Assert.rejected("only the author deletes", 403, alice.call("DELETE /comments/{commentId}", {
    path: { commentId: first.id },
  }));
  await Assert.rejected("no such comment to delete", 404, bob.call("DELETE /comments/{commentId}", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
  }));
  const before = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: first.id } });
  const gone = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("what is left", gone, { ...again, author: null, body: null, deleted: true });
  await Assert.rejected("deleted already", 409, bob.call("DELETE /comments/{commentId}", {
    path: { commentId: first.id },
  }));
  await Assert.rejected("not edited any more", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: first.id },
    body: { body: "Back." },
  }));
  const nothing = await alice.call("GET /comments/{commentId}/revisions", {
    path: { commentId: first.id },
  });
  Assert.equal("no revisions", nothing.data.length, 0);
  const kept = await bob.call("GET /comments/{commentId}/revisions", {
    path: { commentId: other.id },
  });
  Assert.equal("those of others stay", kept.data.map((one) => `${one.number} ${one.body}`), [
    "1 Other.",
  ]);
  const stays = await bob.call("GET /comments/{commentId}", { path: { commentId: reply.id } });
  Assert.equal("replies stay", stays, reply);
  const after = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("one less", [before.comments, after.comments], [3, 2]);
  const bad = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Bad." },
  });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: bad.id } });
  await Assert.rejected("removed ones are not edited", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: bad.id },
    body: { body: "Good." },
  }));
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: bad.id } });
  const same = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("it did not count any more", same.comments, 2);
  const both = await alice.call("GET /comments/{commentId}", { path: { commentId: bad.id } });
  Assert.equal("deleted above all", [both.removed, both.deleted, both.body === null], [
    true,
    true,
    true,
  ]);
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const psst = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "den" },
  });
  await Assert.rejected("private ones are not edited", 404, carol.call(
    "PUT /comments/{commentId}",
    { path: { commentId: psst.id }, body: { body: "Mine." } },
  ));
  await Assert.rejected("nor deleted", 404, carol.call("DELETE /comments/{commentId}", {
    path: { commentId: psst.id },
  }));
  await Assert.rejected("nor read before", 404, carol.call("GET /comments/{commentId}/revisions", {
    path: { commentId: psst.id },
  }));
  await Assert.rejected("nor read", 404, carol.call("GET /comments/{commentId}", {
    path: { commentId: psst.id },
  }));
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: psst.id },
    body: { body: "Pssst." },
  });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: psst.id } });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: post.id }, body: {} });
  await Assert.rejected("posts that are not seen", 404, bob.call("PUT /comments/{commentId}", {
    path: { commentId: other.id },
    body: { body: "Again." },
  }));
  await Assert.rejected("nothing deleted there", 404, bob.call("DELETE /comments/{commentId}", {
    path: { commentId: other.id },
  }));
  await Assert.rejected("nothing read there", 404, bob.call("GET /comments/{commentId}/revisions", {
    path: { commentId: other.id },
  }));
  const own = await carol.call("GET /comments/{commentId}/revisions", {
    path: { commentId: reply.id },
  });
  Assert.equal("but by the author of the post", own.data.length, 0);
  await carol.call("PUT /comments/{commentId}", {
    path: { commentId: reply.id },
    body: { body: "Sure." },
  });
  const mod = await alice.call("GET /comments/{commentId}/revisions", {
    path: { commentId: reply.id },
  });
  Assert.equal("and by moderators", mod.data.map((one) => one.body), ["Yes."]);
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: post.id } });
  await Assert.rejected("archived", 409, carol.call("PUT /comments/{commentId}", {
    path: { commentId: reply.id },
    body: { body: "Old." },
  }));
  await carol.call("DELETE /comments/{commentId}", { path: { commentId: reply.id } });
}
