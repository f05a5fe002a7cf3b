export const scenario = "Moderators keep reasons for removal.";

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
  await carol.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "cats" },
  });
  await alice.call("POST /communities/{communityName}/moderators", {
    path: { communityName: "cats" },
    body: { username: bobName, manages: true },
  });
  const spam = await alice.call("POST /communities/{communityName}/removal-reasons", {
    path: { communityName: "cats" },
    body: { title: "Spam", text: "We sell nothing." },
  });
  Assert.equal("the reason", spam, { id: spam.id, title: "Spam", text: "We sell nothing." });
  const dogs = await alice.call("POST /communities/{communityName}/removal-reasons", {
    path: { communityName: "cats" },
    body: { title: "Dogs", text: "Cats only." },
  });
  const other = await carol.call("POST /communities/{communityName}/removal-reasons", {
    path: { communityName: "dogs" },
    body: { title: "Spam", text: "No." },
  });
  await Assert.rejected("the title is there", 409, alice.call(
    "POST /communities/{communityName}/removal-reasons",
    { path: { communityName: "cats" }, body: { title: "Spam", text: "Again." } },
  ));
  await Assert.rejected("only moderators make them", 403, bob.call(
    "POST /communities/{communityName}/removal-reasons",
    { path: { communityName: "cats" }, body: { title: "Mine", text: "Mine." } },
  ));
  await Assert.rejected("of that community", 403, carol.call(
    "POST /communities/{communityName}/removal-reasons",
    { path: { communityName: "cats" }, body: { title: "Mine", text: "Mine." } },
  ));
  await Assert.rejected("no such community", 404, alice.call(
    "POST /communities/{communityName}/removal-reasons",
    { path: { communityName: "fish" }, body: { title: "Mine", text: "Mine." } },
  ));
  const all = await alice.call("GET /communities/{communityName}/removal-reasons", {
    path: { communityName: "cats" },
  });
  Assert.equal("in alphabetical order", all.data, [dogs, spam]);
  const theirs = await carol.call("GET /communities/{communityName}/removal-reasons", {
    path: { communityName: "dogs" },
  });
  Assert.equal("those of another", theirs.data, [other]);
  await Assert.rejected("only moderators read them", 403, bob.call(
    "GET /communities/{communityName}/removal-reasons",
    { path: { communityName: "cats" } },
  ));
  await Assert.rejected("each their own", 403, carol.call(
    "GET /communities/{communityName}/removal-reasons",
    { path: { communityName: "cats" } },
  ));
  await Assert.rejected("no such community to read", 404, alice.call(
    "GET /communities/{communityName}/removal-reasons",
    { path: { communityName: "fish" } },
  ));
}
