export const scenario = "Accounts found communities and change them, and admins close some.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const staff = api.session("admin");
  const eve = api.session("user");
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
  const staffName = Random.string(8, 12);
  const staffJoined = await staff.call("POST /auth/accounts/join", {
    body: { username: staffName, email: `${staffName}@reddit.example`, password: "correct horse" },
  });
  staff.authenticate(staffJoined.token);
  Assert.equal("the account", aliceJoined.account, {
    id: aliceJoined.account.id,
    username: aliceName,
    email: `${aliceName}@example.com`,
    post_karma: 0,
    comment_karma: 0,
    created_at: aliceJoined.account.created_at,
  });
  await Assert.rejected("the username is taken", 409, eve.call("POST /auth/accounts/join", {
    body: { username: aliceName, email: "eve@example.com", password: "correct horse" },
  }));
  await Assert.rejected("the address is taken in any case", 409, eve.call(
    "POST /auth/accounts/join",
    {
      body: {
        username: "eve",
        email: `${Text.upper(aliceName)}@EXAMPLE.com`,
        password: "correct horse",
      },
    },
  ));
  const cats = await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", description: "All about cats.", visibility: "public" },
  });
  Assert.equal("the community", cats, {
    id: cats.id,
    name: "cats",
    title: "Cats",
    description: "All about cats.",
    visibility: "public",
    adult: false,
    rules: [],
    members: 1,
    role: "manager",
    closed: false,
    created_at: cats.created_at,
    updated_at: cats.created_at,
  });
  await Assert.rejected("the name is taken", 409, bob.call("POST /communities", {
    body: { name: "cats", title: "More cats", visibility: "public" },
  }));
  const dogs = await alice.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "private", adult: true },
  });
  Assert.equal("no description", dogs.description, null);
  Assert.equal("for adults", dogs.adult, true);
  await alice.call("POST /communities", {
    body: { name: "birds", title: "Birds", visibility: "restricted" },
  });
  await Assert.rejected("three are enough", 409, alice.call("POST /communities", {
    body: { name: "fish", title: "Fish", visibility: "public" },
  }));
  const bobs = await bob.call("POST /communities", {
    body: { name: "snakes", title: "Snakes", visibility: "public" },
  });
  Assert.equal("not for others", bobs.name, "snakes");
  const seen = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("private ones are seen", [seen.title, seen.role], ["Dogs", "none"]);
  await Assert.rejected("there is none", 404, bob.call("GET /communities/{communityName}", {
    path: { communityName: "fish" },
  }));
  await Assert.rejected("managers elsewhere do not change it", 403, bob.call(
    "PUT /communities/{communityName}",
    { path: { communityName: "birds" }, body: { title: "Mine" } },
  ));
  const mine = await alice.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("as it was founded", mine, cats);
  await Assert.rejected("only managers change it", 403, bob.call(
    "PUT /communities/{communityName}",
    { path: { communityName: "cats" }, body: { title: "Mine" } },
  ));
  await Assert.rejected("there is none to change", 404, alice.call(
    "PUT /communities/{communityName}",
    { path: { communityName: "fish" }, body: { title: "Mine" } },
  ));
  const changed = await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "cats" },
    body: { title: "Cats only" },
  });
  Assert.equal("only the title", { ...changed, updated_at: cats.updated_at }, {
    ...cats,
    title: "Cats only",
  });
  Assert.that("changed later", changed.updated_at > cats.updated_at);
  const emptied = await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "cats" },
    body: { description: null, visibility: "restricted", adult: true },
  });
  Assert.equal("the rest", { ...emptied, updated_at: cats.updated_at }, {
    ...cats,
    title: "Cats only",
    description: null,
    visibility: "restricted",
    adult: true,
  });
  const others = await alice.call("GET /communities/{communityName}", {
    path: { communityName: "birds" },
  });
  Assert.equal("others stay", [others.title, others.visibility], ["Birds", "restricted"]);
  const ruled = await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: {
      rules: [{ title: "Be kind", details: null }, { title: "Cats only", details: "No dogs." }],
    },
  });
  Assert.equal("the rules", ruled.rules, [
    { position: 1, title: "Be kind", details: null },
    { position: 2, title: "Cats only", details: "No dogs." },
  ]);
  const rulesSeen = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "cats" },
  });
  Assert.equal("everybody reads them", rulesSeen, { ...ruled, role: "none" });
  const kept = await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "cats" },
    body: { title: "Cats only" },
  });
  Assert.equal("changes keep them", kept.rules, ruled.rules);
  const shut = await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: true },
  });
  Assert.equal("closing keeps them", { ...shut, updated_at: kept.updated_at }, {
    ...kept,
    closed: true,
    role: "none",
  });
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: false },
  });
  Assert.equal("nothing else", [ruled.title, `${ruled.visibility}`], ["Cats only", "restricted"]);
  Assert.that("setting rules is a change", ruled.updated_at > emptied.updated_at);
  await Assert.rejected("only managers set rules", 403, bob.call(
    "PUT /communities/{communityName}/rules",
    { path: { communityName: "cats" }, body: { rules: [] } },
  ));
  await Assert.rejected("no community for rules", 404, alice.call(
    "PUT /communities/{communityName}/rules",
    { path: { communityName: "fish" }, body: { rules: [] } },
  ));
  await Assert.rejected("titles differ", 409, alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: { rules: [{ title: "Same", details: null }, { title: "Same", details: "Again." }] },
  }));
  await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "dogs" },
    body: { rules: [{ title: "Be kind", details: null }] },
  });
  const again = await alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: { rules: [{ title: "Cats only", details: null }] },
  });
  Assert.equal("in place of the former ones", again.rules, [
    { position: 1, title: "Cats only", details: null },
  ]);
  const dogsRules = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("rules of others stay", dogsRules.rules, [
    { position: 1, title: "Be kind", details: null },
  ]);
  await Assert.rejected("only admins close", 403, alice.call(
    "PUT /communities/{communityName}/closure",
    { path: { communityName: "cats" }, body: { closed: true } },
  ));
  await Assert.rejected("others learn nothing", 403, alice.call(
    "PUT /communities/{communityName}/closure",
    { path: { communityName: "fish" }, body: { closed: true } },
  ));
  await Assert.rejected("no community to close", 404, staff.call(
    "PUT /communities/{communityName}/closure",
    { path: { communityName: "fish" }, body: { closed: true } },
  ));
  await Assert.rejected("it is open", 409, staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: false },
  }));
  const closed = await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: true },
  });
  Assert.equal("closed", [closed.closed, closed.role === "none"], [true, true]);
  Assert.that("closing is a change", closed.updated_at > again.updated_at);
  await Assert.rejected("it is closed", 409, staff.call(
    "PUT /communities/{communityName}/closure",
    { path: { communityName: "cats" }, body: { closed: true } },
  ));
  await Assert.rejected("nothing changes", 409, alice.call("PUT /communities/{communityName}", {
    path: { communityName: "cats" },
    body: { title: "Open" },
  }));
  await Assert.rejected("nor the rules", 409, alice.call("PUT /communities/{communityName}/rules", {
    path: { communityName: "cats" },
    body: { rules: [] },
  }));
  await Assert.rejected("who may not hears that first", 403, bob.call(
    "PUT /communities/{communityName}",
    { path: { communityName: "cats" }, body: { title: "Open" } },
  ));
  const open = await bob.call("GET /communities/{communityName}", {
    path: { communityName: "dogs" },
  });
  Assert.equal("others stay open", open.closed, false);
  const fourth = await alice.call("POST /communities", {
    body: { name: "fish", title: "Fish", visibility: "public" },
  });
  Assert.equal("closed ones do not count", fourth.members, 1);
  const opened = await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: false },
  });
  Assert.equal("open again", opened.closed, false);
  const last = await alice.call("PUT /communities/{communityName}", {
    path: { communityName: "cats" },
    body: { adult: false, description: "Back." },
  });
  const whole = await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: true },
  });
  Assert.equal("as it was", { ...whole, updated_at: last.updated_at }, {
    ...last,
    closed: true,
    role: "none",
  });
  const hidden = await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "dogs" },
    body: { closed: true },
  });
  Assert.equal("private as before", [`${hidden.visibility}`, hidden.title], ["private", "Dogs"]);
  await Assert.rejected("managers elsewhere do not manage", 403, bob.call(
    "PUT /communities/{communityName}/rules",
    { path: { communityName: "birds" }, body: { rules: [] } },
  ));
  Assert.equal("and changed", last.adult, false);
}
