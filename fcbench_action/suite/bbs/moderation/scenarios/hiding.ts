export const scenario = "Moderators hide comments and show them again.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const carl = api.session("member");
  const mod = api.session("member");
  const eve = api.session("member");
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
  const eveName = Random.string(8, 12);
  const eveJoined = await eve.call("POST /auth/members/join", {
    body: { email: `${eveName}@example.com`, nickname: eveName, password: "correct horse battery" },
  });
  eve.authenticate(eveJoined.token.access);
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
    path: { boardId: far.id, memberId: eveJoined.member.id },
  });
  const article = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: talk.id },
    body: { title: "Hello", body: "Text.", publish: true },
  });
  const away = await ann.call("POST /boards/{boardId}/articles", {
    path: { boardId: far.id },
    body: { title: "Away", body: "Text.", publish: true },
  });
  const comment = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Rude." },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: eveJoined.member.id, role: "announcer" },
  });
  const reply = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Reply.", parent_id: comment.id, mentions: [annName] },
  });
  const leaf = await carl.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "Leaf.", parent_id: reply.id },
  });
  await ann.call("PUT /comments/{commentId}/like", { path: { commentId: reply.id } });
  await Assert.rejected("others do not hide", 403, ann.call("PUT /comments/{commentId}/hiding", {
    path: { commentId: reply.id },
  }));
  await Assert.rejected("nor moderators of other boards", 403, eve.call(
    "PUT /comments/{commentId}/hiding",
    { path: { commentId: reply.id } },
  ));
  await Assert.rejected("there is no such comment", 404, mod.call(
    "PUT /comments/{commentId}/hiding",
    { path: { commentId: article.id } },
  ));
  await Assert.rejected("it is not hidden", 409, mod.call("DELETE /comments/{commentId}/hiding", {
    path: { commentId: reply.id },
  }));
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: reply.id } });
  await Assert.rejected("hidden once", 409, mod.call("PUT /comments/{commentId}/hiding", {
    path: { commentId: reply.id },
  }));
  const others = await ann.call("GET /comments/{commentId}", { path: { commentId: reply.id } });
  Assert.equal("others see that something is there", others, {
    ...reply,
    body: null,
    state: "hidden",
    likes: 1,
    liked: true,
    replies: 1,
  });
  const author = await carl.call("GET /comments/{commentId}", { path: { commentId: reply.id } });
  Assert.equal("the author sees all", author, { ...reply, state: "hidden", likes: 1, replies: 1 });
  const moderator = await mod.call("GET /comments/{commentId}", { path: { commentId: reply.id } });
  Assert.equal("moderators too", moderator, author);
  const foreign = await eve.call("GET /comments/{commentId}", { path: { commentId: reply.id } });
  Assert.equal("of this board", foreign, { ...others, liked: false });
  const above = await ann.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("not counted as a reply", above, comment);
  const replies = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: comment.id },
  });
  Assert.equal("in a search", replies.data, [others]);
  const his = await carl.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: comment.id, author_id: carlJoined.member.id },
  });
  Assert.equal("found by its author", his.data, [author]);
  const moderated = await mod.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: comment.id },
  });
  Assert.equal("seen by moderators", moderated.data, [author]);
  const alien = await eve.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: comment.id },
  });
  Assert.equal("of the board", alien.data, [foreign]);
  const tops = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: {},
  });
  Assert.equal("counted alike", tops.data, [above]);
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: leaf.id } });
  await mod.call("PUT /comments/{commentId}/hiding", { path: { commentId: comment.id } });
  const thread = await ann.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "nothing to read",
    `${thread.comments} ${Text.join(
      thread.roots.map(
        (one) => `${one.state} ${one.body ?? "-"} ${one.author?.nickname ?? "nobody"} ${Text.join(
          one.replies.map(
            (two) => `${two.state} ${two.body ?? "-"} ${Text.join(
              two.replies.map((low) => `${low.state} ${low.body ?? "-"}`),
              ",",
            )}`,
          ),
          ",",
        )}`,
      ),
      ",",
    )}`,
    `0 hidden - ${bobName} hidden - hidden -`,
  );
  const carls = await carl.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "but the own",
    Text.join(
      carls.roots.map(
        (one) => `${one.body ?? "-"} ${Text.join(
          one.replies.map(
            (two) => `${two.body ?? "-"} ${Text.join(
              two.replies.map((low) => low.body ?? "-"),
              ",",
            )}`,
          ),
          ",",
        )}`,
      ),
      ",",
    ),
    "- Reply. Leaf.",
  );
  const bobs = await bob.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "of each",
    bobs.roots.map(
      (one) => `${one.body ?? "-"} ${Text.join(one.replies.map((two) => two.body ?? "-"), ",")}`,
    ),
    ["Rude. -"],
  );
  const mods = await mod.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "moderators read all",
    Text.join(
      mods.roots.map(
        (one) => `${one.body ?? "-"} ${Text.join(
          one.replies.map(
            (two) => `${two.body ?? "-"} ${Text.join(
              two.replies.map((low) => low.body ?? "-"),
              ",",
            )}`,
          ),
          ",",
        )}`,
      ),
      ",",
    ),
    "Rude. Reply. Leaf.",
  );
  const eves = await eve.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal("in their board", eves, thread);
  await Assert.rejected("not answered", 409, ann.call("POST /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { body: "But.", parent_id: comment.id },
  }));
  await Assert.rejected("not changed", 409, bob.call("PUT /comments/{commentId}", {
    path: { commentId: comment.id },
    body: { body: "Kind." },
  }));
  await Assert.rejected("not liked", 409, ann.call("PUT /comments/{commentId}/like", {
    path: { commentId: comment.id },
  }));
  const less = await ann.call("DELETE /comments/{commentId}/like", {
    path: { commentId: reply.id },
  });
  Assert.equal("but one may cease", less, { likes: 0, liked: false });
  const mentions = await ann.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("no mentions", mentions.data.length, 0);
  await Assert.rejected("authors do not show", 403, carl.call(
    "DELETE /comments/{commentId}/hiding",
    { path: { commentId: reply.id } },
  ));
  await Assert.rejected("nor moderators of other boards", 403, eve.call(
    "DELETE /comments/{commentId}/hiding",
    { path: { commentId: reply.id } },
  ));
  await Assert.rejected("there is nothing", 404, mod.call("DELETE /comments/{commentId}/hiding", {
    path: { commentId: article.id },
  }));
  await mod.call("DELETE /comments/{commentId}/hiding", { path: { commentId: reply.id } });
  const back = await ann.call("GET /comments/{commentId}", { path: { commentId: reply.id } });
  Assert.equal("as it was", back, reply);
  const still = await ann.call("GET /comments/{commentId}", { path: { commentId: leaf.id } });
  Assert.equal("others stay hidden", still.state, "hidden");
  const again = await ann.call("PATCH /members/me/mentions", { body: {} });
  Assert.equal("mentioned again", again.data.length, 1);
  await Assert.rejected("shown once", 409, mod.call("DELETE /comments/{commentId}/hiding", {
    path: { commentId: reply.id },
  }));
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: comment.id } });
  const removed = await mod.call("GET /comments/{commentId}", { path: { commentId: comment.id } });
  Assert.equal("removed counts more", removed, {
    ...comment,
    author: null,
    body: null,
    state: "removed",
    replies: 1,
  });
  await Assert.rejected("what is removed is not shown", 409, mod.call(
    "DELETE /comments/{commentId}/hiding",
    { path: { commentId: comment.id } },
  ));
  await carl.call("DELETE /comments/{commentId}", { path: { commentId: reply.id } });
  await Assert.rejected("and not hidden", 409, mod.call("PUT /comments/{commentId}/hiding", {
    path: { commentId: reply.id },
  }));
  await root.call("PUT /boards/{boardId}", {
    path: { boardId: talk.id },
    body: { archived: true },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: eveJoined.member.id, role: "moderator" },
  });
  const byRole = await eve.call("GET /comments/{commentId}", { path: { commentId: leaf.id } });
  Assert.equal("moderators by role read it", byRole.body, "Leaf.");
  const roleSearch = await eve.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: reply.id },
  });
  Assert.equal("in searches", roleSearch.data, [byRole]);
  const roleThread = await eve.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "and in the thread",
    roleThread.roots.map((one) => one.replies.map((two) => two.replies.map(
      (low) => low.body ?? "-",
    ))),
    [[["Leaf."]]],
  );
  const notMod = await ann.call("GET /comments/{commentId}", { path: { commentId: leaf.id } });
  Assert.equal("others still do not", notMod.body, null);
  const notSearch = await ann.call("PATCH /articles/{articleId}/comments", {
    path: { articleId: article.id },
    body: { parent_id: reply.id },
  });
  Assert.equal("nor in searches", notSearch.data, [notMod]);
  const notThread = await ann.call("GET /articles/{articleId}/thread", {
    path: { articleId: article.id },
  });
  Assert.equal(
    "nor in the thread",
    notThread.roots.map((one) => one.replies.map((two) => two.replies.map(
      (low) => low.body ?? "-",
    ))),
    [[["-"]]],
  );
  await eve.call("DELETE /comments/{commentId}/hiding", { path: { commentId: leaf.id } });
  await eve.call("PUT /comments/{commentId}/hiding", { path: { commentId: leaf.id } });
  const entries = await mod.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: talk.id },
    body: {},
  });
  Assert.equal(
    "written down",
    entries.data.map(
      (entry) => `${entry.sequence} ${entry.action} ${entry.member?.nickname ?? ""}`,
    ),
    [
      `6 hide ${eveName}`,
      `5 show ${eveName}`,
      `4 show ${modName}`,
      `3 hide ${modName}`,
      `2 hide ${modName}`,
      `1 hide ${modName}`,
    ],
  );
  Assert.equal("with the comments", entries.data.map((entry) => entry.subject_id), [
    leaf.id,
    leaf.id,
    reply.id,
    comment.id,
    leaf.id,
    reply.id,
  ]);
  const far1 = await bob.call("POST /articles/{articleId}/comments", {
    path: { articleId: away.id },
    body: { body: "Far." },
  });
  await eve.call("PUT /comments/{commentId}/hiding", { path: { commentId: far1.id } });
  const log = await eve.call("PATCH /boards/{boardId}/audit-entries", {
    path: { boardId: far.id },
    body: {},
  });
  Assert.equal("each board counts for itself", log.data.map((entry) => entry.sequence), [1]);
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: modJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended moderators hide nothing", 403, mod.call(
    "PUT /comments/{commentId}/hiding",
    { path: { commentId: far1.id } },
  ));
  await Assert.rejected("and show nothing", 403, mod.call("DELETE /comments/{commentId}/hiding", {
    path: { commentId: leaf.id },
  }));
  await eve.call("DELETE /articles/{articleId}", { path: { articleId: away.id } });
  await Assert.rejected("nothing in removed articles", 404, eve.call(
    "DELETE /comments/{commentId}/hiding",
    { path: { commentId: far1.id } },
  ));
  await Assert.rejected("neither", 404, eve.call("PUT /comments/{commentId}/hiding", {
    path: { commentId: far1.id },
  }));
}
