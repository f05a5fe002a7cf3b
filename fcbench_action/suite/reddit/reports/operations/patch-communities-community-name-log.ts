type Key = "PATCH /communities/{communityName}/log";

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
  const entries = db.reddit_log_entries.findMany({
    where: { reddit_community_id: { equals: community.id } },
    orderBy: [{ number: "desc" }],
  });
  return {
    pagination: {
      current: page,
      limit: limit,
      records: entries.length,
      pages: Math.ceil(entries.length / limit),
    },
    data: entries.slice((page - 1) * limit, page * limit).map((entry) => ({
      number: entry.number,
      action: entry.action === "hidden"
        ? "hidden"
        : entry.action === "approved"
          ? "approved"
          : entry.action === "removed"
            ? "removed"
            : entry.action === "granted" ? "granted" : "denied",
      subject: entry.subject_id,
      moderator: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: entry.moderator_id ?? "" } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      ),
      created_at: entry.created_at,
    })),
  };
}
