export const scenario = "A member makes lists, renames, recolors, moves and removes them.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home", color: "#00ff00" } });
  Assert.equal("the list as its owner sees it", home, {
    id: home.id,
    owner: {
      id: aliceJoined.member.id,
      handle: aliceName,
      display_name: aliceJoined.member.display_name,
      avatar: null,
    },
    name: "Home",
    color: "#00ff00",
    position: 0,
    role: "owner",
    shares: [],
    open_items: 0,
    created_at: home.created_at,
    updated_at: home.created_at,
    archived_at: null,
  });
  const work = await alice.call("POST /lists", { body: { name: "Work" } });
  Assert.equal("the next comes after it", work.position, 1);
  Assert.equal("without a color it is null", work.color, null);
  await Assert.rejected("the name is taken", 409, alice.call("POST /lists", {
    body: { name: "Home" },
  }));
  const other = await bob.call("POST /lists", { body: { name: "Home" } });
  Assert.equal("another owner's list begins at 0", other.position, 0);
  await Assert.rejected("others do not see the list", 404, bob.call("GET /lists/{listId}", {
    path: { listId: home.id },
  }));
  await Assert.rejected("others do not change it", 404, bob.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("others do not remove it", 404, bob.call("DELETE /lists/{listId}", {
    path: { listId: home.id },
  }));
  const house = await alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "House" },
  });
  Assert.equal("the name changes", house.name, "House");
  Assert.equal("the color stays", house.color, "#00ff00");
  Assert.equal("the position stays", house.position, 0);
  Assert.that("it was changed later", house.updated_at > home.updated_at);
  Assert.equal("it was created when it was", house.created_at, home.created_at);
  const bare = await alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { color: null, position: 7 },
  });
  Assert.equal("null removes the color", bare.color, null);
  Assert.equal("the position changes", bare.position, 7);
  Assert.equal("the name stays", bare.name, "House");
  const blue = await alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { color: "#0000ff", name: "House", position: 7 },
  });
  Assert.equal("its own name and position are not taken", blue.color, "#0000ff");
  await Assert.rejected("the name of another list", 409, alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { name: "Work" },
  }));
  await Assert.rejected("the position of another list", 409, alice.call("PUT /lists/{listId}", {
    path: { listId: home.id },
    body: { position: 1 },
  }));
  const third = await alice.call("POST /lists", { body: { name: "Home" } });
  Assert.equal("a new list comes after the greatest position", third.position, 8);
  const untouched = await alice.call("GET /lists/{listId}", { path: { listId: work.id } });
  Assert.equal("other lists stay as they are", untouched, work);
  await alice.call("DELETE /lists/{listId}", { path: { listId: work.id } });
  await Assert.rejected("what is removed is gone", 404, alice.call("GET /lists/{listId}", {
    path: { listId: work.id },
  }));
  const kept = await alice.call("GET /lists/{listId}", { path: { listId: home.id } });
  Assert.equal("the others are there", kept, blue);
  const bobs = await bob.call("GET /lists/{listId}", { path: { listId: other.id } });
  Assert.equal("so are those of others", bobs, other);
}
