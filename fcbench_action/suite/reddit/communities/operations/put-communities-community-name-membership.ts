type Key = "PUT /communities/{communityName}/membership";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (db.reddit_bans.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { lifted_at: null },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  })) {
    throw new Rejection(403, "you are banned");
  }
  if (community.closed_at !== null) throw new Rejection(409, "the community is closed");
  if (db.reddit_memberships.exists({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: actor.id },
    },
  })) {
    throw new Rejection(409, "there is a membership");
  }
  const approved = community.visibility === "public";
  db.reddit_memberships.insert({
    data: {
      reddit_community_id: community.id,
      reddit_account_id: actor.id,
      approver_id: null,
      asked_at: now,
      approved_at: approved ? now : null,
    },
  });
  const row = { ...community, members: approved ? community.members + 1 : community.members };
  db.reddit_communities.update({
    where: { id: { equals: community.id } },
    data: { members: row.members },
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
    role: approved ? "member" : "pending",
    closed: row.closed_at !== null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
