type Key = "GET /communities/{communityName}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
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
    role: db.reddit_moderators.exists({
      where: {
        AND: [
          { reddit_community_id: { equals: community.id } },
          { reddit_account_id: { equals: actor.id } },
          { manages: { equals: true } },
          { NOT: { accepted_at: null } },
        ],
      },
    })
      ? "manager"
      : db.reddit_moderators.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
        ? "moderator"
        : db.reddit_bans.exists({
          where: {
            AND: [
              { reddit_community_id: { equals: community.id } },
              { reddit_account_id: { equals: actor.id } },
              { lifted_at: null },
              { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
            ],
          },
        })
          ? "banned"
          : db.reddit_memberships.exists({
            where: {
              AND: [
                { reddit_community_id: { equals: community.id } },
                { reddit_account_id: { equals: actor.id } },
                { NOT: { approved_at: null } },
              ],
            },
          })
            ? "member"
            : db.reddit_memberships.exists({
              where: {
                reddit_community_id: { equals: community.id },
                reddit_account_id: { equals: actor.id },
              },
            })
              ? "pending"
              : "none",
    closed: community.closed_at !== null,
    created_at: community.created_at,
    updated_at: community.updated_at,
  };
}
