export const scenario = "Members write drafts and publish articles.";

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
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "Talk", kind: "open", categories: ["apes", "newts"] },
  });
  const news = await root.call("POST /boards", {
    body: { slug: "news", name: "News", kind: "announcement", categories: ["daily"] },
  });
  const apes = List.at(talk.categories, 0)?.id ?? "";
  const newts = List.at(talk.categories, 1)?.id ?? "";
  const daily = List.at(news.categories, 0)?.id ?? "";
  const article = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {
      title: "Hello",
      body: "All of you.",
      publish: true,
      category_id: newts,
      files: [
        { name: "b.png", url: "https://files.example/b" },
        { name: "a.png", url: "https://files.example/a" },
      ],
    },
  });
  Assert.equal("an article", article, {
    id: article.id,
    board: { id: talk.id, slug: "talk", name: "Talk" },
    category: { id: newts, name: "newts" },
    author: { id: annJoined.member.id, nickname: annName },
    status: "published",
    pinned: false,
    revision: 1,
    title: "Hello",
    body: "All of you.",
    files: [
      { name: "b.png", url: "https://files.example/b" },
      { name: "a.png", url: "https://files.example/a" },
    ],
    created_at: article.created_at,
    published_at: article.created_at,
    updated_at: article.created_at,
  });
  const read = await bob.call("GET /articles/{articleId}", { path: { articleId: article.id } });
  Assert.equal("others read it", read, article);
  await Assert.rejected("guests do not", 401, guest.call("GET /articles/{articleId}", {
    path: { articleId: article.id },
  }));
  const draft = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Not yet.", publish: false, category_id: null },
  });
  Assert.equal("a draft", [draft.status, draft.published_at ?? "never"], ["draft", "never"]);
  Assert.equal(
    "without category and files",
    draft.category === null && draft.files.length === 0,
    true,
  );
  await Assert.rejected("others do not see it", 404, bob.call("GET /articles/{articleId}", {
    path: { articleId: draft.id },
  }));
  await Assert.rejected("nor publish it", 404, bob.call("PUT /articles/{articleId}/publication", {
    path: { articleId: draft.id },
  }));
  const mine = await ann.call("GET /articles/{articleId}", { path: { articleId: draft.id } });
  Assert.equal("the author does", mine, draft);
  const other = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Bob's", body: "Not yet.", publish: false },
  });
  const rich = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {
      title: "Rich",
      body: "Not yet.",
      publish: false,
      category_id: newts,
      files: [{ name: "x", url: "https://files.example/x" }],
    },
  });
  const richer = await ann.call("PUT /articles/{articleId}", {
    path: { articleId: rich.id },
    body: {
      title: "Richer",
      files: [
        { name: "z", url: "https://files.example/z" },
        { name: "y", url: "https://files.example/y" },
      ],
    },
  });
  const out = await ann.call("PUT /articles/{articleId}/publication", {
    path: { articleId: rich.id },
  });
  Assert.equal("the latest snapshot is published", out, {
    ...richer,
    status: "published",
    published_at: out.published_at,
  });
  const outToAll = await bob.call("GET /articles/{articleId}", { path: { articleId: rich.id } });
  Assert.equal("for everybody", outToAll, out);
  const thrown = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Thrown", body: "Away.", publish: false },
  });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: thrown.id } });
  await Assert.rejected("a removed draft is not published", 404, ann.call(
    "PUT /articles/{articleId}/publication",
    { path: { articleId: thrown.id } },
  ));
  const published = await ann.call("PUT /articles/{articleId}/publication", {
    path: { articleId: draft.id },
  });
  Assert.equal("published", published, {
    ...draft,
    status: "published",
    published_at: published.published_at,
  });
  Assert.that("later than written", (published.published_at ?? "") > draft.created_at);
  const seen = await bob.call("GET /articles/{articleId}", { path: { articleId: draft.id } });
  Assert.equal("for all", seen, published);
  const bobs = await bob.call("GET /articles/{articleId}", { path: { articleId: other.id } });
  Assert.equal("other drafts stay drafts", bobs, other);
  await Assert.rejected("once", 409, ann.call("PUT /articles/{articleId}/publication", {
    path: { articleId: draft.id },
  }));
  await Assert.rejected("by the author", 403, bob.call("PUT /articles/{articleId}/publication", {
    path: { articleId: draft.id },
  }));
  await Assert.rejected("a category of another board", 404, ann.call(
    "POST /boards/{boardId}/articles",
    {
      path: { boardId: talk.id },
      body: { title: "Hello", body: "Text.", publish: true, category_id: daily },
    },
  ));
  await Assert.rejected("no such board", 404, ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: apes },
    body: { title: "Hello", body: "Text.", publish: true },
  }));
  await Assert.rejected("not everybody announces", 403, ann.call(
    "POST /boards/{boardId}/articles",
    { path: { boardId: news.id }, body: { title: "News", body: "Text.", publish: true } },
  ));
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "announcer" },
  });
  const announced = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: news.id },
    body: { title: "News", body: "Text.", publish: true },
  });
  Assert.equal("announcers do", announced.board, { id: news.id, slug: "news", name: "News" });
  await Assert.rejected("no others", 403, bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: news.id },
    body: { title: "News", body: "Text.", publish: true },
  }));
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "moderator" },
  });
  await root.call("DELETE /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "announcer" },
  });
  await Assert.rejected("not without the role", 403, ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: news.id },
    body: { title: "News", body: "Text.", publish: true },
  }));
  const second = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: news.id },
    body: { title: "More news", body: "Text.", publish: true, category_id: daily },
  });
  Assert.equal("and all moderators", second.category, { id: daily, name: "daily" });
  await Assert.rejected("not others", 403, carl.call("POST /boards/{boardId}/articles", {
    path: { boardId: news.id },
    body: { title: "News", body: "Text.", publish: true },
  }));
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: carlJoined.member.id },
  });
  await Assert.rejected("not moderators of other boards", 403, carl.call(
    "POST /boards/{boardId}/articles",
    { path: { boardId: news.id }, body: { title: "News", body: "Text.", publish: true } },
  ));
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: news.id, memberId: carlJoined.member.id },
  });
  const third = await carl.call("POST /boards/{boardId}/articles", {
    path: { boardId: news.id },
    body: { title: "Third", body: "Text.", publish: true },
  });
  Assert.equal("those appointed do", third.title, "Third");
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("nothing is written in an archived board", 409, bob.call(
    "POST /boards/{boardId}/articles",
    { path: { boardId: talk.id }, body: { title: "Late", body: "Text.", publish: true } },
  ));
  await Assert.rejected("nor published", 409, bob.call("PUT /articles/{articleId}/publication", {
    path: { articleId: other.id },
  }));
  const archived = await bob.call("GET /articles/{articleId}", { path: { articleId: article.id } });
  Assert.equal("but read", archived, article);
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  await Assert.rejected("suspended members do not write", 403, bob.call(
    "POST /boards/{boardId}/articles",
    { path: { boardId: talk.id }, body: { title: "Late", body: "Text.", publish: true } },
  ));
  await Assert.rejected("nor publish", 403, bob.call("PUT /articles/{articleId}/publication", {
    path: { articleId: other.id },
  }));
  const shown = await carl.call("GET /articles/{articleId}", { path: { articleId: second.id } });
  Assert.equal("they are shown", shown.author, { id: bobJoined.member.id, nickname: bobName });
  await ann.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const gone = await carl.call("GET /articles/{articleId}", { path: { articleId: article.id } });
  Assert.equal("who has left is not", gone, { ...article, author: null });
}
