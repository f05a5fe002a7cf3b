export const scenario = "Members log in with address and password; after five failures they have to wait.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const phone = api.session("member");
  const helper = api.session("support");
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
  const helperName = Random.string(8, 12);
  const helperJoined = await helper.call("POST /auth/members/join", {
    body: {
      email: `${helperName}@todo.example`,
      handle: helperName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  helper.authenticate(helperJoined.token.access);
  const inside = await phone.call("POST /auth/members/login", {
    body: { email: Text.upper(aliceJoined.member.email), password: "correct horse battery" },
  });
  Assert.equal("the member is who joined", inside.member, aliceJoined.member);
  phone.authenticate(inside.token.access);
  const me = await phone.call("GET /members/me");
  Assert.equal("the token is good", me.id, aliceJoined.member.id);
  await Assert.rejected("nobody has the address", 401, phone.call("POST /auth/members/login", {
    body: { email: "nobody@example.com", password: "correct horse battery" },
  }));
  await Assert.rejected("wrong password, first", 401, phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "wrong" },
  }));
  await Assert.rejected("wrong password, second", 401, phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "wrong" },
  }));
  await Assert.rejected("wrong password, third", 401, phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "wrong" },
  }));
  await Assert.rejected("wrong password, fourth", 401, phone.call("POST /auth/members/login", {
    body: { email: Text.upper(aliceJoined.member.email), password: "wrong" },
  }));
  const still = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  Assert.equal("four failures do not lock", still.member.id, me.id);
  await Assert.rejected("wrong password, fifth", 401, phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "wrong" },
  }));
  await Assert.rejected("locked, even with the right password", 429, phone.call(
    "POST /auth/members/login",
    { body: { email: aliceJoined.member.email, password: "correct horse battery" } },
  ));
  await Assert.rejected("unknown addresses are not locked", 401, phone.call(
    "POST /auth/members/login",
    { body: { email: "nobody@example.com", password: "correct horse battery" } },
  ));
  const other = await phone.call("POST /auth/members/login", {
    body: { email: bobJoined.member.email, password: "correct horse battery" },
  });
  Assert.equal("others are not locked", other.member.id, bobJoined.member.id);
  const all = await helper.call("PATCH /support/login-attempts", { body: {} });
  Assert.equal("every attempt is kept", all.pagination, {
    current: 1,
    limit: 20,
    records: 11,
    pages: 1,
  });
  const succeeded = all.data.filter((one) => one.outcome === "succeeded");
  Assert.equal("three succeeded, newest first", succeeded.map((one) => one.email), [
    bobJoined.member.email,
    aliceJoined.member.email,
    Text.upper(aliceJoined.member.email),
  ]);
  const first = List.at(all.data, 0);
  Assert.that(
    "the newest is a success of the other member",
    first !== null
      && first.outcome === "succeeded"
      && first.member !== null
      && first.member.handle === bobName
      && first.session_id !== null,
  );
  const locked = await helper.call("PATCH /support/login-attempts", {
    body: { email: aliceJoined.member.email, outcome: "failed" },
  });
  Assert.equal("failures with the address as typed", locked.data.length, 5);
  const lock = List.at(locked.data, 0);
  Assert.that(
    "the last was locked, for 15 minutes",
    lock !== null
      && lock.outcome === "failed"
      && lock.reason === "locked"
      && lock.retry_at === Time.addSeconds(lock.created_at, 900),
  );
  const wrong = List.at(locked.data, 1);
  Assert.that(
    "the one before had a wrong password",
    wrong !== null
      && wrong.outcome === "failed"
      && wrong.reason === "wrong_password"
      && wrong.retry_at === null,
  );
  const unknown = await helper.call("PATCH /support/login-attempts", {
    body: { email: "nobody@example.com", ip_address: "0.0.0.0" },
  });
  Assert.that("the reason is an unknown address", unknown.data.every(
    (one) => one.outcome === "failed" && one.reason === "unknown_address",
  ));
  Assert.equal("twice", unknown.pagination.records, 2);
  const elsewhere = await helper.call("PATCH /support/login-attempts", {
    body: { ip_address: "10.0.0.1" },
  });
  Assert.equal("none from elsewhere", elsewhere.pagination, {
    current: 1,
    limit: 20,
    records: 0,
    pages: 0,
  });
  const good = await helper.call("PATCH /support/login-attempts", {
    body: { outcome: "succeeded", limit: 2, page: 2 },
  });
  Assert.equal("a page of the successes", good.data.map((one) => one.email), [
    Text.upper(aliceJoined.member.email),
  ]);
  Assert.equal("two pages", good.pagination, { current: 2, limit: 2, records: 3, pages: 2 });
  const since = await helper.call("PATCH /support/login-attempts", {
    body: { since: first?.created_at ?? "2000-01-01T00:00:00.000Z" },
  });
  Assert.equal("from the beginning of the span", since.pagination.records, 1);
  const until = await helper.call("PATCH /support/login-attempts", {
    body: { until: first?.created_at ?? "2000-01-01T00:00:00.000Z" },
  });
  Assert.equal("before its end", until.pagination.records, 10);
  await Assert.rejected("members are no support", 403, alice.call("PATCH /support/login-attempts", {
    body: {},
  }));
}
