type Key = "DELETE /communities/{communityName}/mute";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const mute = db.reddit_mutes.findFirst({
    where: {
      reddit_account_id: { equals: actor.id },
      reddit_community_id: { equals: community.id },
    },
  });
  if (mute === null) throw new Rejection(404, "it is not muted");
  db.reddit_mutes.remove({ where: { id: { equals: mute.id } } });
  return;
}
