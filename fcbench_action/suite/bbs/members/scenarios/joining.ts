export const scenario = "Members and administrators join, and members log in.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const root = api.session("administrator");
  const other = api.session("administrator");
  const phone = api.session("member");
  const guest = api.session(null);
  const annName = Random.string(8, 12);
  const annJoined = await ann.call("POST /auth/members/join", {
    body: {
      email: `${Text.upper(annName)}@Example.com`,
      nickname: annName,
      password: "correct horse battery",
      introduction: "Hello.",
    },
  });
  Assert.equal("a new member", annJoined.member, {
    id: annJoined.member.id,
    nickname: annName,
    email: null,
    introduction: "Hello.",
    homepage: null,
    roles: [],
    status: "active",
    created_at: annJoined.member.created_at,
  });
  Assert.equal("for an hour", annJoined.token.expired_at, Time.addSeconds(
    annJoined.member.created_at,
    3600,
  ));
  const seen = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("guests see the same", seen, annJoined.member);
  await Assert.rejected("the address is taken", 409, bob.call("POST /auth/members/join", {
    body: {
      email: `${annName}@example.COM`,
      nickname: "somebody_else",
      password: "correct horse battery",
    },
  }));
  await Assert.rejected("the nickname is taken", 409, bob.call("POST /auth/members/join", {
    body: { email: "bob@example.com", nickname: annName, password: "correct horse battery" },
  }));
  await Assert.rejected("short passwords are refused", 422, bob.call("POST /auth/members/join", {
    body: { email: "bob@example.com", nickname: "bob_1", password: "too short" },
  }));
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  Assert.equal("an introduction may be lacking", bobJoined.member.introduction, null);
  await Assert.rejected("an address of the board is needed", 403, root.call(
    "POST /auth/administrators/join",
    { body: { email: `${annName}@example.com`, name: "Root", password: "correct horse battery" } },
  ));
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: {
      email: `${Text.upper(annName)}@BBS.example`,
      name: "Root",
      password: "correct horse battery",
    },
  });
  Assert.equal("an administrator", rootJoined.administrator, {
    id: rootJoined.administrator.id,
    email: `${annName}@bbs.example`,
    name: "Root",
    created_at: rootJoined.administrator.created_at,
  });
  Assert.equal("for an hour as well", rootJoined.token.expired_at, Time.addSeconds(
    rootJoined.administrator.created_at,
    3600,
  ));
  root.authenticate(rootJoined.token.access);
  await Assert.rejected("nor is that address taken twice", 409, other.call(
    "POST /auth/administrators/join",
    { body: { email: `${annName}@bbs.example`, name: "Other", password: "correct horse battery" } },
  ));
  const otherJoined = await other.call("POST /auth/administrators/join", {
    body: { email: `${bobName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  Assert.notEqual(
    "names may be the same",
    otherJoined.administrator.id,
    rootJoined.administrator.id,
  );
  const before = await root.call("PATCH /members", { body: { search: annName } });
  Assert.equal("joining is no login", List.at(before.data, 0)?.last_login_at ?? null, null);
  Assert.equal("the address is kept in lower case", before.data.map((one) => one.email), [
    `${annName}@example.com`,
  ]);
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: `${annName}@EXAMPLE.com`, password: "correct horse battery" },
  });
  Assert.equal("the same member", phoneIn.member, annJoined.member);
  const after = await root.call("PATCH /members", { body: { search: annName } });
  const login = List.at(after.data, 0)?.last_login_at ?? "";
  Assert.equal("for an hour from the login", phoneIn.token.expired_at, Time.addSeconds(
    login,
    3600,
  ));
  const bobs = await root.call("PATCH /members", { body: { search: bobName } });
  Assert.equal("others did not log in", bobs.data.map((one) => one.last_login_at === null), [true]);
  phone.authenticate(phoneIn.token.access);
  const profile = await phone.call("PUT /members/me/profile", { body: {} });
  Assert.equal("the token works", profile.introduction, "Hello.");
  await Assert.rejected("a wrong password", 401, phone.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "wrong" },
  }));
  await Assert.rejected("an unknown address", 401, phone.call("POST /auth/members/login", {
    body: { email: "nobody@example.com", password: "correct horse battery" },
  }));
  await Assert.rejected("nobody is there", 404, guest.call("GET /members/{memberId}", {
    path: { memberId: rootJoined.administrator.id },
  }));
  await Assert.rejected("administrators are no members", 403, root.call("PUT /members/me/profile", {
    body: {},
  }));
}
