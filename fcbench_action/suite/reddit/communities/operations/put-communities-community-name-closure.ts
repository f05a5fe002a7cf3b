type Key = "PUT /communities/{communityName}/closure";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!Text.endsWith(actor.email, "@reddit.example")) {
    throw new Rejection(403, "only admins may do that");
  }
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (body.closed === (community.closed_at !== null)) throw new Rejection(409, "it is so already");
  const row = { ...community, closed_at: body.closed ? now : null, updated_at: now };
  db.reddit_communities.update({
    where: { id: { equals: community.id } },
    data: { closed_at: row.closed_at, updated_at: row.updated_at },
  });
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
    role: "none",
    closed: row.closed_at !== null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
