export const scenario = "Authors who have left are not shown in threads, and drafts have none for others.";

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
  await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Other", body: "Text.", publish: true },
  });
  const one = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "One." },
  });
  const two = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Two.", parent_id: one.id },
  });
  const three = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Three.", parent_id: two.id },
  });
  const four = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Four.", parent_id: two.id },
  });
  const five = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Five.", parent_id: one.id },
  });
  const six = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Six." },
  });
  await ann.call("PUT /comments/{commentId}/like", { path: { commentId: three.id } });
  await bob.call("PUT /comments/{commentId}/like", { path: { commentId: two.id } });
  await carl.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  const bobShort = { id: bobJoined.member.id, nickname: bobName };
  const thread = await ann.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal("the thread", thread, {
    comments: 6,
    roots: [
      {
        id: one.id,
        author: null,
        body: "One.",
        state: "visible",
        likes: 0,
        created_at: one.created_at,
        replies: [
          {
            id: two.id,
            author: null,
            body: "Two.",
            state: "visible",
            likes: 1,
            created_at: two.created_at,
            replies: [
              {
                id: three.id,
                author: null,
                body: "Three.",
                state: "visible",
                likes: 1,
                created_at: three.created_at,
                replies: [],
              },
              {
                id: four.id,
                author: bobShort,
                body: "Four.",
                state: "visible",
                likes: 0,
                created_at: four.created_at,
                replies: [],
              },
            ],
          },
          {
            id: five.id,
            author: bobShort,
            body: "Five.",
            state: "visible",
            likes: 0,
            created_at: five.created_at,
            replies: [],
          },
        ],
      },
      {
        id: six.id,
        author: bobShort,
        body: "Six.",
        state: "visible",
        likes: 0,
        created_at: six.created_at,
        replies: [],
      },
    ],
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: six.id },
    body: { body: "Six and a half." },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: five.id },
    body: { body: "Five and a half." },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: four.id },
    body: { body: "Four and a half." },
  });
  const edited = await ann.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "the latest text",
    edited.roots.map(
      (root1) => `${root1.body ?? ""} ${Text.join(
        root1.replies.map(
          (reply) => `${reply.body ?? ""} ${Text.join(
            reply.replies.map((low) => low.body ?? ""),
            " ",
          )}`,
        ),
        " ",
      )}`,
    ),
    ["One. Two. Three. Four and a half. Five and a half. ", "Six and a half. "],
  );
  const draft = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Draft", body: "Text.", publish: false },
  });
  const empty = await ann.call("GET /articles/{articleId}/thread", {
    path: { articleId: draft.id },
  });
  Assert.equal("an empty thread", empty, { comments: 0, roots: [] });
  await Assert.rejected("others see no draft", 404, bob.call("GET /articles/{articleId}/thread", {
    path: { articleId: draft.id },
  }));
}
