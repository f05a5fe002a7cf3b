type Key = "PATCH /communities/{communityName}/contributors";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (
    community.visibility === "private"
      && !db.reddit_memberships.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { approved_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(404, "only members see that");
  }
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const karmas = db.reddit_karmas.findMany({
    where: { reddit_community_id: { equals: community.id } },
  }).map((one) => ({
    account: List.at(
      db.reddit_accounts.findMany({ where: { id: { equals: one.reddit_account_id } } }).map((person) => ({
        id: person.id,
        username: person.username,
      })),
      0,
    )
      ?? ({ id: one.reddit_account_id, username: "nobody" }),
    posts: one.posts,
    comments: one.comments,
  }));
  const sorted = List.sortBy(
    List.sortBy(karmas, (one) => one.account.username, "asc"),
    (one) => one.posts + one.comments,
    "desc",
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit),
  };
}
