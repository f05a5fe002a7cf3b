export const scenario = "Users make feeds of communities and share them.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
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
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "restricted" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  const pets = await bob.call("POST /feeds", {
    body: { name: "Pets", shared: false, communities: ["dogs", "cats"] },
  });
  Assert.equal("the feed", pets, {
    id: pets.id,
    owner: { id: bobJoined.account.id, username: bobName },
    name: "Pets",
    shared: false,
    communities: ["dogs", "cats"],
    created_at: pets.created_at,
    updated_at: pets.created_at,
  });
  const read = await bob.call("GET /feeds/{feedId}", { path: { feedId: pets.id } });
  Assert.equal("as it was answered", read, pets);
  await Assert.rejected("the name is there", 409, bob.call("POST /feeds", {
    body: { name: "Pets", shared: true, communities: ["cats"] },
  }));
  await Assert.rejected("no such community", 404, bob.call("POST /feeds", {
    body: { name: "Fish", shared: true, communities: ["cats", "fish"] },
  }));
  const hers = await alice.call("POST /feeds", {
    body: { name: "Pets", shared: true, communities: ["den"] },
  });
  Assert.equal("a name per account", hers.communities, ["den"]);
  await Assert.rejected("others do not see it", 404, alice.call("GET /feeds/{feedId}", {
    path: { feedId: pets.id },
  }));
  await Assert.rejected("nor change it", 404, alice.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("nor remove it", 404, alice.call("DELETE /feeds/{feedId}", {
    path: { feedId: pets.id },
  }));
  const shown = await bob.call("GET /feeds/{feedId}", { path: { feedId: hers.id } });
  Assert.equal("shared ones are seen", shown, hers);
  await Assert.rejected("but not changed", 403, bob.call("PUT /feeds/{feedId}", {
    path: { feedId: hers.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("nor removed", 403, bob.call("DELETE /feeds/{feedId}", {
    path: { feedId: hers.id },
  }));
  const other = await bob.call("POST /feeds", {
    body: { name: "Other", shared: false, communities: ["cats"] },
  });
  const renamed = await bob.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { name: "Animals" },
  });
  Assert.equal("only the name", renamed, {
    ...pets,
    name: "Animals",
    updated_at: renamed.updated_at,
  });
  Assert.that("changed later", renamed.updated_at > pets.updated_at);
  await Assert.rejected("a name of another", 409, bob.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { name: "Other" },
  }));
  await Assert.rejected("no such community to add", 404, bob.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { communities: ["fish"] },
  }));
  const same = await bob.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { name: "Animals", shared: true },
  });
  Assert.equal("shared", same, { ...renamed, shared: true, updated_at: same.updated_at });
  const changed = await bob.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { communities: ["den", "cats", "dogs"] },
  });
  Assert.equal("in the order given", changed.communities, ["den", "cats", "dogs"]);
  const seen = await alice.call("GET /feeds/{feedId}", { path: { feedId: pets.id } });
  Assert.equal("seen by others", seen, changed);
  const untouched = await bob.call("GET /feeds/{feedId}", { path: { feedId: other.id } });
  Assert.equal("others stay", untouched, other);
  const hidden = await bob.call("PUT /feeds/{feedId}", {
    path: { feedId: pets.id },
    body: { shared: false },
  });
  Assert.equal("not shared any more", hidden.shared, false);
  await Assert.rejected("not seen any more", 404, alice.call("GET /feeds/{feedId}", {
    path: { feedId: pets.id },
  }));
  await Assert.rejected("no such feed", 404, bob.call("GET /feeds/{feedId}", {
    path: { feedId: "00000001-0000-4000-8000-000000000000" },
  }));
  await Assert.rejected("no such feed to change", 404, bob.call("PUT /feeds/{feedId}", {
    path: { feedId: "00000001-0000-4000-8000-000000000000" },
    body: {},
  }));
  await Assert.rejected("no such feed to remove", 404, bob.call("DELETE /feeds/{feedId}", {
    path: { feedId: "00000001-0000-4000-8000-000000000000" },
  }));
  await bob.call("DELETE /feeds/{feedId}", { path: { feedId: pets.id } });
  await Assert.rejected("removed", 404, bob.call("GET /feeds/{feedId}", {
    path: { feedId: pets.id },
  }));
  const kept = await bob.call("GET /feeds/{feedId}", { path: { feedId: other.id } });
  Assert.equal("one is left", kept, other);
  const anew = await bob.call("POST /feeds", {
    body: { name: "Animals", shared: false, communities: ["cats"] },
  });
  Assert.equal("the name is free", anew.name, "Animals");
}
