export const scenario = "A removed comment leaves a gap, and its replies stay.";

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
  const root1 = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Root.", mentions: [annName] },
  });
  const reply1 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Reply.", parent_id: root1.id },
  });
  const leaf = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Leaf.", parent_id: reply1.id },
  });
  const reply2 = await ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Reply too.", parent_id: root1.id },
  });
  const root2 = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Second root." },
  });
  const elsewhere = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: other.id },
    body: { body: "Elsewhere." },
  });
  await ann.call("PUT /comments/{commentId}/like", { path: { commentId: root1.id } });
  const before = await bob.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  const bobShort = { id: bobJoined.member.id, nickname: bobName };
  const carlShort = { id: carlJoined.member.id, nickname: carlName };
  const annShort = { id: annJoined.member.id, nickname: annName };
  Assert.equal("the thread", before, {
    comments: 5,
    roots: [
      {
        id: root1.id,
        author: bobShort,
        body: "Root.",
        state: "visible",
        likes: 1,
        created_at: root1.created_at,
        replies: [
          {
            id: reply1.id,
            author: carlShort,
            body: "Reply.",
            state: "visible",
            likes: 0,
            created_at: reply1.created_at,
            replies: [
              {
                id: leaf.id,
                author: annShort,
                body: "Leaf.",
                state: "visible",
                likes: 0,
                created_at: leaf.created_at,
                replies: [],
              },
            ],
          },
          {
            id: reply2.id,
            author: annShort,
            body: "Reply too.",
            state: "visible",
            likes: 0,
            created_at: reply2.created_at,
            replies: [],
          },
        ],
      },
      {
        id: root2.id,
        author: carlShort,
        body: "Second root.",
        state: "visible",
        likes: 0,
        created_at: root2.created_at,
        replies: [],
      },
    ],
  });
  await Assert.rejected("others remove nothing", 403, ann.call("DELETE /comments/{commentId}", {
    path: { commentId: root1.id },
  }));
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: carlJoined.member.id, role: "announcer" },
  });
  await Assert.rejected("nor do moderators of other boards", 403, carl.call(
    "DELETE /comments/{commentId}",
    { path: { commentId: root1.id } },
  ));
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: root1.id } });
  await Assert.rejected("not twice", 409, bob.call("DELETE /comments/{commentId}", {
    path: { commentId: root1.id },
  }));
  await mod.call("DELETE /comments/{commentId}", { path: { commentId: reply1.id } });
  const after = await bob.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal("gaps", after, {
    comments: 3,
    roots: [
      {
        id: root1.id,
        author: null,
        body: null,
        state: "removed",
        likes: 1,
        created_at: root1.created_at,
        replies: [
          {
            id: reply1.id,
            author: null,
            body: null,
            state: "removed",
            likes: 0,
            created_at: reply1.created_at,
            replies: [
              {
                id: leaf.id,
                author: annShort,
                body: "Leaf.",
                state: "visible",
                likes: 0,
                created_at: leaf.created_at,
                replies: [],
              },
            ],
          },
          {
            id: reply2.id,
            author: annShort,
            body: "Reply too.",
            state: "visible",
            likes: 0,
            created_at: reply2.created_at,
            replies: [],
          },
        ],
      },
      {
        id: root2.id,
        author: carlShort,
        body: "Second root.",
        state: "visible",
        likes: 0,
        created_at: root2.created_at,
        replies: [],
      },
    ],
  });
  const alone = await ann.call("GET /comments/{commentId}", { path: { commentId: root1.id } });
  Assert.equal("alone", alone, {
    ...root1,
    author: null,
    body: null,
    state: "removed",
    likes: 1,
    liked: true,
    mentions: [],
    replies: 1,
  });
  const answer = await mod.call("GET /comments/{commentId}", { path: { commentId: reply1.id } });
  Assert.equal("moderators see no more", answer, {
    ...reply1,
    author: null,
    body: null,
    state: "removed",
    replies: 1,
  });
  const found = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: {},
  });
  Assert.equal("in a search", found.data, [alone, root2]);
  const his = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { author_id: bobJoined.member.id },
  });
  Assert.equal("not by author", his.data.length, 0);
  await mod.call("DELETE /comments/{commentId}", { path: { commentId: leaf.id } });
  const deep = await carl.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal("in the depth as well", deep.comments, 2);
  Assert.equal(
    "a gap of its own",
    deep.roots.map((one) => one.replies.map((inner) => inner.replies.map(
      (low) => `${low.state} ${low.body ?? "nothing"} ${low.author?.nickname ?? "nobody"}`,
    ))),
    [[["removed nothing nobody"], []], []],
  );
  const far1 = await carl.call("GET /articles/{articleId}/thread", {
    path: { articleId: other.id },
  });
  Assert.equal("other articles have other threads", far1.roots.map((one) => one.id), [
    elsewhere.id,
  ]);
  await mod.call("PUT /articles/{articleId}/lock", {
    path: { articleId: article.id },
    body: { locked: true },
  });
  await ann.call("DELETE /comments/{commentId}", { path: { commentId: reply2.id } });
  const locked = await carl.call("GET /comments/{commentId}", { path: { commentId: reply2.id } });
  Assert.equal("also in locked articles", locked.state, "removed");
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await Assert.rejected("not in archived boards", 409, carl.call("DELETE /comments/{commentId}", {
    path: { commentId: root2.id },
  }));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: false },
  });
  await root.call("PUT /boards/{boardId}", { path: { boardId: far.id }, body: { archived: true } });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  await ann.call("DELETE /comments/{commentId}", { path: { commentId: elsewhere.id } });
  const empty = await carl.call("GET /articles/{articleId}/thread", {
    path: { articleId: other.id },
  });
  Assert.equal("moderators by role remove too", [empty.comments, empty.roots.length], [0, 1]);
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: carlJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members remove nothing", 403, carl.call(
    "DELETE /comments/{commentId}",
    { path: { commentId: root2.id } },
  ));
  const seen = await bob.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal("but are shown", List.at(seen.roots, 1)?.author ?? null, carlShort);
  await mod.call("POST /members/me/closing", { body: { password: "correct horse battery" } });
  await ann.call("DELETE /articles/{articleId}", { path: { articleId: article.id } });
  await Assert.rejected("no thread without an article", 404, bob.call(
    "GET /articles/{articleId}/thread",
    { path: { articleId: article.id } },
  ));
  await Assert.rejected("nothing to remove either", 404, ann.call("DELETE /comments/{commentId}", {
    path: { commentId: root2.id },
  }));
  await Assert.rejected("nor anything unknown", 404, ann.call("DELETE /comments/{commentId}", {
    path: { commentId: article.id },
  }));
}
