export const scenario = "Support looks a member up and revokes a session; nobody else may.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const phone = api.session("member");
  const bob = api.session("member");
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
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  phone.authenticate(phoneIn.token.access);
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
  const found = await helper.call("GET /support/members/{handle}", { path: { handle: aliceName } });
  Assert.equal("support sees what the member sees", found, aliceJoined.member);
  await Assert.rejected("members are no support", 403, bob.call("GET /support/members/{handle}", {
    path: { handle: aliceName },
  }));
  await Assert.rejected("nobody has the handle", 404, helper.call("GET /support/members/{handle}", {
    path: { handle: "nobody_here" },
  }));
  const sessions = await phone.call("PATCH /members/me/sessions", { body: {} });
  const current = List.find(sessions.data, (one) => one.current);
  const sessionId = current?.id ?? "";
  await Assert.rejected("members do not revoke sessions of others", 403, bob.call(
    "DELETE /support/members/{handle}/sessions/{sessionId}",
    { path: { handle: aliceName, sessionId: sessionId } },
  ));
  await Assert.rejected("the session is not of that member", 404, helper.call(
    "DELETE /support/members/{handle}/sessions/{sessionId}",
    { path: { handle: bobName, sessionId: sessionId } },
  ));
  await helper.call("DELETE /support/members/{handle}/sessions/{sessionId}", {
    path: { handle: aliceName, sessionId: sessionId },
  });
  await Assert.rejected("it was revoked before", 409, helper.call(
    "DELETE /support/members/{handle}/sessions/{sessionId}",
    { path: { handle: aliceName, sessionId: sessionId } },
  ));
  const revoked = await alice.call("GET /members/me/sessions/{sessionId}", {
    path: { sessionId: sessionId },
  });
  Assert.that("the session is revoked", revoked.revoked_at !== null);
  const rest = await alice.call("PATCH /members/me/sessions", { body: { in_force: true } });
  Assert.equal("the other goes on", rest.data.map((one) => one.current), [true]);
}
