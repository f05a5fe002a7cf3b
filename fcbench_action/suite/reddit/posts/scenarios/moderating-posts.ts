export const scenario = "Moderators remove posts, bring them back, lock and archive them.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
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
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await carol.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await dan.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: danName, manages: true },
  });
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Dogs!", content: { kind: "text", body: "Wuff." } },
  });
  const other = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Cats!", content: { kind: "text", body: "Meow." } },
  });
  const before = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  await Assert.rejected("authors do not remove", 403, bob.call("PUT /posts/{postId}/removal", {
    path: { postId: post.id },
    body: { reason: "No." },
  }));
  await Assert.rejected("nor moderators elsewhere", 403, carol.call("PUT /posts/{postId}/removal", {
    path: { postId: post.id },
    body: { reason: "No." },
  }));
  await Assert.rejected("nor who is only invited", 403, dan.call("PUT /posts/{postId}/removal", {
    path: { postId: post.id },
    body: { reason: "No." },
  }));
  await Assert.rejected("no such post to remove", 404, alice.call("PUT /posts/{postId}/removal", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: {},
  }));
  await Assert.rejected("not removed yet", 409, alice.call("DELETE /posts/{postId}/removal", {
    path: { postId: post.id },
  }));
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: post.id },
    body: { reason: "Cats only." },
  });
  await Assert.rejected("others do not see it", 404, carol.call("GET /posts/{postId}", {
    path: { postId: post.id },
  }));
  await Assert.rejected("nor who is only invited to moderate", 404, dan.call(
    "GET /posts/{postId}",
    { path: { postId: post.id } },
  ));
  const seen = await bob.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("the author does", seen, {
    ...before,
    status: "removed",
    removal_reason: "Cats only.",
  });
  const moderated = await alice.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("and moderators", moderated, seen);
  await Assert.rejected("removed already", 409, alice.call("PUT /posts/{postId}/removal", {
    path: { postId: post.id },
    body: {},
  }));
  const untouched = await carol.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("others stay", untouched.status, "live");
  await Assert.rejected("authors do not bring back", 403, bob.call(
    "DELETE /posts/{postId}/removal",
    { path: { postId: post.id } },
  ));
  await Assert.rejected("nobody else knows of it", 404, carol.call(
    "DELETE /posts/{postId}/removal",
    { path: { postId: post.id } },
  ));
  await Assert.rejected("who is only invited does not lock", 403, dan.call(
    "PUT /posts/{postId}/lock",
    { path: { postId: other.id }, body: { locked: true } },
  ));
  await Assert.rejected("nor archive", 403, dan.call("PUT /posts/{postId}/archive", {
    path: { postId: other.id },
  }));
  await Assert.rejected("nor see what is removed", 404, dan.call("DELETE /posts/{postId}/removal", {
    path: { postId: post.id },
  }));
  await dan.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: other.id }, body: {} });
  await dan.call("DELETE /posts/{postId}/removal", { path: { postId: post.id } });
  const back = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("as before", back, before);
  const silent = await bob.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("no reason", [silent.removal_reason ?? "none", `${silent.status}`], [
    "none",
    "removed",
  ]);
  await Assert.rejected("brought back already", 409, dan.call("DELETE /posts/{postId}/removal", {
    path: { postId: post.id },
  }));
  await Assert.rejected("no such post to bring back", 404, alice.call(
    "DELETE /posts/{postId}/removal",
    { path: { postId: "00000001-0000-4000-8000-000000000000" } },
  ));
  await Assert.rejected("authors do not lock", 403, bob.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: true },
  }));
  await Assert.rejected("nor moderators of others", 403, carol.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: true },
  }));
  await Assert.rejected("no such post to lock", 404, alice.call("PUT /posts/{postId}/lock", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: { locked: true },
  }));
  await Assert.rejected("removed ones are not seen", 404, carol.call("PUT /posts/{postId}/lock", {
    path: { postId: other.id },
    body: { locked: true },
  }));
  await Assert.rejected("it is not locked", 409, alice.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: false },
  }));
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: true },
  });
  const locked = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("locked", locked, { ...before, locked: true });
  await Assert.rejected("locked already", 409, dan.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: true },
  }));
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: other.id },
    body: { locked: true },
  });
  await alice.call("PUT /posts/{postId}/lock", {
    path: { postId: post.id },
    body: { locked: false },
  });
  const unlocked = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("unlocked", unlocked, before);
  await Assert.rejected("authors do not archive", 403, bob.call("PUT /posts/{postId}/archive", {
    path: { postId: post.id },
  }));
  await Assert.rejected("nor do moderators elsewhere", 403, carol.call(
    "PUT /posts/{postId}/archive",
    { path: { postId: post.id } },
  ));
  await Assert.rejected("no such post to archive", 404, alice.call("PUT /posts/{postId}/archive", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
  }));
  await Assert.rejected("not what is not seen", 404, carol.call("PUT /posts/{postId}/archive", {
    path: { postId: other.id },
  }));
  await alice.call("PUT /posts/{postId}/archive", { path: { postId: post.id } });
  const archived = await carol.call("GET /posts/{postId}", { path: { postId: post.id } });
  Assert.equal("archived", archived, { ...before, archived: true });
  await Assert.rejected("archived already", 409, alice.call("PUT /posts/{postId}/archive", {
    path: { postId: post.id },
  }));
  const still = await alice.call("GET /posts/{postId}", { path: { postId: other.id } });
  Assert.equal("the other one", [still.archived, still.locked], [false, true]);
  await Assert.rejected("authors archive not even what is removed", 403, bob.call(
    "PUT /posts/{postId}/archive",
    { path: { postId: other.id } },
  ));
  await dan.call("PUT /posts/{postId}/archive", { path: { postId: other.id } });
  await Assert.rejected("authors do not lock what is removed", 403, bob.call(
    "PUT /posts/{postId}/lock",
    { path: { postId: other.id }, body: { locked: false } },
  ));
  await bob.call("DELETE /posts/{postId}", { path: { postId: post.id } });
  await Assert.rejected("deleted ones are not removed", 409, alice.call(
    "PUT /posts/{postId}/removal",
    { path: { postId: post.id }, body: {} },
  ));
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: "Psst." } },
  });
  await Assert.rejected("private ones are not locked", 404, bob.call("PUT /posts/{postId}/lock", {
    path: { postId: secret.id },
    body: { locked: true },
  }));
  await Assert.rejected("nor archived", 404, bob.call("PUT /posts/{postId}/archive", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("nor removed", 404, bob.call("PUT /posts/{postId}/removal", {
    path: { postId: secret.id },
    body: {},
  }));
  await Assert.rejected("nor brought back", 404, bob.call("DELETE /posts/{postId}/removal", {
    path: { postId: secret.id },
  }));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("nor locked by who waits", 404, bob.call("PUT /posts/{postId}/lock", {
    path: { postId: secret.id },
    body: { locked: true },
  }));
  await Assert.rejected("nor archived by who waits", 404, bob.call("PUT /posts/{postId}/archive", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("nor removed by who waits", 404, bob.call("PUT /posts/{postId}/removal", {
    path: { postId: secret.id },
    body: {},
  }));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await Assert.rejected("but members know of them", 403, bob.call("PUT /posts/{postId}/archive", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("and lock nothing", 403, bob.call("PUT /posts/{postId}/lock", {
    path: { postId: secret.id },
    body: { locked: true },
  }));
  await Assert.rejected("and remove nothing", 403, bob.call("PUT /posts/{postId}/removal", {
    path: { postId: secret.id },
    body: {},
  }));
  await alice.call("PUT /posts/{postId}/removal", {
    path: { postId: secret.id },
    body: { reason: "Too loud." },
  });
  await Assert.rejected("members do not see what is removed", 404, bob.call("GET /posts/{postId}", {
    path: { postId: secret.id },
  }));
  await Assert.rejected("nor bring it back", 404, bob.call("DELETE /posts/{postId}/removal", {
    path: { postId: secret.id },
  }));
  await alice.call("DELETE /posts/{postId}/removal", { path: { postId: secret.id } });
}
