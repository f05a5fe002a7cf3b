export const scenario = "A member withdraws, is not found any more, and comes back.";

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
  await Assert.rejected("there is nothing to cancel", 404, alice.call(
    "DELETE /members/me/withdrawal",
  ));
  const withdrawn = await alice.call("POST /members/me/withdrawal", {
    body: { reason: "privacy", comment: "Too many mails." },
  });
  Assert.equal("the reason", withdrawn.reason, "privacy");
  Assert.equal("the comment", withdrawn.comment, "Too many mails.");
  Assert.equal("erased in 30 days", withdrawn.erase_at, Time.addSeconds(
    withdrawn.created_at,
    2592000,
  ));
  await Assert.rejected("there is a withdrawal", 409, alice.call("POST /members/me/withdrawal", {
    body: { reason: "other" },
  }));
  await Assert.rejected("others do not find the member", 404, bob.call("GET /members/{handle}", {
    path: { handle: aliceName },
  }));
  const found = await helper.call("GET /support/members/{handle}", { path: { handle: aliceName } });
  Assert.equal("support does", found, aliceJoined.member);
  await Assert.rejected("the address stays taken", 409, bob.call("POST /members/me/email-changes", {
    body: { new_email: aliceJoined.member.email },
  }));
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  phone.authenticate(phoneIn.token.access);
  await phone.call("DELETE /members/me/withdrawal");
  const back = await bob.call("GET /members/{handle}", { path: { handle: aliceName } });
  Assert.equal("others find the member again", back.id, aliceJoined.member.id);
  const other = await bob.call("POST /members/me/withdrawal", {
    body: { reason: "other", comment: null },
  });
  Assert.equal("a comment may be lacking", other.comment, null);
  const again = await alice.call("POST /members/me/withdrawal", {
    body: { reason: "no_longer_needed" },
  });
  Assert.equal("after cancelling one may withdraw again", again.reason, "no_longer_needed");
  await alice.call("DELETE /members/me/withdrawal");
  await Assert.rejected("the other member's withdrawal is there still", 409, bob.call(
    "POST /members/me/withdrawal",
    { body: { reason: "other" } },
  ));
}
