type Key = "PUT /posts/{postId}/ballot";

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
  const poll = db.reddit_polls.findFirst({ where: { reddit_post_id: { equals: post.id } } });
  if (
    poll !== null
      && !db.reddit_poll_options.exists({
        where: { id: { equals: body.option_id }, reddit_poll_id: { equals: poll.id } },
      })
  ) {
    throw new Rejection(404, "no such option");
  }
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
  if (
    db.reddit_communities.exists({
      where: { id: { equals: post.reddit_community_id }, visibility: { not: "public" } },
    })
      && !db.reddit_memberships.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: post.reddit_community_id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { approved_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "only members take part");
  }
  if (db.reddit_communities.exists({
    where: { AND: [{ id: { equals: post.reddit_community_id } }, { NOT: { closed_at: null } }] },
  })) {
    throw new Rejection(409, "the community is closed");
  }
  if (
    poll === null
      || !Time.isBefore(now, poll.closes_at)
      || !Time.isBefore(now, post.archives_at)
      || post.removed_at !== null
  ) {
    throw new Rejection(409, "the poll is closed");
  }
  const ballot = db.reddit_poll_ballots.findFirst({
    where: { reddit_poll_id: { equals: poll.id }, reddit_account_id: { equals: actor.id } },
  });
  if (ballot === null) {
    db.reddit_poll_ballots.insert({
      data: {
        reddit_poll_id: poll.id,
        reddit_poll_option_id: body.option_id,
        reddit_account_id: actor.id,
        cast_at: now,
      },
    });
  } else {
    db.reddit_poll_ballots.update({
      where: { id: { equals: ballot.id } },
      data: { reddit_poll_option_id: body.option_id, cast_at: now },
    });
  }
  return;
}
