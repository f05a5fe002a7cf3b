export const scenario = "Administrators make boards, change them and archive them.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const root = api.session("administrator");
  const guest = api.session(null);
  const annName = Random.string(8, 12);
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: `${annName}@example.com`, nickname: annName, password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const empty = await guest.call("GET /boards");
  Assert.equal("no boards yet", empty.data.length, 0);
  const talk = await root.call("POST /boards", {
    body: {
      slug: "talk",
      name: "Talk",
      description: "About anything.",
      kind: "open",
      categories: ["zebras", "apes", "newts"],
    },
  });
  Assert.equal("a board", talk, {
    id: talk.id,
    slug: "talk",
    name: "Talk",
    description: "About anything.",
    kind: "open",
    categories: talk.categories,
    articles: 0,
    archived: false,
    created_at: talk.created_at,
  });
  Assert.equal("categories as given", talk.categories.map((one) => one.name), [
    "zebras",
    "apes",
    "newts",
  ]);
  const news = await root.call("POST /boards", {
    body: { slug: "news", name: "News", kind: "announcement", categories: [] },
  });
  Assert.equal("another", news, {
    id: news.id,
    slug: "news",
    name: "News",
    description: null,
    kind: "announcement",
    categories: [],
    articles: 0,
    archived: false,
    created_at: news.created_at,
  });
  const apes = await root.call("POST /boards", {
    body: { slug: "apes", name: "Talk", description: null, kind: "open", categories: ["apes"] },
  });
  await Assert.rejected("a slug is taken once", 409, root.call("POST /boards", {
    body: { slug: "news", name: "Other", kind: "open", categories: [] },
  }));
  await Assert.rejected("categories differ", 422, root.call("POST /boards", {
    body: { slug: "more", name: "More", kind: "open", categories: ["a", "a"] },
  }));
  await Assert.rejected("members make none", 403, ann.call("POST /boards", {
    body: { slug: "mine", name: "Mine", kind: "open", categories: [] },
  }));
  const all = await guest.call("GET /boards");
  Assert.equal("in the order in which they were made", all.data, [talk, news, apes]);
  const named = await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { name: "Chat" },
  });
  Assert.equal("only the name", named, { ...talk, name: "Chat" });
  const bare = await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { description: null },
  });
  Assert.equal("no description", bare, { ...named, description: null });
  await Assert.rejected("members change none", 403, ann.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { name: "Mine" },
  }));
  await Assert.rejected("there is no such board", 404, root.call("PUT /boards/{boardId}", {
    path: { boardId: annJoined.member.id },
    body: { name: "Mine" },
  }));
  await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "First", body: "Text.", publish: true },
  });
  const second = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Second", body: "Text.", publish: true },
  });
  await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: apes.id },
    body: { title: "Third", body: "Text.", publish: true },
  });
  await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: second.id } });
  const counted = await guest.call("GET /boards");
  Assert.equal("neither drafts nor what is removed", counted.data, [
    { ...bare, articles: 1 },
    news,
    { ...apes, articles: 1 },
  ]);
  const archived = await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  Assert.equal("archived", archived, { ...bare, articles: 1, archived: true });
  const still = await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { name: "Old talk", archived: true },
  });
  Assert.equal("archived still", still, { ...archived, name: "Old talk" });
  const kept = await root.call("PUT /boards/{boardId}", { path: { boardId: talk.id }, body: {} });
  Assert.equal("and when nothing is said", kept, still);
  const later = await root.call("POST /boards", {
    body: { slug: "late", name: "Late", kind: "open", categories: [] },
  });
  const end = await guest.call("GET /boards");
  Assert.equal("archived boards come last", end.data.map((one) => one.slug), [
    "news",
    "apes",
    "late",
    "talk",
  ]);
  await Assert.rejected("nothing is written there", 409, ann.call(
    "POST /boards/{boardId}/articles",
    { path: { boardId: talk.id }, body: { title: "Late", body: "Text.", publish: true } },
  ));
  const open = await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  Assert.equal("open again", open.archived, false);
  const again = await guest.call("GET /boards");
  Assert.equal("where it was", again.data, [open, news, { ...apes, articles: 1 }, later]);
}
