export const scenario = "Users comment on posts and reply to each other.";

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
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: "I am new." } },
  });
  const other = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Rules", content: { kind: "text", body: "Be kind." } },
  });
  const first = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Welcome!" },
  });
  Assert.equal("the comment", first, {
    id: first.id,
    post_id: post.id,
    parent_id: null,
    number: 1,
    depth: 0,
    author: { id: carolJoined.account.id, username: carolName },
    body: "Welcome!",
    official: false,
    score: 0,
    reply_count: 0,
    collapsed: false,
    removed: false,
    deleted: false,
    created_at: first.created_at,
    edited_at: null,
  });
  const read = await alice.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("as it was answered", read, first);
  const second = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Thanks.", parent_id: first.id },
  });
  Assert.equal("a reply", second, {
    ...first,
    id: second.id,
    parent_id: first.id,
    number: 2,
    depth: 1,
    author: { id: bobJoined.account.id, username: bobName },
    body: "Thanks.",
    created_at: second.created_at,
  });
  const elsewhere = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Sure." },
  });
  Assert.equal("numbered per post", elsewhere.number, 1);
  const third = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Two.", parent_id: second.id },
  });
  const fourth = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Three.", parent_id: third.id },
  });
  const fifth = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Four.", parent_id: fourth.id },
  });
  const sixth = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Five.", parent_id: fifth.id },
  });
  Assert.equal("as deep as it goes", sixth.depth, 5);
  await Assert.rejected("no deeper", 409, carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Six.", parent_id: sixth.id },
  }));
  await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hi.", parent_id: first.id },
  });
  const replied = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("two direct replies", replied, { ...first, reply_count: 2 });
  const leaf = await bob.call("GET /comments/{commentId}", { path: { commentId: sixth.id } });
  Assert.equal("none", leaf.reply_count, 0);
  const counted = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("all are counted", counted.comments, 7);
  const one = await bob.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("per post", one.comments, 1);
  await Assert.rejected("a parent on another post", 404, bob.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Hm.", parent_id: first.id },
  }));
  await Assert.rejected("no such post", 404, bob.call("POST /posts/{postId}/comments", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { body: "Hm." },
  }));
  await Assert.rejected("no such comment", 404, bob.call("GET /comments/{commentId}", {
    path: { commentId: "00000001-0000-4000-8000-000000000000" },
  }));
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: third.id } });
  await Assert.rejected("a removed parent", 409, bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm.", parent_id: third.id },
  }));
  await carol.call("DELETE /comments/{commentId}", { path: { commentId: fifth.id } });
  await Assert.rejected("a deleted parent", 409, bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm.", parent_id: fifth.id },
  }));
  const later = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Later." },
  });
  Assert.equal("numbered on", later.number, 8);
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
    body: { reason: "Barks.", minutes: 9 },
  });
  await Assert.rejected("the banned", 403, carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm." },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
    body: { reason: "Barks." },
  });
  await Assert.rejected("for good", 403, carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm." },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
  });
  await carol.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Back." },
  });
  const dog = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Dogs", content: { kind: "text", body: null } },
  });
  await Assert.rejected("outsiders", 403, bob.call("POST /posts/{postId}/comments", {
    path: { postId: dog.id },
    body: { body: "Wuff." },
  }));
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await Assert.rejected("who waits", 403, bob.call("POST /posts/{postId}/comments", {
    path: { postId: dog.id },
    body: { body: "Wuff." },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "dogs", username: bobName },
  });
  const wuff = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: dog.id },
    body: { body: "Wuff." },
  });
  const heard = await carol.call("GET /comments/{commentId}", { path: { commentId: wuff.id } });
  Assert.equal("heard by all", heard.body, "Wuff.");
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const psst = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await Assert.rejected("private posts", 404, bob.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "What?" },
  }));
  await Assert.rejected("private comments", 404, bob.call("GET /comments/{commentId}", {
    path: { commentId: psst.id },
  }));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("private posts while waiting", 404, bob.call(
    "POST /posts/{postId}/comments",
    { path: { postId: secret.id }, body: { body: "What?" } },
  ));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  const what = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "What?" },
  });
  Assert.equal("members do", what.number, 2);
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: true },
  });
  await Assert.rejected("locked", 409, bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm." },
  }));
  const official = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Enough." },
  });
  Assert.equal("moderators go on", official.number, 9);
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: other.id } });
  await Assert.rejected("archived", 409, alice.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Hm." },
  }));
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: false },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: post.id }, body: {} });
  await Assert.rejected("removed", 409, bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm." },
  }));
  await Assert.rejected("not seen", 404, carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Hm." },
  }));
  await Assert.rejected("nor its comments", 404, carol.call("GET /comments/{commentId}", {
    path: { commentId: first.id },
  }));
  const still = await bob.call("GET /comments/{commentId}", { path: { commentId: first.id } });
  Assert.equal("but for its author", still.body, "Welcome!");
  await bob.call("DELETE /posts/{postId}", { path: { postId: post.id } });
  const gone = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Gone", content: { kind: "text", body: null } },
  });
  await bob.call("DELETE /posts/{postId}", { path: { postId: gone.id } });
  await Assert.rejected("deleted", 409, alice.call("POST /posts/{postId}/comments", {
    path: { postId: gone.id },
    body: { body: "Hm." },
  }));
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: true },
  });
  await Assert.rejected("closed", 409, bob.call("POST /posts/{postId}/comments", {
    path: { postId: dog.id },
    body: { body: "Wuff." },
  }));
}
