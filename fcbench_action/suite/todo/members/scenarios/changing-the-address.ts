export const scenario = "A member asks for another address, and drops the request.";

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
  const asked = await alice.call("POST /members/me/email-changes", {
    body: { new_email: "New.Address@example.com" },
  });
  Assert.equal("the address is kept in lower case", asked.new_email, "new.address@example.com");
  Assert.equal("it can be confirmed for a day", asked.expires_at, Time.addSeconds(
    asked.created_at,
    86400,
  ));
  Assert.equal("it is not confirmed", asked.confirmed_at, null);
  const twice = await alice.call("POST /members/me/email-changes", {
    body: { new_email: "new.address@example.com" },
  });
  Assert.notEqual("the same address can be asked for again", twice.id, asked.id);
  const too = await bob.call("POST /members/me/email-changes", {
    body: { new_email: "new.address@example.com" },
  });
  Assert.equal("by others too", too.new_email, asked.new_email);
  await Assert.rejected("another member has the address", 409, alice.call(
    "POST /members/me/email-changes",
    { body: { new_email: Text.upper(bobJoined.member.email) } },
  ));
  await Assert.rejected("so has the member", 409, alice.call("POST /members/me/email-changes", {
    body: { new_email: aliceJoined.member.email },
  }));
  await Assert.rejected("the code is wrong", 403, alice.call(
    "PUT /members/me/email-changes/{emailChangeId}",
    { path: { emailChangeId: asked.id }, body: { code: "000000" } },
  ));
  await Assert.rejected("others do not find the request", 404, bob.call(
    "PUT /members/me/email-changes/{emailChangeId}",
    { path: { emailChangeId: asked.id }, body: { code: "000000" } },
  ));
  await Assert.rejected("others do not drop it", 404, bob.call(
    "DELETE /members/me/email-changes/{emailChangeId}",
    { path: { emailChangeId: asked.id } },
  ));
  await alice.call("DELETE /members/me/email-changes/{emailChangeId}", {
    path: { emailChangeId: asked.id },
  });
  await Assert.rejected("it is gone", 404, alice.call(
    "DELETE /members/me/email-changes/{emailChangeId}",
    { path: { emailChangeId: asked.id } },
  ));
  await Assert.rejected("the other is not", 403, alice.call(
    "PUT /members/me/email-changes/{emailChangeId}",
    { path: { emailChangeId: twice.id }, body: { code: "000000" } },
  ));
  await Assert.rejected("nor that of the other member", 403, bob.call(
    "PUT /members/me/email-changes/{emailChangeId}",
    { path: { emailChangeId: too.id }, body: { code: "000000" } },
  ));
  const me = await alice.call("GET /members/me");
  Assert.equal("the account keeps its address", me, aliceJoined.member);
}
