export const scenario = "Members make labels and put them on items.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      handle: aliceName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: {
      email: `${bobName}@example.com`,
      handle: bobName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  bob.authenticate(bobJoined.token.access);
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const blue = await alice.call("POST /labels", { body: { name: "blue", color: "#0000ff" } });
  await Assert.rejected("the name is taken", 409, alice.call("POST /labels", {
    body: { name: "red", color: "#ee0000" },
  }));
  const bobsRed = await bob.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const bobsOwn = await bob.call("POST /labels", { body: { name: "own", color: "#ffffff" } });
  const dark = await alice.call("PUT /labels/{labelId}", {
    path: { labelId: red.id },
    body: { color: "#880000" },
  });
  Assert.equal("the color changes, the name stays", dark, {
    id: red.id,
    name: "red",
    color: "#880000",
  });
  const azure = await alice.call("PUT /labels/{labelId}", {
    path: { labelId: blue.id },
    body: { name: "azure" },
  });
  Assert.equal("the name changes, the color stays", azure, {
    id: blue.id,
    name: "azure",
    color: "#0000ff",
  });
  await Assert.rejected("the name of another label", 409, alice.call("PUT /labels/{labelId}", {
    path: { labelId: blue.id },
    body: { name: "red" },
  }));
  const same = await alice.call("PUT /labels/{labelId}", {
    path: { labelId: red.id },
    body: { name: "red" },
  });
  Assert.equal("its own name is not taken", same, dark);
  await Assert.rejected("labels of others are not found", 404, bob.call("PUT /labels/{labelId}", {
    path: { labelId: red.id },
    body: { name: "mine" },
  }));
  await Assert.rejected("nor removed", 404, bob.call("DELETE /labels/{labelId}", {
    path: { labelId: red.id },
  }));
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  const paint = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint" },
  });
  const gone = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Gone" },
  });
  await Assert.rejected("strangers find no item", 404, bob.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: bobsOwn.id } },
  ));
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: paint.id, labelId: red.id },
  });
  await alice.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: gone.id, labelId: red.id },
  });
  await bob.call("PUT /items/{itemId}/labels/{labelId}", {
    path: { itemId: paint.id, labelId: bobsOwn.id },
  });
  await Assert.rejected("it carries that label", 409, alice.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: red.id } },
  ));
  await Assert.rejected("it carries one of that name", 409, bob.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: bobsRed.id } },
  ));
  await Assert.rejected("labels of others are not put on", 404, bob.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: blue.id } },
  ));
  const worn = await bob.call("GET /items/{itemId}", { path: { itemId: paint.id } });
  Assert.equal("labels by name", worn.labels, [bobsOwn, dark]);
  Assert.that("that is a change", worn.updated_at > paint.updated_at);
  await alice.call("POST /trash", { body: { item_id: gone.id } });
  const mine = await alice.call("GET /labels");
  Assert.equal("the own labels by name, counted", mine.data, [
    { label: azure, items: 0 },
    { label: dark, items: 1 },
  ]);
  await Assert.rejected("it does not carry that", 404, alice.call(
    "DELETE /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: blue.id } },
  ));
  await alice.call("PUT /lists/{listId}/shares/{shareId}", {
    path: { listId: home.id, shareId: share.id },
    body: { role: "viewer" },
  });
  await Assert.rejected("viewers put nothing on", 403, bob.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: bobsRed.id } },
  ));
  await Assert.rejected("viewers take nothing off", 403, bob.call(
    "DELETE /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: bobsOwn.id } },
  ));
  await alice.call("DELETE /items/{itemId}/labels/{labelId}", {
    path: { itemId: paint.id, labelId: bobsOwn.id },
  });
  const bare = await alice.call("GET /items/{itemId}", { path: { itemId: paint.id } });
  Assert.equal("an editor takes off any label", bare.labels, [dark]);
  Assert.that("that is a change too", bare.updated_at > worn.updated_at);
  await alice.call("DELETE /labels/{labelId}", { path: { labelId: red.id } });
  const none = await alice.call("GET /items/{itemId}", { path: { itemId: paint.id } });
  Assert.equal("a removed label is taken off", none.labels, []);
  const left = await alice.call("GET /labels");
  Assert.equal("the other label is left", left.data, [{ label: azure, items: 0 }]);
  const bobs = await bob.call("GET /labels");
  Assert.equal("labels of others are left", bobs.data, [
    { label: bobsOwn, items: 0 },
    { label: bobsRed, items: 0 },
  ]);
  for (const number of List.repeat(20, (index) => index)) {
    const label = await alice.call("POST /labels", {
      body: { name: `label ${number}`, color: "#111111" },
    });
    await alice.call("PUT /items/{itemId}/labels/{labelId}", {
      path: { itemId: paint.id, labelId: label.id },
    });
  }
  await Assert.rejected("20 labels are enough", 409, alice.call(
    "PUT /items/{itemId}/labels/{labelId}",
    { path: { itemId: paint.id, labelId: azure.id } },
  ));
}
