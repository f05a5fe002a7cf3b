type Key = "PUT /communities/{communityName}/rules";

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
        { manages: { equals: true } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only managers may do that");
  }
  if (community.closed_at !== null) throw new Rejection(409, "the community is closed");
  if (List.distinct(body.rules.map((rule) => rule.title)).length < body.rules.length) {
    throw new Rejection(409, "two rules have the same title");
  }
  db.reddit_community_rules.remove({ where: { reddit_community_id: { equals: community.id } } });
  for (const rule of body.rules) {
    db.reddit_community_rules.insert({
      data: {
        reddit_community_id: community.id,
        position: db.reddit_community_rules.count({
          where: { reddit_community_id: { equals: community.id } },
        })
          + 1,
        title: rule.title,
        details: rule.details,
      },
    });
  }
  db.reddit_communities.update({
    where: { id: { equals: community.id } },
    data: { updated_at: now },
  });
  const row = { ...community, updated_at: now };
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    description: row.description,
    visibility: row.visibility === "public"
      ? "public"
      : row.visibility === "restricted" ? "restricted" : "private",
    adult: row.adult,
    rules: db.reddit_community_rules.findMany({
      where: { reddit_community_id: { equals: row.id } },
      orderBy: [{ position: "asc" }],
    }).map((rule) => ({ position: rule.position, title: rule.title, details: rule.details })),
    members: row.members,
    role: "manager",
    closed: row.closed_at !== null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
