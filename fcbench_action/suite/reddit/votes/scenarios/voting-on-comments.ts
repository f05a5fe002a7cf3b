export const scenario = "Users vote on comments, and the best come first.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
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
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/accounts/join", {
    body: { username: danName, email: `${danName}@example.com`, password: "correct horse" },
  });
  dan.authenticate(danJoined.token);
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
  const post = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  });
  const first = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "First." },
  });
  const second = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Second." },
  });
  const third = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Third." },
  });
  const low = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Low.", parent_id: first.id },
  });
  const high = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "High.", parent_id: first.id },
  });
  const none = await bob.call("GET /comments/{commentId}/vote", { path: { commentId: first.id } });
  Assert.equal("no votes", none, { up_votes: 0, down_votes: 0, score: 0, ratio: null, own: null });
  const up = await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: second.id },
    body: { value: 1 },
  });
  Assert.equal("an up vote", up, { up_votes: 1, down_votes: 0, score: 1, ratio: 1, own: 1 });
  const same = await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: second.id },
    body: { value: 1 },
  });
  Assert.equal("no second one", same, up);
  const down = await carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: second.id },
    body: { value: -1 },
  });
  Assert.equal("a down vote", down, { up_votes: 1, down_votes: 1, score: 0, ratio: 0.5, own: -1 });
  const read = await bob.call("GET /comments/{commentId}/vote", { path: { commentId: second.id } });
  Assert.equal("the own vote", read, { ...down, own: 1 });
  const hers = await carol.call("GET /comments/{commentId}/vote", {
    path: { commentId: second.id },
  });
  Assert.equal("of each", hers, down);
  const changed = await carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: second.id },
    body: { value: 1 },
  });
  Assert.equal("changed", changed, { up_votes: 2, down_votes: 0, score: 2, ratio: 1, own: 1 });
  await carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: second.id },
    body: { value: -1 },
  });
  await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: third.id },
    body: { value: 1 },
  });
  await carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: high.id },
    body: { value: 1 },
  });
  const top = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "top" },
  });
  Assert.equal("the best first", top.data.map((node) => node.comment.id), [
    third.id,
    first.id,
    second.id,
  ]);
  Assert.equal(
    "on every level",
    top.data.map((node) => node.replies.map((reply) => reply.comment.id)),
    [[], [high.id, low.id], []],
  );
  const usual = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: {},
  });
  Assert.equal("without an order as well", usual, top);
  const controversial = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "controversial" },
  });
  Assert.equal("most in dispute", controversial.data.map((node) => node.comment.id), [
    second.id,
    first.id,
    third.id,
  ]);
  Assert.equal("scores", controversial.data.map((node) => node.comment.score), [0, 0, 1]);
  const withdrawn = await bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: second.id },
  });
  Assert.equal("withdrawn", withdrawn, {
    up_votes: 0,
    down_votes: 1,
    score: -1,
    ratio: 0,
    own: null,
  });
  await Assert.rejected("no vote any more", 404, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: second.id },
  }));
  const kept = await bob.call("GET /comments/{commentId}/vote", { path: { commentId: third.id } });
  Assert.equal("the other vote stays", kept.own, 1);
  const others = await carol.call("GET /comments/{commentId}/vote", {
    path: { commentId: second.id },
  });
  Assert.equal("that of others too", others, { ...withdrawn, own: -1 });
  const last = await carol.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: second.id },
  });
  Assert.equal("none left", last, none);
  await Assert.rejected("no such comment to vote on", 404, bob.call(
    "PUT /comments/{commentId}/vote",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" }, body: { value: 1 } },
  ));
  await Assert.rejected("no such comment to withdraw from", 404, bob.call(
    "DELETE /comments/{commentId}/vote",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" } },
  ));
  await Assert.rejected("no such comment to read", 404, bob.call("GET /comments/{commentId}/vote", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
  }));
  await Assert.rejected("not on what is yours", 403, alice.call("PUT /comments/{commentId}/vote", {
    path: { commentId: first.id },
    body: { value: 1 },
  }));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Because.", minutes: 9 },
  });
  await Assert.rejected("the banned", 403, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: third.id },
    body: { value: -1 },
  }));
  await Assert.rejected("who withdraw nothing", 403, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: third.id },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Because." },
  });
  await Assert.rejected("the banned for good", 403, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: third.id },
    body: { value: -1 },
  }));
  await Assert.rejected("nor do they withdraw", 403, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: third.id },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: carolName },
    body: { reason: "Because." },
  });
  await carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: third.id },
    body: { value: 1 },
  });
  await carol.call("DELETE /comments/{commentId}/vote", { path: { commentId: third.id } });
  const dog = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Dog", content: { kind: "text", body: null } },
  });
  const wuff = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: dog.id },
    body: { body: "Wuff." },
  });
  const outsider = await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: wuff.id },
    body: { value: 1 },
  });
  Assert.equal("outsiders vote", outsider.up_votes, 1);
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: true },
  });
  await Assert.rejected("closed", 409, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: wuff.id },
    body: { value: -1 },
  }));
  await Assert.rejected("for good", 409, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: wuff.id },
  }));
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const psst = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private ones", 404, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: psst.id },
    body: { value: 1 },
  }));
  await Assert.rejected("nor are they read", 404, bob.call("GET /comments/{commentId}/vote", {
    path: { commentId: psst.id },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: psst.id },
    body: { value: 1 },
  });
  const inside = await bob.call("GET /comments/{commentId}/vote", { path: { commentId: psst.id } });
  Assert.equal("members vote", inside.score, 1);
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "den", username: bobName },
    body: { reason: "Because.", minutes: 1 },
  });
  await Assert.rejected("who is out does not see it", 404, bob.call(
    "DELETE /comments/{commentId}/vote",
    { path: { commentId: psst.id } },
  ));
  await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: low.id },
    body: { value: 1 },
  });
  await alice.call("DELETE /comments/{commentId}", { path: { commentId: low.id } });
  await Assert.rejected("deleted", 409, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: low.id },
    body: { value: -1 },
  }));
  await Assert.rejected("with its votes", 409, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: low.id },
  }));
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: high.id } });
  await Assert.rejected("removed", 409, carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: high.id },
    body: { value: -1 },
  }));
  await Assert.rejected("and stays so", 409, carol.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: high.id },
  }));
  const lost = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Lost", content: { kind: "text", body: null } },
  });
  const found = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: lost.id },
    body: { body: "Found." },
  });
  await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: found.id },
    body: { value: 1 },
  });
  await carol.call("PUT /comments/{commentId}/vote", {
    path: { commentId: found.id },
    body: { value: 1 },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: lost.id }, body: {} });
  await Assert.rejected("on removed posts", 409, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: found.id },
    body: { value: -1 },
  }));
  await Assert.rejected("nothing is withdrawn", 409, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: found.id },
  }));
  await Assert.rejected("which others do not see", 404, carol.call(
    "PUT /comments/{commentId}/vote",
    { path: { commentId: found.id }, body: { value: -1 } },
  ));
  await Assert.rejected("nor withdraw", 404, carol.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: found.id },
  }));
  await Assert.rejected("nor read", 404, carol.call("GET /comments/{commentId}/vote", {
    path: { commentId: found.id },
  }));
  const still = await alice.call("GET /comments/{commentId}/vote", {
    path: { commentId: found.id },
  });
  Assert.equal("moderators read on", still.up_votes, 2);
  const seen = await bob.call("GET /comments/{commentId}/vote", { path: { commentId: found.id } });
  Assert.equal("and the author of the post", seen.own, 1);
  const away = await dan.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Away", content: { kind: "text", body: null } },
  });
  const stay = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: away.id },
    body: { body: "Stay." },
  });
  await bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: stay.id },
    body: { value: 1 },
  });
  await dan.call("DELETE /posts/{postId}", { path: { postId: away.id } });
  await Assert.rejected("on deleted posts", 409, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: stay.id },
    body: { value: -1 },
  }));
  await Assert.rejected("nothing is withdrawn there", 409, bob.call(
    "DELETE /comments/{commentId}/vote",
    { path: { commentId: stay.id } },
  ));
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: post.id } });
  await Assert.rejected("archived", 409, bob.call("PUT /comments/{commentId}/vote", {
    path: { commentId: third.id },
    body: { value: -1 },
  }));
  await Assert.rejected("as it is", 409, bob.call("DELETE /comments/{commentId}/vote", {
    path: { commentId: third.id },
  }));
}
