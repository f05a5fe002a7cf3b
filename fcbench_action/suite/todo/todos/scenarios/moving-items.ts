export const scenario = "Members put items in order and move them to other lists, with their parts.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  const foreign = await bob.call("POST /lists", { body: { name: "Foreign" } });
  const a = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "A" },
  });
  const b = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "B" },
  });
  const c = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "C" },
  });
  const top = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: c.id },
    body: { list_id: home.id, after_id: null },
  });
  Assert.that("that is a change", top.updated_at > c.updated_at);
  const first = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("to the top", first.data.map((one) => one.title), ["C", "A", "B"]);
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: b.id },
    body: { list_id: home.id, after_id: c.id },
  });
  const second = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("between two", second.data.map((one) => one.title), ["C", "B", "A"]);
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: c.id },
    body: { list_id: home.id, after_id: a.id },
  });
  const third = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("to the end", third.data.map((one) => one.title), ["B", "A", "C"]);
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: b.id },
    body: { list_id: home.id, after_id: null },
  });
  const fourth = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("to where it is", fourth.data.map((one) => one.title), ["B", "A", "C"]);
  await Assert.rejected("after itself", 409, alice.call("PUT /items/{itemId}/position", {
    path: { itemId: a.id },
    body: { list_id: home.id, after_id: a.id },
  }));
  const big = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Big", parts: [{ title: "One" }, { title: "Two" }] },
  });
  const task = await alice.call("POST /lists/{listId}/items", {
    path: { listId: work.id },
    body: { title: "Task" },
  });
  await Assert.rejected("after an item of another list", 404, alice.call(
    "PUT /items/{itemId}/position",
    { path: { itemId: a.id }, body: { list_id: home.id, after_id: task.id } },
  ));
  await Assert.rejected("to a list that is not seen", 404, alice.call(
    "PUT /items/{itemId}/position",
    { path: { itemId: a.id }, body: { list_id: foreign.id, after_id: null } },
  ));
  await Assert.rejected("by somebody who does not see it", 404, bob.call(
    "PUT /items/{itemId}/position",
    { path: { itemId: a.id }, body: { list_id: foreign.id, after_id: null } },
  ));
  const moved = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: big.id },
    body: { list_id: work.id, after_id: null },
  });
  Assert.equal("it is in the other list", moved.list_id, work.id);
  Assert.equal("and so are its parts", moved.parts.map((part) => part.list_id), [work.id, work.id]);
  const there = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: work.id },
    body: {},
  });
  Assert.equal("on top, its parts at the end", there.data.map((one) => one.title), [
    "Big",
    "Task",
    "One",
    "Two",
  ]);
  const two = List.at(moved.parts, 1);
  const within = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: two?.id ?? "" },
    body: { list_id: work.id, after_id: big.id },
  });
  const still = await alice.call("GET /items/{itemId}", { path: { itemId: big.id } });
  Assert.equal("within its list a part stays a part", still.parts.map((part) => part.title), [
    "Two",
    "One",
  ]);
  await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: within.id },
    body: { list_id: home.id, after_id: b.id },
  });
  const left = await alice.call("GET /items/{itemId}", { path: { itemId: big.id } });
  Assert.equal("in another list it stands alone", left.parts.map((part) => part.title), ["One"]);
  const home2 = await alice.call("PATCH /lists/{listId}/items", {
    path: { listId: home.id },
    body: {},
  });
  Assert.equal("where it was put", home2.data.map((one) => one.title), ["B", "Two", "A", "C"]);
  const share = await bob.call("POST /lists/{listId}/shares", {
    path: { listId: foreign.id },
    body: { handle: aliceName, role: "viewer" },
  });
  await alice.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: foreign.id, shareId: share.id },
  });
  await Assert.rejected("to a list that is only viewed", 403, alice.call(
    "PUT /items/{itemId}/position",
    { path: { itemId: a.id }, body: { list_id: foreign.id, after_id: null } },
  ));
  const theirs = await bob.call("POST /lists/{listId}/items", {
    path: { listId: foreign.id },
    body: { title: "Theirs" },
  });
  await Assert.rejected("from a list that is only viewed", 403, alice.call(
    "PUT /items/{itemId}/position",
    { path: { itemId: theirs.id }, body: { list_id: home.id, after_id: null } },
  ));
  await bob.call("PUT /lists/{listId}/shares/{shareId}", {
    path: { listId: foreign.id, shareId: share.id },
    body: { role: "editor" },
  });
  const taken = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: theirs.id },
    body: { list_id: home.id, after_id: c.id },
  });
  Assert.equal("editors of both lists may", taken.list_id, home.id);
  const empty = await alice.call("POST /lists", { body: { name: "Empty" } });
  const alone = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: taken.id },
    body: { list_id: empty.id, after_id: null },
  });
  Assert.equal("to an empty list", alone.list_id, empty.id);
}
