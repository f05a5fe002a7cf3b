export const scenario = "Managers invite moderators, who accept, decline, step down or are removed.";

export async function test(api: Api): Promise<void> {
  const eve = api.session("user");
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
  const staff = api.session("admin");
  const eveName = Random.string(8, 12);
  const eveJoined = await eve.call("POST /auth/accounts/join", {
    body: { username: eveName, email: `${eveName}@example.com`, password: "correct horse" },
  });
  eve.authenticate(eveJoined.token);
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
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await eve.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: {
      rules: [{ title: "Be kind", details: "Please." }, { title: "Cats only", details: null }],
    },
  });
  await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "cats" },
    body: { description: "All about cats." },
  });
  const invited = await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: bobName, manages: false },
  });
  Assert.equal("the invitation", invited, {
    account: { id: bobJoined.account.id, username: bobName },
    manages: false,
    invited_at: invited.invited_at,
    accepted_at: null,
  });
  await Assert.rejected("invited already", 409, alice.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: bobName, manages: true } },
  ));
  await Assert.rejected("only members moderate", 409, alice.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: danName, manages: false } },
  ));
  await Assert.rejected("who waits is no member", 409, alice.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "dogs" }, body: { username: bobName, manages: false } },
  ));
  await Assert.rejected("nobody has the name", 404, alice.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: "nobody_here", manages: false } },
  ));
  await Assert.rejected("no community to moderate", 404, alice.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "fish" }, body: { username: bobName, manages: false } },
  ));
  await Assert.rejected("members do not invite", 403, bob.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: carolName, manages: false } },
  ));
  const before = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("a member before accepting", before.role, "member");
  await Assert.rejected("nothing to search before", 403, bob.call(
    "PATCH /communities/{communityName}/members",
    { path: { communityName: "cats" }, body: {} },
  ));
  await bob.call("DELETE /communities/{communityName}/moderators/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await Assert.rejected("who declined is not invited", 404, bob.call(
    "PUT /communities/{communityName}/moderators/acceptance",
    { path: { communityName: "cats" } },
  ));
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: bobName, manages: false },
  });
  await Assert.rejected("who was not invited", 404, carol.call(
    "PUT /communities/{communityName}/moderators/acceptance",
    { path: { communityName: "cats" } },
  ));
  await Assert.rejected("not elsewhere", 404, bob.call(
    "PUT /communities/{communityName}/moderators/acceptance",
    { path: { communityName: "dogs" } },
  ));
  await Assert.rejected("no community to accept for", 404, bob.call(
    "PUT /communities/{communityName}/moderators/acceptance",
    { path: { communityName: "fish" } },
  ));
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: carolName, manages: true },
  });
  const accepted = await bob.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  Assert.equal("a moderator", [accepted.role === "moderator", accepted.name === "cats"], [
    true,
    true,
  ]);
  const afterwards = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("as it is seen", accepted, afterwards);
  Assert.equal("with its rules", accepted.rules.length, 2);
  await Assert.rejected("twice", 409, bob.call(
    "PUT /communities/{communityName}/moderators/acceptance",
    { path: { communityName: "cats" } },
  ));
  const open = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("for oneself only", open.role, "member");
  await dan.call("POST /communities", {
    body: { name: "birds", title: "Birds", visibility: "public" },
  });
  await Assert.rejected("managers elsewhere do not invite", 403, dan.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: bobName, manages: false } },
  ));
  await Assert.rejected("nor remove", 403, dan.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: bobName } },
  ));
  await Assert.rejected("nor does who has not accepted invite", 403, carol.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: bobName, manages: false } },
  ));
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "birds" },
  });
  const birds = await dan.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "birds" },
    body: { username: bobName, manages: true },
  });
  Assert.equal("a moderator elsewhere may be invited", birds.manages, true);
  const managing = await bob.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "birds" },
  });
  Assert.equal("a manager there", managing.role, "manager");
  const asBefore = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("a moderator here", asBefore.role, "moderator");
  const members = await bob.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "cats" },
    body: {},
  });
  Assert.equal("moderators search", members.pagination.records, 4);
  await Assert.rejected("moderators do not manage", 403, bob.call(
    "PUT /communities/{communityName}/rules",
    { path: { communityName: "cats" }, body: { rules: [] } },
  ));
  await Assert.rejected("nor invite", 403, bob.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: danName, manages: false } },
  ));
  await Assert.rejected("nor remove others", 403, bob.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: carolName } },
  ));
  await Assert.rejected("one manager has accepted", 409, alice.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: aliceName } },
  ));
  await Assert.rejected("nor manages who has not accepted", 403, carol.call(
    "PUT /communities/{communityName}/rules",
    { path: { communityName: "cats" }, body: { rules: [] } },
  ));
  await Assert.rejected("nor removes", 403, carol.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: bobName } },
  ));
  await Assert.rejected("not a moderator", 404, alice.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: danName } },
  ));
  await Assert.rejected("nobody has that name", 404, alice.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: "nobody_here" } },
  ));
  await Assert.rejected("no community to remove from", 404, alice.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "fish", username: bobName } },
  ));
  await Assert.rejected("moderators of others stay", 404, alice.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "dogs", username: carolName } },
  ));
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: true },
  });
  await Assert.rejected("closed ones invite nobody", 409, alice.call(
    "POST /communities/{communityName}/moderators",
    { path: { communityName: "cats" }, body: { username: eveName, manages: false } },
  ));
  const manager = await carol.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  Assert.equal("a manager of what is closed", [manager.role === "manager", manager.closed], [
    true,
    true,
  ]);
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: false },
  });
  await carol.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: { rules: [] },
  });
  await alice.call("DELETE /communities/{communityName}/moderators/{username}", {
    path: { communityName: "cats", username: aliceName },
  });
  const retired = await alice.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("the membership stays", [retired.role === "member", retired.members === 4], [
    true,
    true,
  ]);
  const dogs = await alice.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("and what is moderated elsewhere", dogs.role, "manager");
  await Assert.rejected("somebody manages", 409, carol.call(
    "DELETE /communities/{communityName}/moderators/{username}",
    { path: { communityName: "cats", username: carolName } },
  ));
  await carol.call("DELETE /communities/{communityName}/moderators/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  const removed = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("removed", removed.role, "member");
  await carol.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: bobName, manages: true },
  });
  await carol.call("DELETE /communities/{communityName}/moderators/{username}", {
    path: { communityName: "cats", username: bobName },
  });
  await Assert.rejected("the invitation is gone", 404, bob.call(
    "PUT /communities/{communityName}/moderators/acceptance",
    { path: { communityName: "cats" } },
  ));
}
