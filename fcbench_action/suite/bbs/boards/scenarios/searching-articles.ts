export const scenario = "Members search the articles of a board.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
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
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "Talk", kind: "open", categories: ["apes", "newts"] },
  });
  const other = await root.call("POST /boards", {
    body: { slug: "other", name: "other", kind: "open", categories: [] },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: bobJoined.member.id },
  });
  const apes = List.at(talk.categories, 0)?.id ?? "";
  const newts = List.at(talk.categories, 1)?.id ?? "";
  const late = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Written first", body: "Text.", publish: false },
  });
  const one = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "About BIG apes", body: "Text.", publish: true, category_id: apes },
  });
  const two = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "About newts", body: "Big text.", publish: true, category_id: newts },
  });
  const three = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Apes again", body: "Text.", publish: true, category_id: apes },
  });
  const gone = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Gone", body: "Text.", publish: true },
  });
  const far = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: other.id },
    body: { title: "Far apes", body: "Text.", publish: true },
  });
  const draft = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "A draft", body: "Text.", publish: false, category_id: apes },
  });
  const young = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Another draft", body: "Text.", publish: false },
  });
  const bobs = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Bob's draft", body: "Text.", publish: false },
  });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: gone.id } });
  await ann.call("PUT /articles/{articleId}/publication", { path: { articleId: late.id } });
  await ann.call("PUT /articles/{articleId}", {
    path: { articleId: three.id },
    body: { title: "Monkeys again" },
  });
  const all = await bob.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal("latest published first", all.data.map((article) => article.id), [
    late.id,
    three.id,
    two.id,
    one.id,
  ]);
  Assert.equal("on one page", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("seen shortly", List.at(all.data, 1), {
    id: three.id,
    title: "Monkeys again",
    category: { id: apes, name: "apes" },
    author: { id: annJoined.member.id, nickname: annName },
    status: "published",
    pinned: false,
    revision: 2,
    published_at: three.published_at,
  });
  await bob.call("PUT /articles/{articleId}/pin", {
    path: { articleId: two.id },
    body: { pinned: true },
  });
  await bob.call("PUT /articles/{articleId}/lock", {
    path: { articleId: two.id },
    body: { locked: true },
  });
  const pinned = await bob.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { drafts: false },
  });
  Assert.equal("what is pinned comes first", pinned.data.map((article) => article.id), [
    two.id,
    late.id,
    three.id,
    one.id,
  ]);
  Assert.equal("and locked", List.at(pinned.data, 0), {
    id: two.id,
    title: "About newts",
    category: { id: newts, name: "newts" },
    author: { id: bobJoined.member.id, nickname: bobName },
    status: "locked",
    pinned: true,
    revision: 1,
    published_at: two.published_at,
  });
  const text = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { search: "big" },
  });
  Assert.equal("by title in any case", text.data.map((article) => article.id), [one.id]);
  const upper = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { search: "APES" },
  });
  Assert.equal("the latest title only", upper.data.map((article) => article.id), [one.id]);
  const category = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { category_id: apes },
  });
  Assert.equal("by category", category.data.map((article) => article.id), [three.id, one.id]);
  const author = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { author_id: bobJoined.member.id },
  });
  Assert.equal("by author", author.data.map((article) => article.id), [two.id]);
  const both = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { author_id: bobJoined.member.id, category_id: apes },
  });
  Assert.equal("by both", both.pagination, { current: 1, limit: 20, records: 0, pages: 0 });
  const drafts = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { drafts: true },
  });
  Assert.equal("the own drafts", drafts.data.map((article) => article.id), [young.id, draft.id]);
  Assert.equal(
    "as drafts",
    drafts.data.map((article) => `${article.status} ${article.published_at ?? "never"}`),
    ["draft never", "draft never"],
  );
  const apish = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { drafts: true, category_id: apes, search: "DRAFT" },
  });
  Assert.equal("searched like others", apish.data.map((article) => article.id), [draft.id]);
  const his = await bob.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { drafts: true },
  });
  Assert.equal("and no others", his.data.map((article) => article.id), [bobs.id]);
  const page = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { page: 2, limit: 3 },
  });
  Assert.equal("the second page", page.data.map((article) => article.id), [one.id]);
  Assert.equal("its numbers", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const first = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { limit: 3 },
  });
  Assert.equal("the first", first.data.map((article) => article.id), [two.id, late.id, three.id]);
  await Assert.rejected("no such board", 404, ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: apes },
    body: {},
  }));
  const there = await ann.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: other.id },
    body: {},
  });
  Assert.equal("other boards have others", there.data.map((article) => article.id), [far.id]);
  Assert.equal("without category", List.at(there.data, 0)?.category ?? null, null);
  await ann.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const left = await bob.call("PATCH /boards/{boardId}/articles", {
    path: { boardId: other.id },
    body: {},
  });
  Assert.equal(
    "authors who have left are not shown",
    left.data.map((article) => article.author === null),
    [true],
  );
}
