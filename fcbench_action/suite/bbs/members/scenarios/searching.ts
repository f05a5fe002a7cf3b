export const scenario = "Administrators search members.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const dora = api.session("member");
  const root = api.session("administrator");
  const dan = await dora.call("POST /auth/members/join", {
    body: { email: "dora@example.com", nickname: "dora_search", password: "correct horse battery" },
  });
  const can = await carl.call("POST /auth/members/join", {
    body: { email: "carl@example.com", nickname: "carl_search", password: "correct horse battery" },
  });
  const ban = await bob.call("POST /auth/members/join", {
    body: { email: "bob@example.com", nickname: "bob_search", password: "correct horse battery" },
  });
  const man = await ann.call("POST /auth/members/join", {
    body: { email: "ann@example.com", nickname: "ann_other", password: "correct horse battery" },
  });
  ann.authenticate(man.token.access);
  carl.authenticate(can.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: dan.member.id, role: "announcer" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: dan.member.id, role: "moderator" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: man.member.id, role: "announcer" },
  });
  const first = await root.call("POST /members/{memberId}/bans", {
    path: { memberId: ban.member.id },
    body: { reason: "One." },
  });
  await root.call("PUT /members/{memberId}/bans/{banId}/lifting", {
    path: { memberId: ban.member.id, banId: first.id },
  });
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: ban.member.id },
    body: { reason: "Two." },
  });
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const all = await root.call("PATCH /members", { body: {} });
  Assert.equal("by nickname", all.data.map((one) => one.nickname), [
    "ann_other",
    "bob_search",
    "carl_search",
    "dora_search",
  ]);
  Assert.equal("on one page", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("with how they stand", all.data.map((one) => one.status), [
    "active",
    "suspended",
    "closed",
    "active",
  ]);
  Assert.equal("with bans", all.data.map((one) => one.bans), [0, 2, 0, 0]);
  Assert.equal("one of them", List.at(all.data, 3), {
    id: dan.member.id,
    nickname: "dora_search",
    email: "dora@example.com",
    status: "active",
    roles: ["announcer", "moderator"],
    bans: 0,
    created_at: dan.member.created_at,
    updated_at: dan.member.created_at,
    last_login_at: null,
  });
  Assert.equal("with the roles of each", all.data.map((one) => one.roles.length), [1, 0, 0, 2]);
  const text = await root.call("PATCH /members", { body: { search: "SEARCH" } });
  Assert.equal("by text in any case", text.data.map((one) => one.id), [
    ban.member.id,
    can.member.id,
    dan.member.id,
  ]);
  const closed = await root.call("PATCH /members", { body: { status: "closed" } });
  Assert.equal("by status", closed.data.map((one) => one.id), [can.member.id]);
  const role = await root.call("PATCH /members", { body: { role: "moderator" } });
  Assert.equal("by role", role.data.map((one) => one.id), [dan.member.id]);
  const both = await root.call("PATCH /members", {
    body: { search: "dora", role: "announcer", status: "active" },
  });
  Assert.equal("by all of it", both.data.map((one) => one.id), [dan.member.id]);
  const none = await root.call("PATCH /members", { body: { search: "bob", role: "announcer" } });
  Assert.equal("by what nobody is", none.pagination, {
    current: 1,
    limit: 20,
    records: 0,
    pages: 0,
  });
  const old = await root.call("PATCH /members", { body: { order: "created_at" } });
  Assert.equal("oldest first", old.data.map((one) => one.id), [
    dan.member.id,
    can.member.id,
    ban.member.id,
    man.member.id,
  ]);
  const young = await root.call("PATCH /members", { body: { order: "-created_at", limit: 3 } });
  Assert.equal("youngest first", young.data.map((one) => one.id), [
    man.member.id,
    ban.member.id,
    can.member.id,
  ]);
  const last = await root.call("PATCH /members", {
    body: { order: "-created_at", limit: 3, page: 2 },
  });
  Assert.equal("the last page", last.data.map((one) => one.id), [dan.member.id]);
  Assert.equal("its numbers", last.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const name = await root.call("PATCH /members", {
    body: { order: "nickname", page: 3, limit: 2 },
  });
  Assert.equal("beyond the last there is nothing", name.data.length, 0);
  await ann.call("POST /auth/members/login", {
    body: { email: "ann@example.com", password: "correct horse battery" },
  });
  const logged = await root.call("PATCH /members", { body: { search: "ann_other" } });
  Assert.that("when the member logged in", logged.data.every(
    (one) => (one.last_login_at ?? "") > man.member.created_at,
  ));
  await Assert.rejected("members search nothing", 403, ann.call("PATCH /members", { body: {} }));
}
