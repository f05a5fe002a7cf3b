type Key = "DELETE /communities/{communityName}/flairs/{flairId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (!db.reddit_flairs.exists({
    where: { id: { equals: path.flairId }, reddit_community_id: { equals: community.id } },
  })) {
    throw new Rejection(404, "no such flair");
  }
  if (!db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only moderators may do that");
  }
  db.reddit_flairs.remove({ where: { id: { equals: path.flairId } } });
  return;
}
