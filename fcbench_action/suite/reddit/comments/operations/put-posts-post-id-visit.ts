type Key = "PUT /posts/{postId}/visit";

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
  const visit = db.reddit_post_visits.findFirst({
    where: { reddit_account_id: { equals: actor.id }, reddit_post_id: { equals: post.id } },
  });
  if (visit === null) {
    db.reddit_post_visits.insert({
      data: {
        reddit_account_id: actor.id,
        reddit_post_id: post.id,
        comments: post.comments,
        visited_at: now,
      },
    });
  } else {
    db.reddit_post_visits.update({
      where: { id: { equals: visit.id } },
      data: { comments: post.comments, visited_at: now },
    });
  }
  return { new_comments: Math.max(post.comments - (visit?.comments ?? 0), 0) };
}
