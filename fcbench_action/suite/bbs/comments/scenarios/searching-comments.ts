export const scenario = "Members search the comments of an article.";

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
    body: { body: "One.", mentions: [annName] },
  });
  const two = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Two." },
  });
  const three = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Three." },
  });
  const four = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Four." },
  });
  const low = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Low.", parent_id: two.id },
  });
  await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Lower.", parent_id: low.id },
  });
  const beside = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Beside.", parent_id: two.id },
  });
  const away = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: { body: "Away." },
  });
  await carl.call("PUT /comments/{commentId}/like", { path: { commentId: three.id } });
  await ann.call("PUT /comments/{commentId}/like", { path: { commentId: three.id } });
  await bob.call("PUT /comments/{commentId}/like", { path: { commentId: four.id } });
  await mod.call("PUT /comments/{commentId}/like", { path: { commentId: two.id } });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: three.id },
    body: { body: "Three!" },
  });
  const top = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: {},
  });
  Assert.equal("top comments, oldest first", top.data.map((comment) => comment.id), [
    one.id,
    two.id,
    three.id,
    four.id,
  ]);
  Assert.equal("on one page", top.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("the first", List.at(top.data, 0), one);
  Assert.equal("with replies", List.at(top.data, 1), { ...two, likes: 1, replies: 2 });
  const third = List.at(top.data, 2);
  Assert.equal("edited and liked", third, {
    ...three,
    body: "Three!",
    revision: 2,
    likes: 2,
    liked: true,
    updated_at: third?.updated_at ?? "",
  });
  Assert.that("edited later", (third?.updated_at ?? "") > three.created_at);
  const young = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { order: "-created_at" },
  });
  Assert.equal("youngest first", young.data.map((comment) => comment.id), [
    four.id,
    three.id,
    two.id,
    one.id,
  ]);
  const best = await carl.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { order: "-likes" },
  });
  Assert.equal("most likes first, then oldest", best.data.map((comment) => comment.id), [
    three.id,
    two.id,
    four.id,
    one.id,
  ]);
  Assert.equal("which carl likes", best.data.map((comment) => comment.liked), [
    true,
    false,
    false,
    false,
  ]);
  const old = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { order: "created_at" },
  });
  Assert.equal("as without an order", old.data, top.data);
  const replies = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: two.id },
  });
  Assert.equal("direct replies", replies.data, [{ ...low, replies: 1 }, beside]);
  const his = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: two.id, author_id: bobJoined.member.id },
  });
  Assert.equal("by author", his.data.map((comment) => comment.id), [beside.id]);
  const tops = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { author_id: bobJoined.member.id },
  });
  Assert.equal("his top comments", tops.data.map((comment) => comment.id), [one.id, three.id]);
  const page = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { page: 2, limit: 3, order: "-created_at" },
  });
  Assert.equal("the second page", page.data.map((comment) => comment.id), [one.id]);
  Assert.equal("its numbers", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const first = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { limit: 3 },
  });
  Assert.equal("the first page", first.data.map((comment) => comment.id), [
    one.id,
    two.id,
    three.id,
  ]);
  const none = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: beside.id },
  });
  Assert.equal("nothing answers it", none.pagination, {
    current: 1,
    limit: 20,
    records: 0,
    pages: 0,
  });
  const there = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: {},
  });
  Assert.equal("other articles have others", there.data, [away]);
  await bob.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const left = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: {},
  });
  Assert.equal("authors who have left are not shown", left.data, [{ ...away, author: null }]);
  await ann.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const less = await carl.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { limit: 1 },
  });
  Assert.equal("nor are those mentioned", less.data.map((comment) => comment.mentions.length), [0]);
  const draft = await carl.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await Assert.rejected("drafts of others are not there", 404, mod.call(
    "PATCH /articles/{articleId}/comments",
    { path: { articleId: draft.id }, body: {} },
  ));
  const mine = await carl.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: draft.id },
    body: {},
  });
  Assert.equal("the own are", mine.data.length, 0);
  await mod.call("DELETE /articles/{articleId}", { path: { articleId: other.id } });
  await Assert.rejected("nor removed articles", 404, carl.call(
    "PATCH /articles/{articleId}/comments",
    { path: { articleId: other.id }, body: {} },
  ));
}
