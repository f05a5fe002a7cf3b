export const scenario = "A ban suspends a member until it is lifted or has ended.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const phone = api.session("member");
  const root = api.session("administrator");
  const boss = api.session("administrator");
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
  const carlName = Random.string(8, 12);
  const carlJoined = await carl.call("POST /auth/members/join", {
    body: {
      email: `${carlName}@example.com`,
      nickname: carlName,
      password: "correct horse battery",
    },
  });
  carl.authenticate(carlJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const bossJoined = await boss.call("POST /auth/administrators/join", {
    body: { email: "the.boss@bbs.example", name: "Boss", password: "correct horse battery" },
  });
  boss.authenticate(bossJoined.token.access);
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "moderator" },
  });
  await Assert.rejected("members ban nobody", 403, ann.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Because." },
  }));
  const ban = await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Spam." },
  });
  Assert.equal("the ban", ban, {
    id: ban.id,
    member: { id: annJoined.member.id, nickname: annName },
    reason: "Spam.",
    administrator: "Root",
    created_at: ban.created_at,
    ends_at: null,
    lifted_at: null,
  });
  const suspended = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("suspended, without roles", suspended, { ...annJoined.member, status: "suspended" });
  const bobs = await guest.call("GET /members/{memberId}", {
    path: { memberId: bobJoined.member.id },
  });
  Assert.equal("others stay what they are", bobs, { ...bobJoined.member, roles: ["moderator"] });
  await Assert.rejected("not twice", 409, root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Again." },
  }));
  await Assert.rejected("no login", 403, phone.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "correct horse battery" },
  }));
  await Assert.rejected("wrong passwords before that", 401, phone.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "wrong" },
  }));
  const bobsLogin = await bob.call("POST /auth/members/login", {
    body: { email: `${bobName}@example.com`, password: "correct horse battery" },
  });
  Assert.equal("others log in", bobsLogin.member.roles, ["moderator"]);
  const bobsBan = await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Insults.", ends_at: null },
  });
  await Assert.rejected("it is not ann's", 404, boss.call(
    "PUT /members/{memberId}/bans/{banId}/lifting",
    { path: { memberId: annJoined.member.id, banId: bobsBan.id } },
  ));
  await Assert.rejected("members lift nothing", 403, bob.call(
    "PUT /members/{memberId}/bans/{banId}/lifting",
    { path: { memberId: bobJoined.member.id, banId: bobsBan.id } },
  ));
  const lifted = await boss.call("PUT /members/{memberId}/bans/{banId}/lifting", {
    path: { memberId: annJoined.member.id, banId: ban.id },
  });
  Assert.equal("lifted", lifted, { ...ban, lifted_at: lifted.lifted_at });
  Assert.that(
    "later than imposed",
    lifted.lifted_at !== null && Time.isBefore(ban.created_at, lifted.lifted_at),
  );
  await Assert.rejected("once", 409, root.call("PUT /members/{memberId}/bans/{banId}/lifting", {
    path: { memberId: annJoined.member.id, banId: ban.id },
  }));
  await Assert.rejected("bob's goes on", 403, phone.call("POST /auth/members/login", {
    body: { email: `${bobName}@example.com`, password: "correct horse battery" },
  }));
  const active = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("active again", active, annJoined.member);
  await ann.call("PUT /members/me/profile", { body: { introduction: "Back." } });
  await Assert.rejected("a ban ends later than now", 409, root.call(
    "POST /members/{memberId}/bans",
    { path: { memberId: annJoined.member.id }, body: { reason: "Late.", ends_at: ban.created_at } },
  ));
  const now = await ann.call("PUT /members/me/profile", { body: {} });
  await Assert.rejected("not at this moment", 409, root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Late.", ends_at: Time.addSeconds(now.updated_at, 1) },
  }));
  const end = Time.addSeconds(now.updated_at, 5);
  const short = await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Short.", ends_at: end },
  });
  Assert.equal("with an end", [short.ends_at ?? "", short.reason], [end, "Short."]);
  await Assert.rejected("still suspended", 403, phone.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "correct horse battery" },
  }));
  await Assert.rejected("a wrong password ends no ban", 401, phone.call(
    "POST /auth/members/login",
    { body: { email: `${annName}@example.com`, password: "wrong" } },
  ));
  const back = await phone.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "correct horse battery" },
  });
  Assert.equal("the end has come", back.member, { ...annJoined.member, introduction: "Back." });
  await Assert.rejected("the ban is lifted", 409, root.call(
    "PUT /members/{memberId}/bans/{banId}/lifting",
    { path: { memberId: annJoined.member.id, banId: short.id } },
  ));
  const read = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("active for everybody", read.status, "active");
  const stillOut = await guest.call("GET /members/{memberId}", {
    path: { memberId: bobJoined.member.id },
  });
  Assert.equal("bob is suspended still", stillOut.status, "suspended");
  const changed = await root.call("PATCH /members", { body: { search: annName } });
  const third = await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Once more.", ends_at: Time.addSeconds(end, 3600) },
  });
  const banned = await root.call("PATCH /members", { body: { search: annName } });
  Assert.that(
    "banning changes the account",
    banned.data.every((one) => one.updated_at === third.created_at)
      && changed.data.every((one) => one.updated_at < third.created_at),
  );
  const thirdLifted = await boss.call("PUT /members/{memberId}/bans/{banId}/lifting", {
    path: { memberId: annJoined.member.id, banId: third.id },
  });
  Assert.equal("lifted before its end", thirdLifted, {
    ...third,
    lifted_at: thirdLifted.lifted_at,
  });
  const free = await root.call("PATCH /members", { body: { search: annName } });
  Assert.equal("lifting changes it too", free.data.map((one) => one.updated_at), [
    thirdLifted.lifted_at ?? "",
  ]);
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  await Assert.rejected("who has left is not banned", 404, root.call(
    "POST /members/{memberId}/bans",
    { path: { memberId: carlJoined.member.id }, body: { reason: "Gone." } },
  ));
  await Assert.rejected("nor is there anything to lift", 404, root.call(
    "PUT /members/{memberId}/bans/{banId}/lifting",
    { path: { memberId: carlJoined.member.id, banId: ban.id } },
  ));
}
