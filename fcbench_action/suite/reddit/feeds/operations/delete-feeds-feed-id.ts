type Key = "DELETE /feeds/{feedId}";

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
  if (feed.reddit_account_id !== actor.id) throw new Rejection(403, "only the owner may do that");
  db.reddit_feeds.remove({ where: { id: { equals: feed.id } } });
  return;
}
