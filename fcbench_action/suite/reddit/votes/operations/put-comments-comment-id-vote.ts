type Key = "PUT /comments/{commentId}/vote";

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
  if (comment.author_id === actor.id) throw new Rejection(403, "not on what is yours");
  if (db.reddit_bans.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: post.reddit_community_id } },
        { reddit_account_id: { equals: actor.id } },
        { lifted_at: null },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  })) {
    throw new Rejection(403, "you are banned");
  }
  if (db.reddit_communities.exists({
    where: { AND: [{ id: { equals: post.reddit_community_id } }, { NOT: { closed_at: null } }] },
  })) {
    throw new Rejection(409, "the community is closed");
  }
  if (
    !Time.isBefore(now, post.archives_at)
      || post.removed_at !== null
      || post.deleted_at !== null
      || comment.removed_at !== null
      || comment.deleted_at !== null
  ) {
    throw new Rejection(409, "no votes any more");
  }
  const vote = db.reddit_comment_votes.findFirst({
    where: { reddit_account_id: { equals: actor.id }, reddit_comment_id: { equals: comment.id } },
  });
  const before = vote?.value ?? 0;
  const change = body.value - before;
  const ups = comment.up_votes + (body.value === 1 ? 1 : 0) - (before === 1 ? 1 : 0);
  const downs = comment.down_votes + (body.value === 1 ? 0 : 1) - (before === -1 ? 1 : 0);
  if (vote === null) {
    db.reddit_comment_votes.insert({
      data: {
        reddit_account_id: actor.id,
        reddit_comment_id: comment.id,
        value: body.value,
        created_at: now,
        updated_at: now,
      },
    });
  } else if (change !== 0) {
    db.reddit_comment_votes.update({
      where: { id: { equals: vote.id } },
      data: { value: body.value, updated_at: now },
    });
  }
  db.reddit_comments.update({
    where: { id: { equals: comment.id } },
    data: { up_votes: ups, down_votes: downs },
  });
  const author = db.reddit_accounts.findFirst({
    where: { id: { equals: comment.author_id ?? "" } },
  });
  if (author !== null && change !== 0) {
    db.reddit_accounts.update({
      where: { id: { equals: author.id } },
      data: { comment_karma: author.comment_karma + change },
    });
    const karma = db.reddit_karmas.findFirst({
      where: {
        reddit_account_id: { equals: author.id },
        reddit_community_id: { equals: post.reddit_community_id },
      },
    });
    if (karma === null) {
      db.reddit_karmas.insert({
        data: {
          reddit_account_id: author.id,
          reddit_community_id: post.reddit_community_id,
          posts: 0,
          comments: change,
          updated_at: now,
        },
      });
    } else {
      db.reddit_karmas.update({
        where: { id: { equals: karma.id } },
        data: { comments: karma.comments + change, updated_at: now },
      });
    }
    if (
      body.value === 1
        && !db.reddit_trophies.exists({
          where: { reddit_account_id: { equals: author.id }, kind: { equals: "first_up_vote" } },
        })
    ) {
      db.reddit_trophies.insert({
        data: { reddit_account_id: author.id, kind: "first_up_vote", awarded_at: now },
      });
    }
  }
  return {
    up_votes: ups,
    down_votes: downs,
    score: ups - downs,
    ratio: ups + downs === 0 ? null : ups / (ups + downs),
    own: body.value,
  };
}
