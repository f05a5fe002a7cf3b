export const scenario = "Administrators grant and revoke roles.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
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
  const bossName = Random.string(8, 12);
  const bossJoined = await boss.call("POST /auth/administrators/join", {
    body: { email: `${bossName}@bbs.example`, name: "Boss", password: "correct horse battery" },
  });
  boss.authenticate(bossJoined.token.access);
  await Assert.rejected("members grant nothing", 403, ann.call(
    "PUT /members/{memberId}/roles/{role}",
    { path: { memberId: annJoined.member.id, role: "moderator" } },
  ));
  await Assert.rejected("guests even less", 401, guest.call(
    "PUT /members/{memberId}/roles/{role}",
    { path: { memberId: annJoined.member.id, role: "moderator" } },
  ));
  const grant = await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  Assert.equal("the grant", grant, {
    id: grant.id,
    role: "moderator",
    administrator: "Root",
    created_at: grant.created_at,
  });
  const again = await boss.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  Assert.equal("granted once", again, grant);
  const second = await boss.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "announcer" },
  });
  Assert.equal("the second grant", [second.role, second.administrator ?? ""], [
    "announcer",
    "Boss",
  ]);
  const both = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("in alphabetical order", both.roles, ["announcer", "moderator"]);
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "moderator" },
  });
  await root.call("DELETE /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  const one = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("the other stays", one.roles, ["announcer"]);
  const bobs = await guest.call("GET /members/{memberId}", {
    path: { memberId: bobJoined.member.id },
  });
  Assert.equal("and so do roles of others", bobs.roles, ["moderator"]);
  await Assert.rejected("it is not held any more", 404, root.call(
    "DELETE /members/{memberId}/roles/{role}",
    { path: { memberId: annJoined.member.id, role: "moderator" } },
  ));
  await Assert.rejected("members revoke nothing", 403, bob.call(
    "DELETE /members/{memberId}/roles/{role}",
    { path: { memberId: annJoined.member.id, role: "announcer" } },
  ));
  await Assert.rejected("there is no such member", 404, root.call(
    "PUT /members/{memberId}/roles/{role}",
    { path: { memberId: grant.id, role: "moderator" } },
  ));
  await Assert.rejected("nobody holds nothing", 404, root.call(
    "DELETE /members/{memberId}/roles/{role}",
    { path: { memberId: carlJoined.member.id, role: "announcer" } },
  ));
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("not while suspended", 409, root.call(
    "PUT /members/{memberId}/roles/{role}",
    { path: { memberId: bobJoined.member.id, role: "announcer" } },
  ));
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  await Assert.rejected("nor to who has left", 404, root.call(
    "PUT /members/{memberId}/roles/{role}",
    { path: { memberId: carlJoined.member.id, role: "announcer" } },
  ));
  await Assert.rejected("who loses nothing", 404, root.call(
    "DELETE /members/{memberId}/roles/{role}",
    { path: { memberId: carlJoined.member.id, role: "announcer" } },
  ));
}
