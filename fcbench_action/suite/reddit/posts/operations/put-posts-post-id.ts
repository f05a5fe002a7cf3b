type Key = "PUT /posts/{postId}";

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
  if (
    post.kind !== "text"
      || post.locked_at !== null
      || !Time.isBefore(now, post.archives_at)
      || post.removed_at !== null
      || post.deleted_at !== null
  ) {
    throw new Rejection(409, "it cannot be edited");
  }
  if (post.body === body.body) throw new Rejection(409, "it says so already");
  db.reddit_post_revisions.insert({
    data: {
      reddit_post_id: post.id,
      number: db.reddit_post_revisions.count({ where: { reddit_post_id: { equals: post.id } } })
        + 1,
      body: post.body,
      replaced_at: now,
    },
  });
  db.reddit_posts.update({
    where: { id: { equals: post.id } },
    data: { body: body.body, edited_at: now },
  });
  return;
}
