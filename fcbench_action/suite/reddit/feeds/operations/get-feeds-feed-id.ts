type Key = "GET /feeds/{feedId}";

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
  return {
    id: feed.id,
    owner: List.at(
      db.reddit_accounts.findMany({ where: { id: { equals: feed.reddit_account_id } } }).map((person) => ({
        id: person.id,
        username: person.username,
      })),
      0,
    )
      ?? ({ id: feed.reddit_account_id, username: "nobody" }),
    name: feed.name,
    shared: feed.shared,
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
    updated_at: feed.updated_at,
  };
}
