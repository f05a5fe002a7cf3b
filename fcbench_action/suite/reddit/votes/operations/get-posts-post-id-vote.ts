type Key = "GET /posts/{postId}/vote";

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
  const vote = db.reddit_post_votes.findFirst({
    where: { reddit_account_id: { equals: actor.id }, reddit_post_id: { equals: post.id } },
  });
  const ups = post.up_votes;
  const downs = post.down_votes;
  return {
    up_votes: ups,
    down_votes: downs,
    score: ups - downs,
    ratio: ups + downs === 0 ? null : ups / (ups + downs),
    own: vote === null ? null : vote.value === 1 ? 1 : -1,
  };
}
