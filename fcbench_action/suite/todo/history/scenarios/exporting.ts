export const scenario = "Members ask for exports of their data.";

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
  const foreign = await bob.call("POST /lists", { body: { name: "Foreign" } });
  const first = await alice.call("POST /exports", { body: { format: "json" } });
  Assert.equal("queued first", first, {
    export: {
      id: first.export.id,
      status: "queued",
      format: "json",
      created_at: first.export.created_at,
      position: 1,
    },
  });
  const second = await bob.call("POST /exports", { body: { format: "ics" } });
  Assert.that(
    "queued second",
    second.export.status === "queued"
      && second.export.position === 2
      && second.export.format === "ics",
  );
  const third = await alice.call("POST /exports", { body: { format: "csv", list_ids: [home.id] } });
  Assert.that(
    "queued third",
    third.export.status === "queued"
      && third.export.position === 3
      && third.export.format === "csv",
  );
  await Assert.rejected("a list that is not seen", 404, alice.call("POST /exports", {
    body: { format: "csv", list_ids: [home.id, foreign.id] },
  }));
  const read = await alice.call("GET /exports/{exportId}", { path: { exportId: third.export.id } });
  Assert.equal("as it was answered", read, third);
  await Assert.rejected("exports of others are not found", 404, bob.call(
    "GET /exports/{exportId}",
    { path: { exportId: first.export.id } },
  ));
  await Assert.rejected("nor removed", 404, bob.call("DELETE /exports/{exportId}", {
    path: { exportId: first.export.id },
  }));
  await alice.call("DELETE /exports/{exportId}", { path: { exportId: first.export.id } });
  await Assert.rejected("it is gone", 404, alice.call("GET /exports/{exportId}", {
    path: { exportId: first.export.id },
  }));
  await Assert.rejected("for good", 404, alice.call("DELETE /exports/{exportId}", {
    path: { exportId: first.export.id },
  }));
  const moved = await alice.call("GET /exports/{exportId}", {
    path: { exportId: third.export.id },
  });
  Assert.that(
    "the others move up",
    moved.export.status === "queued" && moved.export.position === 2,
  );
}
