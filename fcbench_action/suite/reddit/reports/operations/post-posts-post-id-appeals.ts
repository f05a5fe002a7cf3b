type Key = "POST /posts/{postId}/appeals";

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
    post.removed_at === null
      || post.deleted_at !== null
      || db.reddit_appeals.exists({ where: { reddit_post_id: { equals: post.id } } })
  ) {
    throw new Rejection(409, "there is nothing to appeal against");
  }
  const appeal = db.reddit_appeals.insert({
    data: {
      reddit_community_id: post.reddit_community_id,
      reddit_account_id: actor.id,
      reddit_post_id: post.id,
      text: body.text,
      created_at: now,
    },
  });
  return {
    id: appeal.id,
    kind: "post",
    target_id: post.id,
    account: { id: actor.id, username: actor.username },
    text: appeal.text,
    outcome: null,
    answer: null,
    created_at: now,
    decided_at: null,
  };
}
