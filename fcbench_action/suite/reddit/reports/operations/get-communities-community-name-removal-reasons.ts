type Key = "GET /communities/{communityName}/removal-reasons";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
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
  return {
    data: db.reddit_removal_reasons.findMany({
      where: { reddit_community_id: { equals: community.id } },
      orderBy: [{ title: "asc" }],
    }).map((reason) => ({ id: reason.id, title: reason.title, text: reason.text })),
  };
}
