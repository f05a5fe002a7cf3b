export const scenario = "Whoever forgot a password asks for a reset, and nothing tells whether an address is known.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const phone = api.session(null);
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
  await phone.call("POST /auth/password-resets", { body: { email: aliceJoined.member.email } });
  await phone.call("POST /auth/password-resets", {
    body: { email: Text.upper(aliceJoined.member.email) },
  });
  await phone.call("POST /auth/password-resets", { body: { email: "nobody@example.com" } });
  await Assert.rejected("nobody was sent this code", 404, phone.call(
    "PUT /auth/password-resets/{code}",
    {
      path: { code: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
      body: { new_password: "another password" },
    },
  ));
  await Assert.rejected("that is no code", 400, phone.call("PUT /auth/password-resets/{code}", {
    path: { code: "short" },
    body: { new_password: "another password" },
  }));
  const inside = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  Assert.equal("the password is as it was", inside.member.id, aliceJoined.member.id);
  const on = await alice.call("POST /auth/members/refresh", {
    body: { value: aliceJoined.token.refresh },
  });
  Assert.equal("and so are the sessions", on.member.id, aliceJoined.member.id);
}
