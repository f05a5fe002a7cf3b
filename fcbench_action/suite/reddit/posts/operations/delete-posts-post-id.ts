type Key = "DELETE /posts/{postId}";

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
  if (post.author_id !== actor.id) throw new Rejection(403, "only the author may do that");
  if (post.deleted_at !== null) throw new Rejection(409, "it is deleted");
  db.reddit_post_revisions.remove({ where: { reddit_post_id: { equals: post.id } } });
  db.reddit_polls.remove({ where: { reddit_post_id: { equals: post.id } } });
  db.reddit_posts.update({
    where: { id: { equals: post.id } },
    data: { body: null, link: null, deleted_at: now },
  });
  return;
}
