export const scenario = "Members see where they were mentioned.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const mod = api.session("member");
  const root = api.session("administrator");
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
  const modName = Random.string(8, 12);
  const modJoined = await mod.call("POST /auth/members/join", {
    body: { email: `${modName}@example.com`, nickname: modName, password: "correct horse battery" },
  });
  mod.authenticate(modJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "talk", kind: "open", categories: [] },
  });
  const far = await root.call("POST /boards", {
    body: { slug: "far", name: "far", kind: "open", categories: [] },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: modJoined.member.id },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: far.id, memberId: carlJoined.member.id },
  });
  const article = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Hello", body: "Text.", publish: true },
  });
  const other = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Other", body: "Text.", publish: true },
  });
  const one = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "One.", mentions: [annName, carlName] },
  });
  const two = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: { body: "Two.", mentions: [annName] },
  });
  const three = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Three.", mentions: [annName, bobName] },
  });
  const four = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Four.", mentions: [annName] },
  });
  const all = await ann.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("latest first", all.data.map((mention) => mention.comment_id), [
    four.id,
    three.id,
    two.id,
    one.id,
  ]);
  Assert.equal("on one page", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("a mention", List.at(all.data, 2), {
    id: List.at(all.data, 2)?.id ?? "",
    comment_id: two.id,
    article_id: other.id,
    author: { id: carlJoined.member.id, nickname: carlName },
    created_at: two.created_at,
    read_at: null,
  });
  const carls = await carl.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("carl has one", carls.data.map((mention) => mention.comment_id), [one.id]);
  const bobs = await bob.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("nobody mentions themselves", bobs.data.length, 0);
  const read = await ann.call("PUT /members/me/mentions/{commentId}/reading", {
    path: { commentId: one.id },
  });
  Assert.equal("read", read, {
    id: List.at(all.data, 3)?.id ?? "",
    comment_id: one.id,
    article_id: article.id,
    author: { id: bobJoined.member.id, nickname: bobName },
    created_at: one.created_at,
    read_at: read.read_at,
  });
  Assert.that("just now", (read.read_at ?? "") > four.created_at);
  const again = await ann.call("PUT /members/me/mentions/{commentId}/reading", {
    path: { commentId: one.id },
  });
  Assert.equal("read once", again, read);
  const unread = await ann.call("PATCH /members/me/mentions", { body: { unread: true } });
  Assert.equal("unread", unread.data.map((mention) => mention.comment_id), [
    four.id,
    three.id,
    two.id,
  ]);
  const both = await ann.call("PATCH /members/me/mentions", { body: { unread: false } });
  Assert.equal("all, read or not", List.at(both.data, 3), read);
  const still = await carl.call("PATCH /members/me/mentions", { body: { unread: true } });
  Assert.equal("carl has not read", still, carls);
  const page = await ann.call("PATCH /members/me/mentions", { body: { page: 2, limit: 3 } });
  Assert.equal("the second page", page.data, [read]);
  Assert.equal("its numbers", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const first = await ann.call("PATCH /members/me/mentions", { body: { limit: 3 } });
  Assert.equal("the first", first.data.map((mention) => mention.comment_id), [
    four.id,
    three.id,
    two.id,
  ]);
  await Assert.rejected("bob is not mentioned", 404, bob.call(
    "PUT /members/me/mentions/{commentId}/reading",
    { path: { commentId: one.id } },
  ));
  await Assert.rejected("nor carl there", 404, carl.call(
    "PUT /members/me/mentions/{commentId}/reading",
    { path: { commentId: two.id } },
  ));
  await Assert.rejected("there is no such comment", 404, ann.call(
    "PUT /members/me/mentions/{commentId}/reading",
    { path: { commentId: article.id } },
  ));
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: four.id } });
  const less = await ann.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("without removed comments", less.data.map((mention) => mention.comment_id), [
    three.id,
    two.id,
    one.id,
  ]);
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const left = await ann.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal(
    "authors who have left are not shown",
    left.data.map((mention) => mention.author?.nickname ?? "nobody"),
    [bobName, "nobody", bobName],
  );
  const gone = await ann.call("PUT /members/me/mentions/{commentId}/reading", {
    path: { commentId: two.id },
  });
  Assert.equal("nor by reading", gone.author, null);
  await mod.call("DELETE /articles/{articleId}", { path: { articleId: article.id } });
  const rest = await ann.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("nor removed articles", rest.data, [gone]);
  await Assert.rejected("whose mentions are not read", 404, ann.call(
    "PUT /members/me/mentions/{commentId}/reading",
    { path: { commentId: three.id } },
  ));
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members read none", 403, ann.call(
    "PUT /members/me/mentions/{commentId}/reading",
    { path: { commentId: two.id } },
  ));
}
