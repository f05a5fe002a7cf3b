type Key = "PUT /communities/{communityName}/mute";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (db.reddit_mutes.exists({
    where: {
      reddit_account_id: { equals: actor.id },
      reddit_community_id: { equals: community.id },
    },
  })) {
    throw new Rejection(409, "it is muted");
  }
  db.reddit_mutes.insert({
    data: { reddit_account_id: actor.id, reddit_community_id: community.id, created_at: now },
  });
  return;
}
