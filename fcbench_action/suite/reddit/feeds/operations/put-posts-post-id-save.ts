type Key = "PUT /posts/{postId}/save";

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
  if (post.deleted_at !== null) throw new Rejection(409, "it is deleted");
  const save = db.reddit_saves.findFirst({
    where: { reddit_account_id: { equals: actor.id }, reddit_post_id: { equals: post.id } },
  });
  if (save === null) {
    db.reddit_saves.insert({
      data: {
        reddit_account_id: actor.id,
        reddit_post_id: post.id,
        note: body.note,
        saved_at: now,
      },
    });
  } else {
    db.reddit_saves.update({ where: { id: { equals: save.id } }, data: { note: body.note } });
  }
  return;
}
