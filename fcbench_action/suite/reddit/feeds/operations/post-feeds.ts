type Key = "POST /feeds";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const communities = db.reddit_communities.findMany({ where: { name: { in: body.communities } } });
  if (communities.length < body.communities.length) throw new Rejection(404, "no such community");
  if (db.reddit_feeds.exists({
    where: { reddit_account_id: { equals: actor.id }, name: { equals: body.name } },
  })) {
    throw new Rejection(409, "there is such a feed");
  }
  const feed = db.reddit_feeds.insert({
    data: {
      reddit_account_id: actor.id,
      name: body.name,
      shared: body.shared,
      created_at: now,
      updated_at: now,
    },
  });
  for (const communityName of body.communities) {
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
    name: feed.name,
    shared: feed.shared,
    communities: body.communities,
    created_at: now,
    updated_at: now,
  };
}
