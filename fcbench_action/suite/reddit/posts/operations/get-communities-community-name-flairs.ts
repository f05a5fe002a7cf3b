type Key = "GET /communities/{communityName}/flairs";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  return {
    data: db.reddit_flairs.findMany({
      where: { reddit_community_id: { equals: community.id } },
      orderBy: [{ text: "asc" }],
    }).map((flair) => ({
      id: flair.id,
      text: flair.text,
      color: flair.color,
      moderators_only: flair.moderators_only,
    })),
  };
}
