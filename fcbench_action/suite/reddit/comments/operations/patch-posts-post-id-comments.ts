type Key = "PATCH /posts/{postId}/comments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const post = db.reddit_posts.findFirst({
    where: {
      AND: [
        { id: { equals: path.postId } },
        {
          OR: [
            { community: { some: { visibility: { not: "private" } } } },
            {
              community: {
                some: {
                  "reddit_memberships.community": {
                    some: {
                      AND: [
                        { reddit_account_id: { equals: actor.id } },
                        { NOT: { approved_at: null } },
                      ],
                    },
                  },
                },
              },
            },
          ],
        },
        {
          OR: [
            { removed_at: null },
            { author_id: { equals: actor.id } },
            {
              community: {
                some: {
                  "reddit_moderators.community": {
                    some: {
                      AND: [
                        { reddit_account_id: { equals: actor.id } },
                        { NOT: { accepted_at: null } },
                      ],
                    },
                  },
                },
              },
            },
          ],
        },
      ],
    },
  });
  if (post === null) throw new Rejection(404, "no such post");
  const under = db.reddit_comments.findFirst({
    where: { id: { equals: body.under ?? "" }, reddit_post_id: { equals: post.id } },
  });
  if (body.under !== null && under === null) {
    throw new Rejection(404, "no such comment on the post");
  }
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const moderates = db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: post.reddit_community_id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  });
  const comments = db.reddit_comments.findMany({
    where: { reddit_post_id: { equals: post.id } },
    orderBy: [{ number: "asc" }],
  }).filter((one) => one.removed_at === null && one.deleted_at === null || one.replies > 0);
  const ordered = body.order === "old"
    ? comments
    : body.order === "new"
      ? List.sortBy(comments, (one) => one.number, "desc")
      : body.order === "controversial"
        ? List.sortBy(comments, (one) => Math.min(one.up_votes, one.down_votes), "desc")
        : List.sortBy(comments, (one) => one.up_votes - one.down_votes, "desc");
  const nodes = ordered.map((one) => ({
    comment: {
      id: one.id,
      post_id: one.reddit_post_id,
      parent_id: one.parent_id,
      number: one.number,
      depth: one.depth,
      author: one.deleted_at !== null
        || one.removed_at !== null && one.author_id !== actor.id && !moderates
        ? null
        : List.at(
          db.reddit_accounts.findMany({ where: { id: { equals: one.author_id ?? "" } } }).map((person) => ({
            id: person.id,
            username: person.username,
          })),
          0,
        ),
      body: one.deleted_at !== null
        || one.removed_at !== null && one.author_id !== actor.id && !moderates
        ? null
        : one.body,
      official: one.official,
      score: one.up_votes - one.down_votes,
      reply_count: one.replies,
      collapsed: db.reddit_comment_collapses.exists({
        where: { reddit_account_id: { equals: actor.id }, reddit_comment_id: { equals: one.id } },
      }),
      removed: one.removed_at !== null,
      deleted: one.deleted_at !== null,
      created_at: one.created_at,
      edited_at: one.edited_at,
    },
    replies: [],
  }));
  const depth = body.depth ?? 4;
  const base = under?.depth ?? 0;
  const fourth = nodes.filter((node) => depth > 3 && node.comment.depth === base + 3);
  const third = nodes.filter((node) => depth > 2 && node.comment.depth === base + 2).map((node) => ({
    ...node,
    replies: fourth.filter(
      (one) => one.comment.parent_id === node.comment.id && !node.comment.collapsed,
    ),
  }));
  const second = nodes.filter((node) => depth > 1 && node.comment.depth === base + 1).map((node) => ({
    ...node,
    replies: third.filter(
      (one) => one.comment.parent_id === node.comment.id && !node.comment.collapsed,
    ),
  }));
  const first = nodes.filter(
    (node) => under === null ? node.comment.parent_id === null : node.comment.id === under.id,
  ).map((node) => ({
    ...node,
    replies: second.filter(
      (one) => one.comment.parent_id === node.comment.id && !node.comment.collapsed,
    ),
  }));
  return {
    pagination: {
      current: page,
      limit: limit,
      records: first.length,
      pages: Math.ceil(first.length / limit),
    },
    data: first.slice((page - 1) * limit, page * limit),
  };
}
