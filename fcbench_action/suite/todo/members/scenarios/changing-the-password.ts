export const scenario = "A member changes the password, and cannot go back to one of the last five.";

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
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  phone.authenticate(phoneIn.token.access);
  await Assert.rejected("the current password is wrong", 403, alice.call(
    "PUT /members/me/password",
    { body: { current_password: "wrong", new_password: "password number 1" } },
  ));
  await Assert.rejected("that is the current one", 409, alice.call("PUT /members/me/password", {
    body: { current_password: "correct horse battery", new_password: "correct horse battery" },
  }));
  await alice.call("PUT /members/me/password", {
    body: { current_password: "correct horse battery", new_password: "password number 1" },
  });
  await Assert.rejected("the old password is wrong now", 401, phone.call(
    "POST /auth/members/login",
    { body: { email: aliceJoined.member.email, password: "correct horse battery" } },
  ));
  await Assert.rejected("other sessions are revoked", 401, phone.call(
    "POST /auth/members/refresh",
    { body: { value: phoneIn.token.refresh } },
  ));
  const on = await alice.call("POST /auth/members/refresh", {
    body: { value: aliceJoined.token.refresh },
  });
  Assert.equal("the one that asks is not", on.member.id, aliceJoined.member.id);
  for (const number of List.repeat(4, (index) => index + 1)) {
    await alice.call("PUT /members/me/password", {
      body: {
        current_password: `password number ${number}`,
        new_password: `password number ${number + 1}`,
      },
    });
  }
  await Assert.rejected("the first is the fifth of the former ones", 409, alice.call(
    "PUT /members/me/password",
    { body: { current_password: "password number 5", new_password: "correct horse battery" } },
  ));
  await Assert.rejected("the last but one is a former one", 409, alice.call(
    "PUT /members/me/password",
    { body: { current_password: "password number 5", new_password: "password number 4" } },
  ));
  await alice.call("PUT /members/me/password", {
    body: { current_password: "password number 5", new_password: "password number 6" },
  });
  await alice.call("PUT /members/me/password", {
    body: { current_password: "password number 6", new_password: "correct horse battery" },
  });
  const again = await phone.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  });
  Assert.equal("older ones are free again", again.member.id, aliceJoined.member.id);
}
