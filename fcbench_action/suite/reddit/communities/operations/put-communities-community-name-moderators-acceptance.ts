type Key = "PUT /communities/{communityName}/moderators/acceptance";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const invitation = db.reddit_moderators.findFirst({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: actor.id },
    },
  });
  if (invitation === null) throw new Rejection(404, "no invitation");
  if (invitation.accepted_at !== null) throw new Rejection(409, "accepted already");
  db.reddit_moderators.update({
    where: { id: { equals: invitation.id } },
    data: { accepted_at: now },
  });
  return {
    id: community.id,
    name: community.name,
    title: community.title,
    description: community.description,
    visibility: community.visibility === "public"
      ? "public"
      : community.visibility === "restricted" ? "restricted" : "private",
    adult: community.adult,
    rules: db.reddit_community_rules.findMany({
      where: { reddit_community_id: { equals: community.id } },
      orderBy: [{ position: "asc" }],
    }).map((rule) => ({ position: rule.position, title: rule.title, details: rule.details })),
    members: community.members,
    role: invitation.manages ? "manager" : "moderator",
    closed: community.closed_at !== null,
    created_at: community.created_at,
    updated_at: community.updated_at,
  };
}
