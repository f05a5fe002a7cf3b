export const scenario = "Users vote on posts, change their minds and withdraw.";

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
  const post = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  });
  const other = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Other", content: { kind: "text", body: null } },
  });
  const none = await bob.call("GET /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("no votes", none, { up_votes: 0, down_votes: 0, score: 0, ratio: null, own: null });
  const up = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: 1 },
  });
  Assert.equal("an up vote", up, { up_votes: 1, down_votes: 0, score: 1, ratio: 1, own: 1 });
  const again = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: 1 },
  });
  Assert.equal("no second one", again, up);
  const down = await carol.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: -1 },
  });
  Assert.equal("a down vote", down, { up_votes: 1, down_votes: 1, score: 0, ratio: 0.5, own: -1 });
  const read = await bob.call("GET /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("the own vote", read, { ...down, own: 1 });
  const carols = await carol.call("GET /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("is that of each", carols, down);
  const strange = await alice.call("GET /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("or none", strange, { ...down, own: null });
  const changed = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: -1 },
  });
  Assert.equal("changed", changed, { up_votes: 0, down_votes: 2, score: -2, ratio: 0, own: -1 });
  const seen = await alice.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("the score", seen.score, -2);
  const back = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: 1 },
  });
  Assert.equal("and back", back, { up_votes: 1, down_votes: 1, score: 0, ratio: 0.5, own: 1 });
  const withdrawn = await carol.call("DELETE /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("withdrawn", withdrawn, {
    up_votes: 1,
    down_votes: 0,
    score: 1,
    ratio: 1,
    own: null,
  });
  await Assert.rejected("no vote any more", 404, carol.call("DELETE /posts/{postId}/vote", {
    path: { postId: post.id },
  }));
  const gone = await carol.call("GET /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("nor seen", gone, withdrawn);
  const apart = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: other.id },
    body: { value: -1 },
  });
  Assert.equal("other posts apart", apart.down_votes, 1);
  const rest = await bob.call("DELETE /posts/{postId}/vote", { path: { postId: post.id } });
  Assert.equal("none left", rest, none);
  const kept = await bob.call("GET /posts/{postId}/vote", { path: { postId: other.id } });
  Assert.equal("the other vote stays", kept, apart);
  await Assert.rejected("no such post to vote on", 404, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { value: 1 },
  }));
  await Assert.rejected("no such post to withdraw from", 404, bob.call(
    "DELETE /posts/{postId}/vote",
    { path: { postId: "00000001-0000-4000-8000-000000000000" } },
  ));
  await Assert.rejected("no such post to read", 404, bob.call("GET /posts/{postId}/vote", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
  }));
  await Assert.rejected("not on what is yours", 403, alice.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: 1 },
  }));
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: post.id }, body: { value: 1 } });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Because.", minutes: 9 },
  });
  await Assert.rejected("the banned", 403, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: -1 },
  }));
  await Assert.rejected("who withdraw nothing", 403, bob.call("DELETE /posts/{postId}/vote", {
    path: { postId: post.id },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
    body: { reason: "Because." },
  });
  await Assert.rejected("the banned for good", 403, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: -1 },
  }));
  await Assert.rejected("nor do they withdraw", 403, bob.call("DELETE /posts/{postId}/vote", {
    path: { postId: post.id },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: carolName },
    body: { reason: "Because." },
  });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: post.id }, body: { value: -1 } });
  await carol.call("DELETE /posts/{postId}/vote", { path: { postId: post.id } });
  const dog = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Dog", content: { kind: "text", body: null } },
  });
  const outsider = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: dog.id },
    body: { value: 1 },
  });
  Assert.equal("outsiders vote", outsider.up_votes, 1);
  await Assert.rejected("but not the banned", 403, carol.call("PUT /posts/{postId}/vote", {
    path: { postId: dog.id },
    body: { value: 1 },
  }));
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: true },
  });
  await Assert.rejected("closed", 409, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: dog.id },
    body: { value: -1 },
  }));
  await Assert.rejected("for good", 409, bob.call("DELETE /posts/{postId}/vote", {
    path: { postId: dog.id },
  }));
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private posts", 404, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: secret.id },
    body: { value: 1 },
  }));
  await Assert.rejected("nor are they read", 404, bob.call("GET /posts/{postId}/vote", {
    path: { postId: secret.id },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("PUT /posts/{postId}/vote", { path: { postId: secret.id }, body: { value: 1 } });
  const inside = await bob.call("GET /posts/{postId}/vote", { path: { postId: secret.id } });
  Assert.equal("members vote", inside.score, 1);
  await Assert.rejected("others still do not", 404, carol.call("GET /posts/{postId}/vote", {
    path: { postId: secret.id },
  }));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "den", username: bobName },
    body: { reason: "Because.", minutes: 1 },
  });
  await Assert.rejected("who is out does not see it", 404, bob.call("DELETE /posts/{postId}/vote", {
    path: { postId: secret.id },
  }));
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: true },
  });
  const locked = await bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: -1 },
  });
  Assert.equal("locked posts take votes", locked.own, -1);
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: post.id } });
  await Assert.rejected("archived", 409, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: post.id },
    body: { value: 1 },
  }));
  await Assert.rejected("as it is", 409, bob.call("DELETE /posts/{postId}/vote", {
    path: { postId: post.id },
  }));
  const bad = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Bad", content: { kind: "text", body: null } },
  });
  await alice.call("PUT /posts/{postId}/vote", { path: { postId: bad.id }, body: { value: 1 } });
  await carol.call("PUT /posts/{postId}/vote", { path: { postId: bad.id }, body: { value: 1 } });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: bad.id }, body: {} });
  await Assert.rejected("removed", 409, alice.call("PUT /posts/{postId}/vote", {
    path: { postId: bad.id },
    body: { value: -1 },
  }));
  await Assert.rejected("with its votes", 409, alice.call("DELETE /posts/{postId}/vote", {
    path: { postId: bad.id },
  }));
  await Assert.rejected("and not seen", 404, carol.call("PUT /posts/{postId}/vote", {
    path: { postId: bad.id },
    body: { value: -1 },
  }));
  await Assert.rejected("by others", 404, carol.call("DELETE /posts/{postId}/vote", {
    path: { postId: bad.id },
  }));
  await Assert.rejected("nor read by others", 404, carol.call("GET /posts/{postId}/vote", {
    path: { postId: bad.id },
  }));
  const still = await alice.call("GET /posts/{postId}/vote", { path: { postId: bad.id } });
  Assert.equal("moderators read on", still.up_votes, 2);
  const own = await bob.call("GET /posts/{postId}/vote", { path: { postId: bad.id } });
  Assert.equal("and the author", own, { ...still, own: null });
  await alice.call("DELETE /posts/{postId}", { path: { postId: other.id } });
  await Assert.rejected("deleted", 409, bob.call("PUT /posts/{postId}/vote", {
    path: { postId: other.id },
    body: { value: 1 },
  }));
  await Assert.rejected("and stays so", 409, bob.call("DELETE /posts/{postId}/vote", {
    path: { postId: other.id },
  }));
}
