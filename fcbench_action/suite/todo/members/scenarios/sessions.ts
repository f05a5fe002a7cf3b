export const scenario = "A member looks at the own sessions, revokes one, all others, and logs out.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const phone = api.session("member");
  const tablet = api.session("member");
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
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  phone.authenticate(phoneIn.token.access);
  const tabletIn = await tablet.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  tablet.authenticate(tabletIn.token.access);
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
  const mine = await alice.call("PATCH /members/me/sessions", { body: {} });
  Assert.equal("three sessions, none of others", mine.pagination, {
    current: 1,
    limit: 20,
    records: 3,
    pages: 1,
  });
  Assert.equal("the one that asks was seen first", mine.data.map((one) => one.current), [
    false,
    false,
    true,
  ]);
  const first = List.find(mine.data, (one) => one.current);
  Assert.that(
    "opened and seen at once, until the token expires",
    first !== null
      && first.last_seen_at === first.created_at
      && first.expires_at === aliceJoined.token.refreshable_until,
  );
  const newest = List.at(mine.data, 0);
  Assert.that(
    "so is a session by logging in",
    newest !== null
      && newest.last_seen_at === newest.created_at
      && newest.expires_at === tabletIn.token.refreshable_until,
  );
  Assert.that("nothing is known of the client", mine.data.every(
    (one) => one.ip_address === "0.0.0.0" && one.user_agent === null && one.revoked_at === null,
  ));
  const old = await alice.call("PATCH /members/me/sessions", { body: { order: "created_at" } });
  Assert.equal("oldest first", old.data.map((one) => one.current), [true, false, false]);
  const young = await alice.call("PATCH /members/me/sessions", { body: { order: "-created_at" } });
  Assert.equal("youngest first", young.data.map((one) => one.current), [false, false, true]);
  await alice.call("POST /auth/members/refresh", { body: { value: aliceJoined.token.refresh } });
  const seen = await alice.call("PATCH /members/me/sessions", { body: { order: "last_seen_at" } });
  Assert.equal("seen last at the end", seen.data.map((one) => one.current), [false, false, true]);
  const latest = await alice.call("PATCH /members/me/sessions", {
    body: { order: "-last_seen_at" },
  });
  Assert.equal("seen last at the beginning", latest.data.map((one) => one.current), [
    true,
    false,
    false,
  ]);
  const second = await alice.call("PATCH /members/me/sessions", {
    body: { limit: 2, page: 2, order: "created_at" },
  });
  Assert.equal("the second page", second.pagination, {
    current: 2,
    limit: 2,
    records: 3,
    pages: 2,
  });
  Assert.equal("has the third session", second.data.map((one) => one.id), old.data.slice(2).map(
    (one) => one.id,
  ));
  const phoneSession = List.at(old.data, 1);
  const tabletSession = List.at(old.data, 2);
  const one = await alice.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: phoneSession?.id ?? "" },
  });
  Assert.equal("one session", one, phoneSession);
  await Assert.rejected("others do not see it", 404, bob.call(
    "GET /members/me/sessions/{sessionId}",
    { path: { sessionId: one.id } },
  ));
  await Assert.rejected("others do not revoke it", 404, bob.call(
    "DELETE /members/me/sessions/{sessionId}",
    { path: { sessionId: one.id } },
  ));
  await alice.call("DELETE /members/me/sessions/{sessionId}", { path: { sessionId: one.id } });
  await Assert.rejected("it was revoked before", 409, alice.call(
    "DELETE /members/me/sessions/{sessionId}",
    { path: { sessionId: one.id } },
  ));
  const revoked = await alice.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: one.id },
  });
  Assert.that("it is kept, with when it was revoked", revoked.revoked_at !== null);
  const force = await alice.call("PATCH /members/me/sessions", { body: { in_force: true } });
  Assert.equal("two are in force", force.data.length, 2);
  const any = await alice.call("PATCH /members/me/sessions", { body: { in_force: false } });
  Assert.equal("false leaves out none", any.data.length, 3);
  const rest = await alice.call("DELETE /members/me/sessions");
  Assert.equal("one other was in force", rest.revoked, 1);
  const alone = await alice.call("PATCH /members/me/sessions", { body: { in_force: true } });
  Assert.equal("the one that asks goes on", alone.data.map((session) => session.current), [true]);
  const kept = await alice.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: one.id },
  });
  Assert.equal("what was revoked is not revoked again", kept.revoked_at, revoked.revoked_at);
  await Assert.rejected("the tablet is out", 401, tablet.call("POST /auth/members/refresh", {
    body: { value: tabletIn.token.refresh },
  }));
  const stillGood = await tablet.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: tabletSession?.id ?? "" },
  });
  Assert.equal("its access token is good until it expires", stillGood.current, true);
  await alice.call("POST /auth/members/logout");
  const out = await alice.call("PATCH /members/me/sessions", { body: { in_force: true } });
  Assert.equal("none is in force", out.pagination.pages, 0);
  const last = await alice.call("PATCH /members/me/sessions", { body: { order: "created_at" } });
  const ended = List.at(last.data, 0);
  await alice.call("POST /auth/members/logout");
  const again = await alice.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: ended?.id ?? "" },
  });
  Assert.equal("logging out twice changes nothing", again.revoked_at, ended?.revoked_at ?? null);
  const bobs = await bob.call("PATCH /members/me/sessions", { body: { in_force: true } });
  Assert.equal("sessions of others go on", bobs.data.length, 1);
}
