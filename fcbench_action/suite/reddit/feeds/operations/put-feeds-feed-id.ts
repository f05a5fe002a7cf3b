type Key = "PUT /feeds/{feedId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const feed = db.reddit_feeds.findFirst({
    where: {
      AND: [
        { id: { equals: path.feedId } },
        { OR: [{ reddit_account_id: { equals: actor.id } }, { shared: { equals: true } }] },
      ],
    },
  });
  if (feed === null) throw new Rejection(404, "no such feed");
  const names = body.communities ?? [];
  const communities = db.reddit_communities.findMany({ where: { name: { in: names } } });
  if (communities.length < names.length) throw new Rejection(404, "no such community");
  if (feed.reddit_account_id !== actor.id) throw new Rejection(403, "only the owner may do that");
  const name = body.name ?? feed.name;
  if (db.reddit_feeds.exists({
    where: {
      reddit_account_id: { equals: actor.id },
      name: { equals: name },
      id: { not: feed.id },
    },
  })) {
    throw new Rejection(409, "there is such a feed");
  }
  const shared = body.shared ?? feed.shared;
  db.reddit_feeds.update({
    where: { id: { equals: feed.id } },
    data: { name: name, shared: shared, updated_at: now },
  });
  if (names.length > 0) {
    db.reddit_feed_communities.remove({ where: { reddit_feed_id: { equals: feed.id } } });
  }
  for (const communityName of names) {
    for (const community of communities.filter((one) => one.name === communityName)) {
      db.reddit_feed_communities.insert({
        data: {
          reddit_feed_id: feed.id,
          reddit_community_id: community.id,
          position: db.reddit_feed_communities.count({
            where: { reddit_feed_id: { equals: feed.id } },
          })
            + 1,
        },
      });
    }
  }
  return {
    id: feed.id,
    owner: { id: actor.id, username: actor.username },
    name: name,
    shared: shared,
    communities: db.reddit_feed_communities.findMany({
      where: { reddit_feed_id: { equals: feed.id } },
      orderBy: [{ position: "asc" }],
    }).map(
      (one) =>
        List.at(
          db.reddit_communities.findMany({ where: { id: { equals: one.reddit_community_id } } }).map(
            (community) => community.name,
          ),
          0,
        )
          ?? "nowhere",
    ),
    created_at: feed.created_at,
    updated_at: now,
  };
}
