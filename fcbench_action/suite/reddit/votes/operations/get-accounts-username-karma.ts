type Key = "GET /accounts/{username}/karma";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  const communities = db.reddit_communities.findMany({
    where: {
      AND: [
        { "reddit_karmas.community": { some: { reddit_account_id: { equals: account.id } } } },
        {
          OR: [
            { visibility: { not: "private" } },
            {
              "reddit_memberships.community": {
                some: {
                  AND: [
                    { reddit_account_id: { equals: actor.id } },
                    { NOT: { approved_at: null } },
                  ],
                },
              },
            },
          ],
        },
      ],
    },
    orderBy: [{ name: "asc" }],
  });
  const karmas = communities.map((community) => ({
    community: community.name,
    posts: db.reddit_karmas.sum("posts", {
      where: {
        reddit_account_id: { equals: account.id },
        reddit_community_id: { equals: community.id },
      },
    }),
    comments: db.reddit_karmas.sum("comments", {
      where: {
        reddit_account_id: { equals: account.id },
        reddit_community_id: { equals: community.id },
      },
    }),
  }));
  return { data: List.sortBy(karmas, (one) => one.posts + one.comments, "desc") };
}
