export const scenario = "Moderators ban accounts for a while or for good, and lift bans.";

export async function test(api: Api): Promise<void> {
  const eve = api.session("user");
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const dan = api.session("user");
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
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "dogs" },
  });
  await Assert.rejected("only moderators ban", 403, bob.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: carolName }, body: { reason: "Because." } },
  ));
  await Assert.rejected("nobody has the name", 404, alice.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: "nobody_here" }, body: { reason: "Because." } },
  ));
  await Assert.rejected("no community", 404, alice.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "fish", username: bobName }, body: { reason: "Because." } },
  ));
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: bobName, manages: false },
  });
  await Assert.rejected("who is invited is not banned", 409, alice.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: bobName }, body: { reason: "Because." } },
  ));
  await Assert.rejected("who is invited does not ban", 403, bob.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: carolName }, body: { reason: "Because." } },
  ));
  await Assert.rejected("nor searches", 403, bob.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: {},
  }));
  const early = await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: eveName },
    body: { reason: "Spam.", minutes: 10 },
  });
  await Assert.rejected("nor lifts", 403, bob.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: eveName } },
  ));
  await Assert.rejected("banned for ten minutes already", 409, alice.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: eveName }, body: { reason: "Again." } },
  ));
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: eveName },
  });
  await eve.call("POST /communities", {
    body: { name: "birds", title: "Birds", visibility: "public" },
  });
  await Assert.rejected("moderators elsewhere do not ban", 403, eve.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: carolName }, body: { reason: "Because." } },
  ));
  const eveBanned = await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: eveName },
    body: { reason: "Moderators elsewhere are banned." },
  });
  Assert.equal("after lifting again", eveBanned.expires_at, null);
  await alice.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: eveName },
  });
  await bob.call("PUT /communities/{communityName}/moderators/acceptance", {
    path: { communityName: "cats" },
  });
  await Assert.rejected("moderators are not banned", 409, bob.call(
    "PUT /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: aliceName }, body: { reason: "Because." } },
  ));
  const ban = await bob.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
    body: { reason: "Dogs only." },
  });
  Assert.equal("for good", ban, {
    id: ban.id,
    account: { id: carolJoined.account.id, username: carolName },
    moderator: { id: bobJoined.account.id, username: bobName },
    reason: "Dogs only.",
    created_at: ban.created_at,
    expires_at: null,
    lifted_at: null,
  });
  const dansBan = await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: danName },
    body: { reason: "Barks." },
  });
  Assert.equal("banned elsewhere only", dansBan.account, {
    id: danJoined.account.id,
    username: danName,
  });
  await Assert.rejected("banned already", 409, alice.call(
    "PUT /communities/{communityName}/bans/{username}",
    {
      path: { communityName: "cats", username: carolName },
      body: { reason: "Again.", minutes: 5 },
    },
  ));
  const banned = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("not a member any more", [banned.role === "banned", banned.members === 2], [
    true,
    true,
  ]);
  await Assert.rejected("nobody joins while banned", 403, carol.call(
    "PUT /communities/{communityName}/membership",
    { path: { communityName: "cats" } },
  ));
  const elsewhere = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("nothing elsewhere", elsewhere.role, "pending");
  const short = await bob.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
    body: { reason: "Calm down.", minutes: 1 },
  });
  Assert.equal("a minute", short.expires_at, Time.addSeconds(short.created_at, 60));
  const dans = await dan.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("who never joined", [dans.role === "banned", dans.members === 2], [true, true]);
  await Assert.rejected("nor for a minute", 403, dan.call(
    "PUT /communities/{communityName}/membership",
    { path: { communityName: "cats" } },
  ));
  await alice.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "dogs", username: carolName },
    body: { reason: "Cats only.", minutes: null },
  });
  const dogs = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("waits no more", [dogs.role === "banned", dogs.members === 1], [true, true]);
  const rest = await alice.call("PATCH /communities/{communityName}/members", {
    path: { communityName: "dogs" },
    body: {},
  });
  Assert.equal("the request is gone", rest.data.map((one) => one.account), [
    { id: aliceJoined.account.id, username: aliceName },
  ]);
  await Assert.rejected("only moderators search", 403, dan.call(
    "PATCH /communities/{communityName}/bans",
    { path: { communityName: "cats" }, body: {} },
  ));
  await Assert.rejected("not those of others", 403, bob.call(
    "PATCH /communities/{communityName}/bans",
    { path: { communityName: "dogs" }, body: {} },
  ));
  await Assert.rejected("no community to search", 404, bob.call(
    "PATCH /communities/{communityName}/bans",
    { path: { communityName: "fish" }, body: {} },
  ));
  const both = await bob.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: { in_force: true },
  });
  Assert.equal("newest first", both.data, [short, ban]);
  const over = await bob.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: { in_force: false },
  });
  Assert.equal("lifted ones", over.data.map((one) => one.account.username), [eveName, eveName]);
  Assert.equal("the first of them", List.at(over.data, 1), {
    ...early,
    lifted_at: List.at(over.data, 1)?.lifted_at ?? null,
  });
  await Assert.rejected("only moderators lift", 403, dan.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: carolName } },
  ));
  await Assert.rejected("moderators elsewhere do not lift", 403, eve.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: carolName } },
  ));
  await Assert.rejected("who is not banned", 404, bob.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: aliceName } },
  ));
  await Assert.rejected("nobody to lift for", 404, bob.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: "nobody_here" } },
  ));
  await Assert.rejected("nowhere to lift", 404, bob.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "fish", username: carolName } },
  ));
  await bob.call("DELETE /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: carolName },
  });
  await Assert.rejected("lifted already", 404, bob.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: carolName } },
  ));
  const free = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("no member before joining again", free.role, "none");
  const dogsStill = await carol.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("banned elsewhere still", dogsStill.role, "banned");
  const back = await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  Assert.equal("a member again", [back.role === "member", back.members === 3], [true, true]);
  for (const turn of List.repeat(60, (index) => index)) {
    const waiting = await alice.call("GET /communities/{communityName}", {
      path: { communityName: "cats" },
    });
    Assert.that("time goes by", (waiting.members === 3 && turn < 60));
  }
  await Assert.rejected("it is over", 404, bob.call(
    "DELETE /communities/{communityName}/bans/{username}",
    { path: { communityName: "cats", username: danName } },
  ));
  const later = await bob.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: { in_force: false },
  });
  Assert.equal("both are over", later.data.map((one) => one.id), [
    short.id,
    ban.id,
    eveBanned.id,
    early.id,
  ]);
  Assert.equal("some were lifted", later.data.map((one) => one.lifted_at === null), [
    true,
    false,
    false,
    false,
  ]);
  const joined = await dan.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  Assert.equal("whoever was banned joins", joined.role, "member");
  const again = await bob.call("PUT /communities/{communityName}/bans/{username}", {
    path: { communityName: "cats", username: danName },
    body: { reason: "Once more." },
  });
  const page = await bob.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: { page: 2, limit: 2 },
  });
  Assert.equal("five in all", page.pagination, { current: 2, limit: 2, records: 5, pages: 3 });
  Assert.equal("the third and fourth", page.data.map((one) => one.id), [ban.id, eveBanned.id]);
  const force = await bob.call("PATCH /communities/{communityName}/bans", {
    path: { communityName: "cats" },
    body: { in_force: true },
  });
  Assert.equal("one in force", force.data, [again]);
}
