type Key = "POST /posts/{postId}/crossposts";

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
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: body.community } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (db.reddit_bans.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
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
      where: { id: { equals: community.id }, visibility: { not: "public" } },
    })
      && !db.reddit_memberships.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { approved_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "only members take part");
  }
  if (db.reddit_communities.exists({
    where: { AND: [{ id: { equals: community.id } }, { NOT: { closed_at: null } }] },
  })) {
    throw new Rejection(409, "the community is closed");
  }
  if (post.removed_at !== null || post.deleted_at !== null || post.kind === "poll") {
    throw new Rejection(409, "it cannot be shared");
  }
  if (db.reddit_communities.exists({
    where: { id: { equals: post.reddit_community_id }, visibility: { equals: "private" } },
  })) {
    throw new Rejection(409, "it is private");
  }
  const originalId = post.original_id ?? post.id;
  if (db.reddit_posts.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { deleted_at: null },
        { OR: [{ id: { equals: originalId } }, { original_id: { equals: originalId } }] },
      ],
    },
  })) {
    throw new Rejection(409, "it is there already");
  }
  const crosspost = db.reddit_posts.insert({
    data: {
      reddit_community_id: community.id,
      author_id: actor.id,
      reddit_flair_id: null,
      original_id: originalId,
      remover_id: null,
      number: (
        db.reddit_posts.maximum("number", {
          where: { reddit_community_id: { equals: community.id } },
        })
          ?? 0
      )
        + 1,
      kind: "crosspost",
      title: body.title,
      body: null,
      link: null,
      up_votes: 0,
      down_votes: 0,
      comments: 0,
      created_at: now,
      edited_at: null,
      archives_at: Time.addSeconds(now, 15552000),
      locked_at: null,
      removed_at: null,
      removal_reason: null,
      deleted_at: null,
    },
  });
  return { id: crosspost.id, community: community.name, number: crosspost.number };
}
