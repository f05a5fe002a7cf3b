export const scenario = "A refresh token can be exchanged once; presenting it again ends its session.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const phone = api.session("member");
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
  await alice.call("PUT /members/me", { body: { avatar: "https://example.com/alice.png" } });
  await alice.call("PUT /members/me/settings", { body: { digest_time: "06:45" } });
  const me = await alice.call("GET /members/me");
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  phone.authenticate(phoneIn.token.access);
  Assert.equal("logging in answers with the member", phoneIn.member, me);
  const before = await phone.call("PATCH /members/me/sessions", { body: {} });
  const current = List.find(before.data, (one) => one.current);
  Assert.that("the session is there", current !== null);
  const second = await phone.call("POST /auth/members/refresh", {
    body: { value: phoneIn.token.refresh },
  });
  Assert.equal("the same member", second.member, me);
  Assert.that("all of the member", me.avatar !== null && me.settings.digest_time === "06:45");
  Assert.notEqual("a new refresh token", second.token.refresh, phoneIn.token.refresh);
  Assert.that("it can be exchanged later than the first", Time.isBefore(
    phoneIn.token.refreshable_until,
    second.token.refreshable_until,
  ));
  Assert.equal(
    "for 30 days, the access token for an hour",
    Time.addSeconds(second.token.expired_at, 2588400),
    second.token.refreshable_until,
  );
  phone.authenticate(second.token.access);
  const used = await phone.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: current?.id ?? "" },
  });
  Assert.equal("it is the session that asks", used.current, true);
  Assert.that("the session was seen later", used.last_seen_at > used.created_at);
  Assert.equal(
    "the session expires with its token",
    used.expires_at,
    second.token.refreshable_until,
  );
  const third = await phone.call("POST /auth/members/refresh", {
    body: { value: second.token.refresh },
  });
  Assert.equal("the next can be exchanged too", third.member.id, second.member.id);
  await Assert.rejected("the first was exchanged before", 401, phone.call(
    "POST /auth/members/refresh",
    { body: { value: phoneIn.token.refresh } },
  ));
  const revoked = await phone.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: used.id },
  });
  Assert.that(
    "the session is revoked although the request was refused",
    revoked.revoked_at !== null,
  );
  await Assert.rejected("tokens of a revoked session are refused", 401, phone.call(
    "POST /auth/members/refresh",
    { body: { value: third.token.refresh } },
  ));
  await Assert.rejected("the first once more", 401, phone.call("POST /auth/members/refresh", {
    body: { value: phoneIn.token.refresh },
  }));
  const later = await phone.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: used.id },
  });
  Assert.equal("a revoked session is not revoked again", later.revoked_at, revoked.revoked_at);
  await Assert.rejected("nobody knows this token", 401, phone.call("POST /auth/members/refresh", {
    body: { value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
  }));
  const other = await alice.call("POST /auth/members/refresh", {
    body: { value: aliceJoined.token.refresh },
  });
  Assert.equal("the other session goes on", other.member.id, aliceJoined.member.id);
}
