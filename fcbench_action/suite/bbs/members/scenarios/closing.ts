export const scenario = "A member closes the account and is not found any more.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const root = api.session("administrator");
  const guest = api.session(null);
  const annName = Random.string(8, 12);
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: `${annName}@example.com`, nickname: annName, password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "announcer" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "announcer" },
  });
  await Assert.rejected("the password must be right", 403, ann.call("POST /members/me/closing", {
    body: { password: "wrong" },
  }));
  const still = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal(
    "nothing has changed",
    [still.status, Text.join(still.roles.map((one) => `${one}`), " ")],
    ["active", "announcer moderator"],
  );
  await ann.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  await Assert.rejected("not found any more", 404, guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  }));
  await Assert.rejected("no login", 401, ann.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "correct horse battery" },
  }));
  await Assert.rejected("not twice", 403, ann.call("POST /members/me/closing", {
    body: { password: "correct horse battery" },
  }));
  await Assert.rejected("nothing is changed", 403, ann.call("PUT /members/me/profile", {
    body: {},
  }));
  await Assert.rejected("the address stays taken", 409, carl.call("POST /auth/members/join", {
    body: {
      email: `${annName}@example.com`,
      nickname: "carl_1",
      password: "correct horse battery",
    },
  }));
  await Assert.rejected("the nickname too", 409, carl.call("POST /auth/members/join", {
    body: { email: "carl@example.com", nickname: annName, password: "correct horse battery" },
  }));
  const found = await root.call("PATCH /members", { body: { search: annName } });
  Assert.equal("administrators find the account", found.data, [
    {
      id: annJoined.member.id,
      nickname: annName,
      email: `${annName}@example.com`,
      status: "closed",
      roles: [],
      bans: 0,
      created_at: annJoined.member.created_at,
      updated_at: List.at(found.data, 0)?.updated_at ?? "",
      last_login_at: null,
    },
  ]);
  Assert.that("changed by closing", found.data.every((one) => Time.isBefore(
    annJoined.member.created_at,
    one.updated_at,
  )));
  const bobs = await guest.call("GET /members/{memberId}", {
    path: { memberId: bobJoined.member.id },
  });
  Assert.equal("others stay", bobs, { ...bobJoined.member, roles: ["announcer"] });
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members stay", 403, bob.call("POST /members/me/closing", {
    body: { password: "correct horse battery" },
  }));
}
