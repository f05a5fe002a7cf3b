export const scenario = "Users cast ballots in polls and change them until the poll closes.";

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
    body: {
      title: "Which?",
      content: { kind: "poll", options: ["Tom", "Abby", "Kim"], minutes: 1 },
    },
  });
  const other = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "And?", content: { kind: "poll", options: ["Yes", "No"], minutes: 60 } },
  });
  const seen = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  const options = seen.content.kind === "poll" ? seen.content.options : [];
  const otherSeen = await bob.call("GET /posts/{postId}", { path: { postId: other.id } });
  const otherOptions = otherSeen.content.kind === "poll" ? otherSeen.content.options : [];
  const tom = List.at(options, 0)?.id ?? "";
  const abby = List.at(options, 1)?.id ?? "";
  const yes = List.at(otherOptions, 0)?.id ?? "";
  Assert.equal("the poll", seen.content, {
    kind: "poll",
    closes_at: Time.addSeconds(seen.created_at, 60),
    chosen_id: null,
    options: [
      { id: tom, text: "Tom", ballots: null },
      { id: abby, text: "Abby", ballots: null },
      { id: List.at(options, 2)?.id ?? "", text: "Kim", ballots: null },
    ],
  });
  await bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: post.id },
    body: { option_id: tom },
  });
  await carol.call("PUT /posts/{postId}/ballot", {
    path: { postId: post.id },
    body: { option_id: tom },
  });
  await carol.call("PUT /posts/{postId}/ballot", {
    path: { postId: other.id },
    body: { option_id: yes },
  });
  const voted = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal(
    "whoever has cast one sees all",
    voted.content.kind === "poll" ? voted.content.options.map((one) => one.ballots) : [],
    [2, 0, 0],
  );
  Assert.equal("and the own", voted.content.kind === "poll" ? voted.content.chosen_id : null, tom);
  const outside = await alice.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("others do not", outside.content, seen.content);
  const apart = await bob.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("nor elsewhere", apart.content, otherSeen.content);
  await bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: post.id },
    body: { option_id: abby },
  });
  await bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: post.id },
    body: { option_id: abby },
  });
  const changed = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal(
    "changed",
    changed.content.kind === "poll" ? changed.content.options.map((one) => one.ballots) : [],
    [1, 1, 0],
  );
  Assert.equal(
    "the new choice",
    changed.content.kind === "poll" ? changed.content.chosen_id : null,
    abby,
  );
  const carols = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal(
    "others keep theirs",
    carols.content.kind === "poll" ? carols.content.chosen_id : null,
    tom,
  );
  await Assert.rejected("an option of another poll", 404, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: post.id },
    body: { option_id: yes },
  }));
  await Assert.rejected("no such post", 404, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { option_id: yes },
  }));
  const text = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Text", content: { kind: "text", body: null } },
  });
  await Assert.rejected("no poll", 409, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: text.id },
    body: { option_id: yes },
  }));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
    body: { reason: "Because." },
  });
  await Assert.rejected("the banned", 403, dan.call("PUT /posts/{postId}/ballot", {
    path: { postId: other.id },
    body: { option_id: yes },
  }));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
  });
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: danName },
    body: { reason: "Because.", minutes: 90 },
  });
  await dan.call("PUT /posts/{postId}/ballot", {
    path: { postId: other.id },
    body: { option_id: yes },
  });
  const three = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "dogs" },
    body: { title: "Which?", content: { kind: "poll", options: ["One", "Two"], minutes: 60 } },
  });
  const dogs = await bob.call("GET /posts/{postId}", { path: { postId: three.id } });
  const one = List.at(dogs.content.kind === "poll" ? dogs.content.options : [], 0)?.id ?? "";
  await Assert.rejected("outsiders", 403, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: three.id },
    body: { option_id: one },
  }));
  await Assert.rejected("the banned for a while", 403, dan.call("PUT /posts/{postId}/ballot", {
    path: { postId: three.id },
    body: { option_id: one },
  }));
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await Assert.rejected("who waits", 403, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: three.id },
    body: { option_id: one },
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "dogs", username: bobName },
  });
  await bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: three.id },
    body: { option_id: one },
  });
  const member = await bob.call("GET /posts/{postId}", { path: { postId: three.id } });
  Assert.equal("members do", member.content.kind === "poll" ? member.content.chosen_id : null, one);
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Which?", content: { kind: "poll", options: ["One", "Two"], minutes: 60 } },
  });
  await Assert.rejected("private ones are not seen", 404, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: secret.id },
    body: { option_id: one },
  }));
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: true },
  });
  await Assert.rejected("the community is closed", 409, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: three.id },
    body: { option_id: one },
  }));
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: other.id }, body: {} });
  await Assert.rejected("removed", 409, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: other.id },
    body: { option_id: yes },
  }));
  await Assert.rejected("others do not see that", 404, carol.call("PUT /posts/{postId}/ballot", {
    path: { postId: other.id },
    body: { option_id: yes },
  }));
  const fourth = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Old?", content: { kind: "poll", options: ["Old", "New"], minutes: 60 } },
  });
  const old = await bob.call("GET /posts/{postId}", { path: { postId: fourth.id } });
  const choice = List.at(old.content.kind === "poll" ? old.content.options : [], 1)?.id ?? "";
  await bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: fourth.id },
    body: { option_id: choice },
  });
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: fourth.id } });
  await Assert.rejected("archived", 409, carol.call("PUT /posts/{postId}/ballot", {
    path: { postId: fourth.id },
    body: { option_id: choice },
  }));
  await bob.call("DELETE /posts/{postId}", { path: { postId: fourth.id } });
  await Assert.rejected("deleted", 409, carol.call("PUT /posts/{postId}/ballot", {
    path: { postId: fourth.id },
    body: { option_id: choice },
  }));
  const rest = await bob.call("GET /posts/{postId}", { path: { postId: three.id } });
  Assert.equal("other polls stay", rest.content, member.content);
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("nor seen by who waits", 404, bob.call("PUT /posts/{postId}/ballot", {
    path: { postId: secret.id },
    body: { option_id: one },
  }));
  const inside = await alice.call("GET /posts/{postId}", { path: { postId: secret.id } });
  const two = List.at(inside.content.kind === "poll" ? inside.content.options : [], 1)?.id ?? "";
  await alice.call("PUT /posts/{postId}/ballot", {
    path: { postId: secret.id },
    body: { option_id: two },
  });
  const removed = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Removed?", content: { kind: "poll", options: ["Yes", "No"], minutes: 60 } },
  });
  const removedSeen = await bob.call("GET /posts/{postId}", { path: { postId: removed.id } });
  const no = List.at(removedSeen.content.kind === "poll" ? removedSeen.content.options : [], 1)?.id
    ?? "";
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: removed.id }, body: {} });
  await Assert.rejected("removed for moderators too", 409, alice.call(
    "PUT /posts/{postId}/ballot",
    { path: { postId: removed.id }, body: { option_id: no } },
  ));
  for (const turn of List.repeat(8, (index) => index)) {
    const waiting = await dan.call("GET /posts/{postId}", { path: { postId: text.id } });
    Assert.that("time goes by", (waiting.comments === 0 && turn < 8));
  }
  const closed = await alice.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal(
    "everybody sees it once it is closed",
    closed.content.kind === "poll" ? closed.content.options.map((option) => option.ballots) : [],
    [1, 1, 0],
  );
  await Assert.rejected("closed", 409, alice.call("PUT /posts/{postId}/ballot", {
    path: { postId: post.id },
    body: { option_id: tom },
  }));
}
