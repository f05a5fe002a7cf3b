export const scenario = "Users find communities by text, visibility and order.";

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
  const zebras = await alice.call("POST /communities", {
    body: { name: "zebras", title: "About Stripes", visibility: "public" },
  });
  const cats = await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "restricted" },
  });
  const night = await alice.call("POST /communities", {
    body: { name: "night", title: "Late cats", visibility: "public", adult: true },
  });
  const birds = await bob.call("POST /communities", {
    body: { name: "birds", title: "CATS hunt them", visibility: "private" },
  });
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "zebras" },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "zebras" },
  });
  await carol.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "night" },
  });
  await bob.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "night" },
  });
  await alice.call("PUT /communities/{communityName}/membership", {
    path: { communityName: "birds" },
  });
  await bob.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "birds", username: aliceName },
  });
  await staff.call("PUT /communities/{communityName}/closure", {
    path: { communityName: "cats" },
    body: { closed: true },
  });
  const all = await bob.call("PATCH /communities", { body: {} });
  Assert.equal("by members without those for adults", all.data.map((one) => one.name), [
    "zebras",
    "birds",
    "cats",
  ]);
  Assert.equal("shortly", List.at(all.data, 0), {
    id: zebras.id,
    name: "zebras",
    title: "About Stripes",
    visibility: "public",
    adult: false,
    members: 3,
  });
  Assert.equal("visibilities", all.data.map((one) => `${one.visibility}`), [
    "public",
    "private",
    "restricted",
  ]);
  Assert.equal("one page", all.pagination, { current: 1, limit: 20, records: 3, pages: 1 });
  const adult = await bob.call("PATCH /communities", { body: { adult: true, order: "name" } });
  Assert.equal("by name", adult.data.map((one) => one.name), ["birds", "cats", "night", "zebras"]);
  Assert.equal("those for adults", adult.data.map((one) => one.adult), [false, false, true, false]);
  const none = await bob.call("PATCH /communities", { body: { adult: false, order: "new" } });
  Assert.equal("newest first", none.data.map((one) => one.id), [birds.id, cats.id, zebras.id]);
  const texts = await bob.call("PATCH /communities", {
    body: { search: "cAts", adult: true, order: "new" },
  });
  Assert.equal("in name and title in any case", texts.data.map((one) => one.id), [
    birds.id,
    night.id,
    cats.id,
  ]);
  const names = await bob.call("PATCH /communities", { body: { search: "ZEBR" } });
  Assert.equal("in the name alone", names.data.map((one) => one.id), [zebras.id]);
  const kinds = await bob.call("PATCH /communities", {
    body: { visibilities: ["private", "restricted"], order: "members" },
  });
  Assert.equal("by visibility", kinds.data.map((one) => one.name), ["birds", "cats"]);
  const page = await bob.call("PATCH /communities", { body: { page: 2, limit: 3, adult: true } });
  Assert.equal("the second page", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  Assert.equal("has the last", page.data.map((one) => one.name), ["cats"]);
  const first = await bob.call("PATCH /communities", {
    body: { limit: 2, adult: true, order: "name" },
  });
  Assert.equal("no more than asked for", first.data.map((one) => one.name), ["birds", "cats"]);
  const beyond = await bob.call("PATCH /communities", { body: { page: 3, limit: 3, adult: true } });
  Assert.equal("nothing beyond", beyond.data.length, 0);
}
