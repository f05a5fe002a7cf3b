export const scenario = "Every edit of an article leaves a snapshot.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const dan = api.session("member");
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
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/members/join", {
    body: { email: `${danName}@example.com`, nickname: danName, password: "correct horse battery" },
  });
  dan.authenticate(danJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const talk = await root.call("POST /boards", {
    body: { slug: "talk", name: "Talk", kind: "open", categories: ["apes", "newts"] },
  });
  const other = await root.call("POST /boards", {
    body: { slug: "other", name: "Other", kind: "open", categories: ["bees"] },
  });
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: talk.id, memberId: carlJoined.member.id },
  });
  const apes = List.at(talk.categories, 0)?.id ?? "";
  const newts = List.at(talk.categories, 1)?.id ?? "";
  const bees = List.at(other.categories, 0)?.id ?? "";
  const article = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: {
      title: "Hello",
      body: "All.",
      publish: true,
      category_id: apes,
      files: [{ name: "b", url: "https://files.example/b" }],
    },
  });
  const foreign = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Foreign", body: "Text.", publish: true },
  });
  const titled = await ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { title: "Hello!" },
  });
  Assert.equal("a title", titled, {
    ...article,
    title: "Hello!",
    revision: 2,
    updated_at: titled.updated_at,
  });
  Assert.that("later", titled.updated_at > article.updated_at);
  const moved = await ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { category_id: newts, title: "Hello!" },
  });
  Assert.equal("the category alone leaves no snapshot", moved, {
    ...titled,
    category: { id: newts, name: "newts" },
  });
  const written = await ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { body: "Everybody.", category_id: null },
  });
  Assert.equal("a body, and no category", written, {
    ...titled,
    category: null,
    body: "Everybody.",
    revision: 3,
    updated_at: written.updated_at,
  });
  const filed = await ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: {
      files: [
        { name: "c", url: "https://files.example/c" },
        { name: "b", url: "https://files.example/b" },
      ],
    },
  });
  Assert.equal("files", filed, {
    ...written,
    files: [
      { name: "c", url: "https://files.example/c" },
      { name: "b", url: "https://files.example/b" },
    ],
    revision: 4,
    updated_at: filed.updated_at,
  });
  await Assert.rejected("nothing would change", 409, ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: {
      title: "Hello!",
      body: "Everybody.",
      category_id: null,
      files: [
        { name: "c", url: "https://files.example/c" },
        { name: "b", url: "https://files.example/b" },
      ],
    },
  }));
  await Assert.rejected("nor by saying nothing", 409, ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: {},
  }));
  const turned = await ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: {
      files: [
        { name: "b", url: "https://files.example/b" },
        { name: "c", url: "https://files.example/c" },
      ],
      category_id: apes,
    },
  });
  Assert.equal("another order", turned, {
    ...filed,
    category: { id: apes, name: "apes" },
    files: [
      { name: "b", url: "https://files.example/b" },
      { name: "c", url: "https://files.example/c" },
    ],
    revision: 5,
    updated_at: turned.updated_at,
  });
  const spared = await bob.call("GET /articles/{articleId}", { path: { articleId: foreign.id } });
  Assert.equal("other articles keep their category", spared, foreign);
  const again = await ann.call("GET /articles/{articleId}", { path: { articleId: article.id } });
  Assert.equal("as it is read", again, turned);
  await Assert.rejected("a category of another board", 404, ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { category_id: bees },
  }));
  await Assert.rejected("others do not edit", 403, bob.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("moderators neither", 403, carl.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { title: "Mine" },
  }));
  const snapshots = await ann.call("GET /articles/{articleId}/snapshots", {
    path: { articleId: article.id },
  });
  Assert.equal("latest first", snapshots.data.map((one) => one.revision), [5, 4, 3, 2, 1]);
  Assert.equal(
    "what it was",
    snapshots.data.map(
      (one) => `${one.title} ${one.body} ${Text.join(one.files.map((file) => file.name), "")}`,
    ),
    [
      "Hello! Everybody. bc",
      "Hello! Everybody. cb",
      "Hello! Everybody. b",
      "Hello! All. b",
      "Hello All. b",
    ],
  );
  Assert.equal("and when", snapshots.data.map((one) => one.created_at), [
    turned.updated_at,
    filed.updated_at,
    written.updated_at,
    titled.updated_at,
    article.created_at,
  ]);
  Assert.equal("a file", List.at(snapshots.data, 4)?.files ?? [], [
    { name: "b", url: "https://files.example/b" },
  ]);
  const moderated = await carl.call("GET /articles/{articleId}/snapshots", {
    path: { articleId: article.id },
  });
  Assert.equal("moderators see them", moderated, snapshots);
  await root.call("PUT /boards/{boardId}/moderators/{memberId}", {
    path: { boardId: other.id, memberId: bobJoined.member.id },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: bobJoined.member.id, role: "announcer" },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: danJoined.member.id, role: "moderator" },
  });
  const byRole = await dan.call("GET /articles/{articleId}/snapshots", {
    path: { articleId: article.id },
  });
  Assert.equal("all moderators do", byRole, snapshots);
  await Assert.rejected("others do not", 403, bob.call("GET /articles/{articleId}/snapshots", {
    path: { articleId: article.id },
  }));
  const draft = await bob.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  await Assert.rejected("drafts of others are not there", 404, carl.call(
    "GET /articles/{articleId}/snapshots",
    { path: { articleId: draft.id } },
  ));
  await Assert.rejected("nor to be changed", 404, ann.call("PUT /articles/{articleId}", {
    path: { articleId: draft.id },
    body: { title: "Mine" },
  }));
  const own = await bob.call("GET /articles/{articleId}/snapshots", {
    path: { articleId: draft.id },
  });
  Assert.equal("one's own are", own.data.map((one) => one.title), ["Draft"]);
  const better = await bob.call("PUT /articles/{articleId}", {
    path: { articleId: draft.id },
    body: { title: "Better" },
  });
  Assert.equal("drafts are edited too", [better.title, better.status], ["Better", "draft"]);
  await carl.call("PUT /articles/{articleId}/lock", {
    path: { articleId: article.id },
    body: { locked: true },
  });
  await Assert.rejected("locked", 409, ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { title: "Mine" },
  }));
  await carl.call("PUT /articles/{articleId}/lock", {
    path: { articleId: article.id },
    body: { locked: false },
  });
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("archived", 409, ann.call("PUT /articles/{articleId}", {
    path: { articleId: article.id },
    body: { title: "Mine" },
  }));
  const still = await ann.call("GET /articles/{articleId}/snapshots", {
    path: { articleId: article.id },
  });
  Assert.equal("snapshots never change", still, snapshots);
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  const same = await bob.call("GET /articles/{articleId}", { path: { articleId: foreign.id } });
  Assert.equal("other articles stay", same, foreign);
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: annJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended authors do not edit", 403, ann.call(
    "PUT /articles/{articleId}",
    { path: { articleId: article.id }, body: { title: "Mine" } },
  ));
  await bob.call("DELETE /articles/{articleId}", { path: { articleId: foreign.id } });
  await Assert.rejected("what is removed has no snapshots", 404, bob.call(
    "GET /articles/{articleId}/snapshots",
    { path: { articleId: foreign.id } },
  ));
  await Assert.rejected("nor changes", 404, bob.call("PUT /articles/{articleId}", {
    path: { articleId: foreign.id },
    body: { title: "Back" },
  }));
}
