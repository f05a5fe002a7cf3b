type Key = "POST /comments/{commentId}/appeals";

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
  if (comment.author_id !== actor.id) throw new Rejection(403, "only the author may do that");
  if (
    comment.removed_at === null
      || comment.deleted_at !== null
      || db.reddit_appeals.exists({ where: { reddit_comment_id: { equals: comment.id } } })
  ) {
    throw new Rejection(409, "there is nothing to appeal against");
  }
  const appeal = db.reddit_appeals.insert({
    data: {
      reddit_community_id: post.reddit_community_id,
      reddit_account_id: actor.id,
      reddit_comment_id: comment.id,
      text: body.text,
      created_at: now,
    },
  });
  return {
    id: appeal.id,
    kind: "comment",
    target_id: comment.id,
    account: { id: actor.id, username: actor.username },
    text: appeal.text,
    outcome: null,
    answer: null,
    created_at: now,
    decided_at: null,
  };
}
