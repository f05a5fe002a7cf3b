export const scenario = "Accounts join and leave communities, and moderators approve.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
  const eve = api.session("user");
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
  const eveName = Random.string(8, 12);
  const eveJoined = await eve.call("POST /auth/accounts/join", {
    body: { username: eveName, email: `${eveName}@example.com`, password: "correct horse" },
  });
  eve.authenticate(eveJoined.token);
  const staffName = Random.string(8, 12);
  const staffJoined = await staff.call("POST /auth/accounts/join", {
    body: { username: staffName, email: `${staffName}@reddit.example`, password: "correct horse" },
  });
  staff.authenticate(staffJoined.token);
  const cats = await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "restricted" },
  });
  await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "dogs" },
    body: { rules: [{ title: "Bark", details: "Loudly." }] },
  });
  await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "dogs" },
    body: { description: "Dogs." },
  });
  const joined = await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  Assert.equal("a member at once", joined, { ...cats, members: 2, role: "member" });
  await Assert.rejected("twice", 409, bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  }));
  await Assert.rejected("where nothing is", 404, bob.call(
    "PUT /communities/{communityName}/membership",
    { path: { communityName: "fish" } },
  ));
  const waiting = await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  Assert.equal("pending", [waiting.role === "pending", waiting.members === 1], [true, true]);
  const asked = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("as it is seen", waiting, asked);
  Assert.equal("with its rules", waiting.rules, [
    { position: 1, title: "Bark", details: "Loudly." },
  ]);
  await Assert.rejected("asked already", 409, bob.call(
    "PUT /communities/{communityName}/membership",
    { path: { communityName: "dogs" } },
  ));
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await dan.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await Assert.rejected("only moderators approve", 403, carol.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "dogs", username: bobName } },
  ));
  await Assert.rejected("nobody has the name", 404, alice.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "dogs", username: "nobody_here" } },
  ));
  await Assert.rejected("who did not ask", 404, alice.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "cats", username: carolName } },
  ));
  await Assert.rejected("no community to approve for", 404, alice.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "fish", username: bobName } },
  ));
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: true },
  });
  await Assert.rejected("not while it is closed", 409, alice.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "dogs", username: bobName } },
  ));
  await Assert.rejected("nobody joins what is closed", 409, eve.call(
    "PUT /communities/{communityName}/membership",
    { path: { communityName: "dogs" } },
  ));
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: false },
  });
  const approved = await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "dogs", username: bobName },
  });
  Assert.equal("approved", approved, {
    account: { id: bobJoined.account.id, username: bobName },
    status: "approved",
    asked_at: approved.asked_at,
    approved_at: approved.approved_at,
  });
  Assert.that(
    "approved later",
    approved.approved_at !== null && approved.approved_at > approved.asked_at,
  );
  await Assert.rejected("approved already", 409, alice.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "dogs", username: bobName } },
  ));
  const dogs = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("a member now", [dogs.role === "member", dogs.members === 2], [true, true]);
  const other = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("others still wait", other.role, "pending");
  await Assert.rejected("only moderators search", 403, bob.call(
    "PATCH /communities/{communityName}/members",
    { path: { communityName: "dogs" }, body: {} },
  ));
  await Assert.rejected("no community to search", 404, alice.call(
    "PATCH /communities/{communityName}/members",
    { path: { communityName: "fish" }, body: {} },
  ));
  await eve.call("POST /communities", {
    body: { name: "snakes", title: "Snakes", visibility: "public" },
  });
  await Assert.rejected("moderators elsewhere do not search", 403, eve.call(
    "PATCH /communities/{communityName}/members",
    { path: { communityName: "dogs" }, body: {} },
  ));
  await Assert.rejected("nor approve", 403, eve.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "dogs", username: carolName } },
  ));
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "dogs" },
    body: { username: bobName, manages: true },
  });
  await Assert.rejected("who is invited does not search", 403, bob.call(
    "PATCH /communities/{communityName}/members",
    { path: { communityName: "dogs" }, body: {} },
  ));
  await Assert.rejected("nor approve yet", 403, bob.call(
    "PUT /communities/{communityName}/members/{username}",
    { path: { communityName: "dogs", username: carolName } },
  ));
  await Assert.rejected("nor change anything", 403, bob.call("PUT /communities/{communityName}", {
    path: { communityName: "dogs" },
    body: { visibility: "public" },
  }));
  await eve.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await eve.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  const two = await alice.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "dogs" },
    body: { limit: 2 },
  });
  Assert.equal("no more than asked for", two.data.map((one) => one.account.username), [
    aliceName,
    bobName,
  ]);
  const all = await alice.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "dogs" },
    body: {},
  });
  Assert.equal("in the order in which they asked", all.data.map((one) => one.account.username), [
    aliceName,
    bobName,
    carolName,
    danName,
  ]);
  Assert.equal("as it was answered", List.at(all.data, 1), approved);
  Assert.equal("how they stand", all.data.map((one) => `${one.status}`), [
    "approved",
    "approved",
    "pending",
    "pending",
  ]);
  Assert.equal("all on one page", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  const pending = await alice.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "dogs" },
    body: { status: "pending" },
  });
  Assert.equal("who waits", pending.data.map((one) => one.approved_at), [null, null]);
  const members = await alice.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "dogs" },
    body: { status: "approved", page: 2, limit: 1 },
  });
  Assert.equal("the second member", members.data.map((one) => one.account), [
    { id: bobJoined.account.id, username: bobName },
  ]);
  Assert.equal("of two", members.pagination, { current: 2, limit: 1, records: 2, pages: 2 });
  await Assert.rejected("nothing to leave", 404, carol.call(
    "DELETE /communities/{communityName}/membership",
    { path: { communityName: "cats" } },
  ));
  await Assert.rejected("moderators cannot leave", 409, alice.call(
    "DELETE /communities/{communityName}/membership",
    { path: { communityName: "cats" } },
  ));
  await bob.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await Assert.rejected("left already", 404, bob.call(
    "DELETE /communities/{communityName}/membership",
    { path: { communityName: "cats" } },
  ));
  const left = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("one member less", left, { ...cats, role: "none" });
  const still = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("the other membership stays", still.role, "member");
  await dan.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  const same = await dan.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("who waited did not count", [same.members === 2, same.role === "none"], [
    true,
    true,
  ]);
  await dan.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await bob.call("POST /communities", {
    body: { name: "fish", title: "Fish", visibility: "private" },
  });
  await dan.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "fish" },
  });
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: bobName, manages: true },
  });
  await bob.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await Assert.rejected("no community to leave", 404, bob.call(
    "DELETE /communities/{communityName}/membership",
    { path: { communityName: "nowhere" } },
  ));
  const hidden = await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "dogs" },
    body: { visibility: "private" },
  });
  Assert.equal("still two", hidden.members, 2);
  const opened = await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "dogs" },
    body: { visibility: "public" },
  });
  Assert.equal("all who waited are members", opened.members, 4);
  const page = await alice.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "dogs" },
    body: { status: "approved" },
  });
  Assert.equal(
    "approved with the change",
    page.data.filter((one) => one.approved_at === opened.updated_at).length,
    2,
  );
  Assert.equal("the others keep theirs", List.at(page.data, 1), approved);
  const elsewhere = await dan.call("GET /communities/{communityName}", {
    path: { communityName: "fish" },
  });
  Assert.equal("others wait elsewhere", elsewhere.role, "pending");
  await Assert.rejected("closed for none but joined", 409, dan.call(
    "PUT /communities/{communityName}/membership",
    { path: { communityName: "dogs" } },
  ));
  await carol.call("DELETE /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  const three = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("who left is none", [three.members === 3, three.role === "none"], [true, true]);
}
