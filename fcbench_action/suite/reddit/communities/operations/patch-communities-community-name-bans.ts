type Key = "PATCH /communities/{communityName}/bans";

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
  const bans = db.reddit_bans.findMany({
    where: { reddit_community_id: { equals: community.id } },
    orderBy: [{ created_at: "desc" }],
  }).filter(
    (ban) =>
      body.in_force === null
        || body.in_force
          === (
            ban.lifted_at === null
              && (ban.expires_at === null || Time.isBefore(now, ban.expires_at))
          ),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: bans.length,
      pages: Math.ceil(bans.length / limit),
    },
    data: bans.slice((page - 1) * limit, page * limit).map((ban) => ({
      id: ban.id,
      account: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: ban.reddit_account_id } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      )
        ?? ({ id: ban.reddit_account_id, username: "nobody" }),
      moderator: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: ban.moderator_id ?? "" } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      ),
      reason: ban.reason,
      created_at: ban.created_at,
      expires_at: ban.expires_at,
      lifted_at: ban.lifted_at,
    })),
  };
}
