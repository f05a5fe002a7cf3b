type Key = "PATCH /communities/{communityName}/members";

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
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const memberships = db.reddit_memberships.findMany({
    where: { reddit_community_id: { equals: community.id } },
    orderBy: [{ asked_at: "asc" }],
  }).filter(
    (one) => body.status === null || (one.approved_at !== null) === (body.status === "approved"),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: memberships.length,
      pages: Math.ceil(memberships.length / limit),
    },
    data: memberships.slice((page - 1) * limit, page * limit).map((one) => ({
      account: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: one.reddit_account_id } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      )
        ?? ({ id: one.reddit_account_id, username: "nobody" }),
      status: one.approved_at === null ? "pending" : "approved",
      asked_at: one.asked_at,
      approved_at: one.approved_at,
    })),
  };
}
