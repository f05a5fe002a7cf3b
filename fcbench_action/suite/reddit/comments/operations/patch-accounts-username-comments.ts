type Key = "PATCH /accounts/{username}/comments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const comments = db.reddit_comments.findMany({
    where: {
      author_id: { equals: account.id },
      removed_at: null,
      deleted_at: null,
      post: {
        some: {
          AND: [
            { removed_at: null },
            { deleted_at: null },
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
          ],
        },
      },
    },
    orderBy: [{ created_at: "desc" }],
  });
  return {
    pagination: {
      current: page,
      limit: limit,
      records: comments.length,
      pages: Math.ceil(comments.length / limit),
    },
    data: comments.slice((page - 1) * limit, page * limit).map((one) => ({
      id: one.id,
      post_id: one.reddit_post_id,
      parent_id: one.parent_id,
      number: one.number,
      depth: one.depth,
      author: { id: account.id, username: account.username },
      body: one.body,
      official: one.official,
      score: one.up_votes - one.down_votes,
      reply_count: one.replies,
      collapsed: db.reddit_comment_collapses.exists({
        where: { reddit_account_id: { equals: actor.id }, reddit_comment_id: { equals: one.id } },
      }),
      removed: false,
      deleted: false,
      created_at: one.created_at,
      edited_at: one.edited_at,
    })),
  };
}
