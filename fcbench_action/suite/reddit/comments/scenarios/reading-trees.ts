export const scenario = "Readers see comments as trees and collapse what they do not want.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("user");
  const bob = api.session("user");
  const carol = api.session("user");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/accounts/join", {
    body: { username: aliceName, email: `${aliceName}@example.com`, password: "correct horse" },
  });
  alice.authenticate(aliceJoined.token);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/accounts/join", {
    body: { username: bobName, email: `${bobName}@example.com`, password: "correct horse" },
  });
  bob.authenticate(bobJoined.token);
  const carolName = Random.string(8, 12);
  const carolJoined = await carol.call("POST /auth/accounts/join", {
    body: { username: carolName, email: `${carolName}@example.com`, password: "correct horse" },
  });
  carol.authenticate(carolJoined.token);
  await alice.call("POST /communities", {
    body: { name: "cats", title: "Cats", visibility: "public" },
  });
  await alice.call("POST /communities", {
    body: { name: "den", title: "Den", visibility: "private" },
  });
  await carol.call("POST /communities", {
    body: { name: "dogs", title: "Dogs", visibility: "public" },
  });
  const post = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Hello", content: { kind: "text", body: null } },
  });
  const other = await bob.call("POST /communities/{communityName}/posts", {
    path: { communityName: "cats" },
    body: { title: "Other", content: { kind: "text", body: null } },
  });
  const one = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One." },
  });
  const two = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "Two." },
  });
  const deep1 = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One a.", parent_id: one.id },
  });
  const deep2 = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One b.", parent_id: one.id },
  });
  const deep11 = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One a a.", parent_id: deep1.id },
  });
  const deep111 = await carol.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One a a a.", parent_id: deep11.id },
  });
  const deep12 = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One a b.", parent_id: deep1.id },
  });
  const deepest = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { body: "One a a a a.", parent_id: deep111.id },
  });
  const foreign = await bob.call("POST /posts/{postId}/comments", {
    path: { postId: other.id },
    body: { body: "Elsewhere." },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: one.id },
    body: { body: "One!" },
  });
  await bob.call("PUT /comments/{commentId}", {
    path: { commentId: foreign.id },
    body: { body: "There." },
  });
  const old = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old" },
  });
  const readOne = await bob.call("GET /comments/{commentId}", { path: { commentId: one.id } });
  const readDeep1 = await bob.call("GET /comments/{commentId}", { path: { commentId: deep1.id } });
  const readDeep11 = await bob.call("GET /comments/{commentId}", {
    path: { commentId: deep11.id },
  });
  const readDeep111 = await bob.call("GET /comments/{commentId}", {
    path: { commentId: deep111.id },
  });
  Assert.equal("four levels", old.data, [
    {
      comment: readOne,
      replies: [
        {
          comment: readDeep1,
          replies: [
            { comment: readDeep11, replies: [{ comment: readDeep111, replies: [] }] },
            { comment: deep12, replies: [] },
          ],
        },
        { comment: deep2, replies: [] },
      ],
    },
    { comment: two, replies: [] },
  ]);
  Assert.equal("two trees", old.pagination, { current: 1, limit: 20, records: 2, pages: 1 });
  const newest = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "new", depth: 2 },
  });
  Assert.equal("newest first on each level", newest.data, [
    { comment: two, replies: [] },
    {
      comment: readOne,
      replies: [{ comment: deep2, replies: [] }, { comment: readDeep1, replies: [] }],
    },
  ]);
  const flat = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { depth: 1 },
  });
  Assert.equal("one level in order of numbers", flat.data, [
    { comment: readOne, replies: [] },
    { comment: two, replies: [] },
  ]);
  const three = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { depth: 3, order: "controversial" },
  });
  Assert.equal("three levels", three.data.map((node) => node.replies), [
    [
      {
        comment: readDeep1,
        replies: [{ comment: readDeep11, replies: [] }, { comment: deep12, replies: [] }],
      },
      { comment: deep2, replies: [] },
    ],
    [],
  ]);
  const page = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old", page: 2, limit: 1 },
  });
  Assert.equal("the second page", page, {
    pagination: { current: 2, limit: 1, records: 2, pages: 2 },
    data: [{ comment: two, replies: [] }],
  });
  const firstPage = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old", limit: 1 },
  });
  Assert.equal("one on the first", firstPage.data.map((node) => node.comment.id), [one.id]);
  const under = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { under: deep11.id, order: "old" },
  });
  Assert.equal("under one comment", under.data, [
    {
      comment: readDeep11,
      replies: [{ comment: readDeep111, replies: [{ comment: deepest, replies: [] }] }],
    },
  ]);
  Assert.equal("that one alone", under.pagination.records, 1);
  await Assert.rejected("a comment on another post", 404, bob.call(
    "PATCH /posts/{postId}/comments",
    { path: { postId: post.id }, body: { under: foreign.id } },
  ));
  await Assert.rejected("no such post", 404, bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: "00000001-0000-4000-8000-000000000000" },
    body: {},
  }));
  await carol.call("PUT /comments/{commentId}/collapse", { path: { commentId: one.id } });
  await carol.call("PUT /comments/{commentId}/collapse", { path: { commentId: deep11.id } });
  await Assert.rejected("collapsed already", 409, carol.call("PUT /comments/{commentId}/collapse", {
    path: { commentId: one.id },
  }));
  await Assert.rejected("no such comment to collapse", 404, carol.call(
    "PUT /comments/{commentId}/collapse",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" } },
  ));
  const collapsed = await carol.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old" },
  });
  Assert.equal("no replies below", collapsed.data, [
    { comment: { ...readOne, collapsed: true }, replies: [] },
    { comment: two, replies: [] },
  ]);
  const lower = await carol.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { under: deep1.id, order: "old" },
  });
  Assert.equal("nor further down", lower.data, [
    {
      comment: readDeep1,
      replies: [
        { comment: { ...readDeep11, collapsed: true }, replies: [] },
        { comment: deep12, replies: [] },
      ],
    },
  ]);
  const seen = await carol.call("GET /comments/{commentId}", { path: { commentId: one.id } });
  Assert.equal("it says so", seen.collapsed, true);
  const bobs = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old" },
  });
  Assert.equal("for one reader only", bobs, old);
  await Assert.rejected("others have not collapsed it", 404, bob.call(
    "DELETE /comments/{commentId}/collapse",
    { path: { commentId: one.id } },
  ));
  await Assert.rejected("no such comment to uncollapse", 404, bob.call(
    "DELETE /comments/{commentId}/collapse",
    { path: { commentId: "00000001-0000-4000-8000-000000000000" } },
  ));
  await bob.call("PUT /comments/{commentId}/collapse", { path: { commentId: one.id } });
  await carol.call("DELETE /comments/{commentId}/collapse", { path: { commentId: one.id } });
  await Assert.rejected("uncollapsed already", 404, carol.call(
    "DELETE /comments/{commentId}/collapse",
    { path: { commentId: one.id } },
  ));
  const open = await carol.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old", depth: 3 },
  });
  Assert.equal("open again", open.data.map((node) => node.replies.length), [2, 0]);
  const stillCollapsed = await carol.call("GET /comments/{commentId}", {
    path: { commentId: deep11.id },
  });
  Assert.equal("the other stays", stillCollapsed.collapsed, true);
  const bobsOne = await bob.call("GET /comments/{commentId}", { path: { commentId: one.id } });
  Assert.equal("and that of others", bobsOne.collapsed, true);
  await bob.call("DELETE /comments/{commentId}/collapse", { path: { commentId: one.id } });
  await carol.call("DELETE /comments/{commentId}/collapse", { path: { commentId: deep11.id } });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: deep12.id } });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: two.id } });
  await alice.call("PUT /comments/{commentId}/removal", { path: { commentId: one.id } });
  await bob.call("DELETE /comments/{commentId}", { path: { commentId: deep11.id } });
  const pruned = await carol.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { order: "old" },
  });
  Assert.equal("what has replies stays", pruned.data, [
    {
      comment: { ...readOne, author: null, body: null, removed: true },
      replies: [
        {
          comment: readDeep1,
          replies: [
            {
              comment: { ...readDeep11, author: null, body: null, deleted: true },
              replies: [{ comment: readDeep111, replies: [] }],
            },
          ],
        },
        { comment: deep2, replies: [] },
      ],
    },
  ]);
  const author = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { depth: 1 },
  });
  Assert.equal("the author reads on", author.data, [
    { comment: { ...readOne, removed: true }, replies: [] },
  ]);
  const moderator = await alice.call("PATCH /posts/{postId}/comments", {
    path: { postId: post.id },
    body: { depth: 1 },
  });
  Assert.equal("and so do moderators", moderator.data, author.data);
  const secret = await alice.call("POST /communities/{communityName}/posts", {
    path: { communityName: "den" },
    body: { title: "Secret", content: { kind: "text", body: null } },
  });
  const psst = await alice.call("POST /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: { body: "Psst." },
  });
  await alice.call("PUT /comments/{commentId}/collapse", { path: { commentId: psst.id } });
  await Assert.rejected("private trees", 404, bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: secret.id },
    body: {},
  }));
  await Assert.rejected("private ones are not collapsed", 404, bob.call(
    "PUT /comments/{commentId}/collapse",
    { path: { commentId: psst.id } },
  ));
  await bob.call("PUT /communities/{communityName}/membership", { path: { communityName: "den" } });
  await Assert.rejected("nor while one waits", 404, bob.call("PUT /comments/{commentId}/collapse", {
    path: { commentId: psst.id },
  }));
  await Assert.rejected("nor read while one waits", 404, bob.call(
    "PATCH /posts/{postId}/comments",
    { path: { postId: secret.id }, body: {} },
  ));
  await alice.call("PUT /communities/{communityName}/members/{username}", {
    path: { communityName: "den", username: bobName },
  });
  await bob.call("PUT /comments/{commentId}/collapse", { path: { commentId: psst.id } });
  await bob.call("DELETE /comments/{commentId}/collapse", { path: { commentId: psst.id } });
  await carol.call("PUT /comments/{commentId}/collapse", { path: { commentId: foreign.id } });
  await alice.call("PUT /posts/{postId}/removal", { path: { postId: other.id }, body: {} });
  await carol.call("DELETE /comments/{commentId}/collapse", { path: { commentId: foreign.id } });
  await Assert.rejected("trees of removed posts", 404, carol.call(
    "PATCH /posts/{postId}/comments",
    { path: { postId: other.id }, body: {} },
  ));
  await Assert.rejected("not collapsed either", 404, carol.call(
    "PUT /comments/{commentId}/collapse",
    { path: { commentId: foreign.id } },
  ));
  const mine = await bob.call("PATCH /posts/{postId}/comments", {
    path: { postId: other.id },
    body: {},
  });
  Assert.equal("but for the author", mine.data.length, 1);
  await bob.call("PUT /comments/{commentId}/collapse", { path: { commentId: foreign.id } });
  await alice.call("PUT /comments/{commentId}/collapse", { path: { commentId: foreign.id } });
}
