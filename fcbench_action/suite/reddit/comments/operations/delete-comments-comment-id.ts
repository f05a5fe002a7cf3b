type Key = "DELETE /comments/{commentId}";

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
  if (comment.deleted_at !== null) throw new Rejection(409, "it is deleted");
  db.reddit_comment_revisions.remove({ where: { reddit_comment_id: { equals: comment.id } } });
  db.reddit_comments.update({
    where: { id: { equals: comment.id } },
    data: { body: null, deleted_at: now },
  });
  if (comment.removed_at === null) {
    db.reddit_posts.update({
      where: { id: { equals: post.id } },
      data: { comments: post.comments - 1 },
    });
  }
  return;
}
