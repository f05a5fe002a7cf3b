type Key = "GET /comments/{commentId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const comment = db.reddit_comments.findFirst({ where: { id: { equals: path.commentId } } });
  if (comment === null) throw new Rejection(404, "no such comment");
  const post = db.reddit_posts.findFirst({
    where: {
      AND: [
        { id: { equals: comment.reddit_post_id } },
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
  const moderates = db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: post.reddit_community_id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  });
  return {
    id: comment.id,
    post_id: comment.reddit_post_id,
    parent_id: comment.parent_id,
    number: comment.number,
    depth: comment.depth,
    author: comment.deleted_at !== null
      || comment.removed_at !== null && comment.author_id !== actor.id && !moderates
      ? null
      : List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: comment.author_id ?? "" } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      ),
    body: comment.deleted_at !== null
      || comment.removed_at !== null && comment.author_id !== actor.id && !moderates
      ? null
      : comment.body,
    official: comment.official,
    score: comment.up_votes - comment.down_votes,
    reply_count: comment.replies,
    collapsed: db.reddit_comment_collapses.exists({
      where: { reddit_account_id: { equals: actor.id }, reddit_comment_id: { equals: comment.id } },
    }),
    removed: comment.removed_at !== null,
    deleted: comment.deleted_at !== null,
    created_at: comment.created_at,
    edited_at: comment.edited_at,
  };
}
