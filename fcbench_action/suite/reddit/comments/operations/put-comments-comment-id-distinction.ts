type Key = "PUT /comments/{commentId}/distinction";

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
  if (
    comment.author_id !== actor.id
      || !db.reddit_moderators.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: post.reddit_community_id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "only moderators speak officially");
  }
  if (comment.official === body.official || comment.deleted_at !== null) {
    throw new Rejection(409, "it is so already");
  }
  db.reddit_comments.update({
    where: { id: { equals: comment.id } },
    data: { official: body.official },
  });
  return;
}
