type Key = "DELETE /communities/{communityName}/membership";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const membership = db.reddit_memberships.findFirst({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: actor.id },
    },
  });
  if (membership === null) throw new Rejection(404, "no membership");
  if (db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(409, "moderators cannot leave");
  }
  db.reddit_memberships.remove({ where: { id: { equals: membership.id } } });
  if (membership.approved_at !== null) {
    db.reddit_communities.update({
      where: { id: { equals: community.id } },
      data: { members: community.members - 1 },
    });
  }
  return;
}
