export const scenario = "A member keeps addresses, one of which is preferred.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const alice = api.session("member");
  const bob = api.session("member");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      nickname: aliceName,
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  const theirs = await bob.call("POST /members/me/addresses", {
    body: {
      label: "home",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  });
  const home = await alice.call("POST /members/me/addresses", {
    body: {
      label: "home",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
      preferred: false,
    },
  });
  Assert.equal("an address", home, {
    id: home.id,
    label: "home",
    recipient: "Ann",
    phone: null,
    country: "DE",
    postal_code: "10115",
    city: "Berlin",
    street: "Main 1",
    preferred: true,
    created_at: home.created_at,
    updated_at: home.created_at,
  });
  Assert.that("the first of another member", theirs.preferred);
  await Assert.rejected("the label is taken", 409, alice.call("POST /members/me/addresses", {
    body: {
      label: "home",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  }));
  const work = await alice.call("POST /members/me/addresses", {
    body: {
      label: "work",
      recipient: "Bea",
      phone: "12345",
      country: "FR",
      postal_code: "75001",
      city: "Paris",
      street: "Rue 2",
      preferred: true,
    },
  });
  Assert.equal("another address", work, {
    id: work.id,
    label: "work",
    recipient: "Bea",
    phone: "12345",
    country: "FR",
    postal_code: "75001",
    city: "Paris",
    street: "Rue 2",
    preferred: true,
    created_at: work.created_at,
    updated_at: work.created_at,
  });
  const cabin = await alice.call("POST /members/me/addresses", {
    body: {
      label: "cabin",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  });
  Assert.that("not preferred", !cabin.preferred);
  const listed = await alice.call("GET /members/me/addresses");
  Assert.equal("preferred first", listed.data.map((one) => one.label), ["work", "cabin", "home"]);
  Assert.equal("one is preferred", listed.data.map((one) => one.preferred), [true, false, false]);
  Assert.equal("in full", listed.data.slice(0, 2), [work, cabin]);
  Assert.equal(
    "losing the preference is a change",
    listed.data.slice(2, 3).map((one) => one.updated_at),
    [work.created_at],
  );
  const other = await bob.call("GET /members/me/addresses");
  Assert.equal("others keep theirs", other.data, [theirs]);
  const moved = await alice.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: cabin.id },
    body: {
      label: "hut",
      recipient: "Cid",
      phone: "54321",
      country: "IT",
      postal_code: "00100",
      city: "Rome",
      street: "Via 3",
    },
  });
  Assert.equal("changed", moved, {
    id: cabin.id,
    label: "hut",
    recipient: "Cid",
    phone: "54321",
    country: "IT",
    postal_code: "00100",
    city: "Rome",
    street: "Via 3",
    preferred: false,
    created_at: cabin.created_at,
    updated_at: moved.updated_at,
  });
  Assert.that("later", moved.updated_at > cabin.updated_at);
  const same = await alice.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: cabin.id },
    body: { label: "hut", preferred: false },
  });
  Assert.equal("the own label is not taken", same.label, "hut");
  Assert.equal("what is left out stays", same.phone, "54321");
  Assert.equal(
    "all of it",
    [same.recipient, same.country, same.postal_code, same.city, same.street],
    ["Cid", "IT", "00100", "Rome", "Via 3"],
  );
  const silent = await alice.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: cabin.id },
    body: { phone: null },
  });
  Assert.equal("null removes the phone", silent.phone, null);
  Assert.equal("the label stays", silent.label, "hut");
  await Assert.rejected("the label of another", 409, alice.call(
    "PUT /members/me/addresses/{addressId}",
    { path: { addressId: cabin.id }, body: { label: "work" } },
  ));
  const borrowed = await bob.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: theirs.id },
    body: { label: "work" },
  });
  Assert.that("labels of others are free, and it stays preferred", borrowed.preferred);
  await Assert.rejected("one is preferred always", 409, alice.call(
    "PUT /members/me/addresses/{addressId}",
    { path: { addressId: work.id }, body: { preferred: false } },
  ));
  const kept = await alice.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: work.id },
    body: { preferred: true, city: "Lyon" },
  });
  Assert.that("preferred as before", kept.preferred);
  const turned = await alice.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: cabin.id },
    body: { preferred: true },
  });
  Assert.that("now preferred", turned.preferred);
  const after = await alice.call("GET /members/me/addresses");
  Assert.equal("the other is not", after.data.map((one) => one.label), ["hut", "home", "work"]);
  Assert.equal("only one", after.data.filter((one) => one.preferred).length, 1);
  Assert.equal("the one before was changed", after.data.slice(2, 3).map((one) => one.updated_at), [
    turned.updated_at,
  ]);
  Assert.equal("the others were not", after.data.slice(1, 2).map((one) => one.updated_at), [
    work.created_at,
  ]);
  const stillTheirs = await bob.call("GET /members/me/addresses");
  Assert.equal("nor those of others", stillTheirs.data, [borrowed]);
  await Assert.rejected("addresses of others are not found", 404, bob.call(
    "PUT /members/me/addresses/{addressId}",
    { path: { addressId: home.id }, body: { city: "X" } },
  ));
  await Assert.rejected("nor removed", 404, bob.call("DELETE /members/me/addresses/{addressId}", {
    path: { addressId: home.id },
  }));
  await Assert.rejected("strangers have none", 401, stranger.call("GET /members/me/addresses"));
  await alice.call("DELETE /members/me/addresses/{addressId}", { path: { addressId: work.id } });
  const fewer = await alice.call("GET /members/me/addresses");
  Assert.equal("another preference stays", fewer.data.map((one) => one.preferred), [true, false]);
  Assert.equal("and nothing else changes", fewer.data.slice(1, 2), after.data.slice(1, 2));
  await alice.call("POST /members/me/addresses", {
    body: {
      label: "attic",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  });
  await alice.call("DELETE /members/me/addresses/{addressId}", { path: { addressId: cabin.id } });
  const left = await alice.call("GET /members/me/addresses");
  const loft = await alice.call("POST /members/me/addresses", {
    body: {
      label: "loft",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
      preferred: true,
    },
  });
  const preferred = await alice.call("GET /members/me/addresses");
  Assert.equal("the attic did not change", preferred.data.slice(1, 2), left.data.slice(1, 2));
  Assert.equal("the loft is preferred", preferred.data.slice(0, 1), [loft]);
  Assert.equal("the one added first is preferred", left.data.map((one) => one.label), [
    "home",
    "attic",
  ]);
  Assert.that("which is a change", left.data.every(
    (one) => one.preferred === (one.updated_at !== one.created_at && one.label === "home"),
  ));
  Assert.equal("exactly one", left.data.map((one) => one.preferred), [true, false]);
  Assert.that("changed by the removal", left.data.some(
    (one) => one.preferred && one.updated_at > turned.updated_at,
  ));
  await Assert.rejected("it is gone", 404, alice.call("DELETE /members/me/addresses/{addressId}", {
    path: { addressId: cabin.id },
  }));
  await bob.call("DELETE /members/me/addresses/{addressId}", { path: { addressId: theirs.id } });
  const none = await bob.call("GET /members/me/addresses");
  Assert.equal("none is left", none.data, []);
}
