type Key = "PATCH /communities/{communityName}/appeals";

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
  const appeals = db.reddit_appeals.findMany({
    where: { reddit_community_id: { equals: community.id } },
    orderBy: [{ created_at: "asc" }],
  }).filter((appeal) => body.open === null || body.open === (appeal.outcome === null));
  return {
    pagination: {
      current: page,
      limit: limit,
      records: appeals.length,
      pages: Math.ceil(appeals.length / limit),
    },
    data: appeals.slice((page - 1) * limit, page * limit).map((appeal) => ({
      id: appeal.id,
      kind: appeal.reddit_post_id !== null
        ? "post"
        : appeal.reddit_comment_id !== null ? "comment" : "ban",
      target_id: appeal.reddit_post_id
        ?? appeal.reddit_comment_id
        ?? appeal.reddit_ban_id
        ?? appeal.id,
      account: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: appeal.reddit_account_id } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      )
        ?? ({ id: appeal.reddit_account_id, username: "nobody" }),
      text: appeal.text,
      outcome: appeal.outcome === null ? null : appeal.outcome === "granted" ? "granted" : "denied",
      answer: appeal.answer,
      created_at: appeal.created_at,
      decided_at: appeal.decided_at,
    })),
  };
}
