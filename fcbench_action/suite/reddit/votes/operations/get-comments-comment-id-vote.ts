type Key = "GET /comments/{commentId}/vote";

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
  const vote = db.reddit_comment_votes.findFirst({
    where: { reddit_account_id: { equals: actor.id }, reddit_comment_id: { equals: comment.id } },
  });
  const ups = comment.up_votes;
  const downs = comment.down_votes;
  return {
    up_votes: ups,
    down_votes: downs,
    score: ups - downs,
    ratio: ups + downs === 0 ? null : ups / (ups + downs),
    own: vote === null ? null : vote.value === 1 ? 1 : -1,
  };
}
