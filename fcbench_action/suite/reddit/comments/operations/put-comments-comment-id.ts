type Key = "PUT /comments/{commentId}";

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
  const text = comment.body;
  if (
    text === null
      || comment.removed_at !== null
      || !Time.isBefore(now, post.archives_at)
      || text === body.body
  ) {
    throw new Rejection(409, "it cannot be edited");
  }
  db.reddit_comment_revisions.insert({
    data: {
      reddit_comment_id: comment.id,
      number: db.reddit_comment_revisions.count({
        where: { reddit_comment_id: { equals: comment.id } },
      })
        + 1,
      body: text,
      replaced_at: now,
    },
  });
  db.reddit_comments.update({
    where: { id: { equals: comment.id } },
    data: { body: body.body, edited_at: now },
  });
  return;
}
