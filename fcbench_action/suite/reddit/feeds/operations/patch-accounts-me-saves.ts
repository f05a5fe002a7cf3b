type Key = "PATCH /accounts/me/saves";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const text = Text.lower(body.search ?? "");
  const posts = db.reddit_posts.findMany({
    where: {
      AND: [
        { "reddit_saves.post": { some: { reddit_account_id: { equals: actor.id } } } },
        { removed_at: null },
        { deleted_at: null },
        {
          OR: [
            { community: { some: { visibility: { not: "private" } } } },
            {
              community: {
                some: {
                  "reddit_memberships.community": {
                    some: {
                      AND: [
                        { reddit_account_id: { equals: actor.id } },
                        { NOT: { approved_at: null } },
                      ],
                    },
                  },
                },
              },
            },
          ],
        },
      ],
    },
  });
  const saves = db.reddit_saves.findMany({ where: { reddit_account_id: { equals: actor.id } } });
  const entries = posts.map((post) => ({
    post: post,
    save: List.find(saves, (save) => save.reddit_post_id === post.id),
  })).filter(
    (entry) =>
      Text.contains(Text.lower(entry.post.title), text)
        || Text.contains(Text.lower(entry.save?.note ?? ""), text),
  );
  const sorted = List.sortBy(entries, (entry) => entry.save?.saved_at ?? "", "desc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((entry) => ({
      post: {
        id: entry.post.id,
        community: List.at(
          db.reddit_communities.findMany({
            where: { id: { equals: entry.post.reddit_community_id } },
          }).map((one) => one.name),
          0,
        )
          ?? "nowhere",
        number: entry.post.number,
        title: entry.post.title,
        kind: entry.post.kind === "text"
          ? "text"
          : entry.post.kind === "link" ? "link" : entry.post.kind === "poll" ? "poll" : "crosspost",
        author: List.at(
          db.reddit_accounts.findMany({ where: { id: { equals: entry.post.author_id ?? "" } } }).map(
            (person) => ({ id: person.id, username: person.username }),
          ),
          0,
        ),
        score: entry.post.up_votes - entry.post.down_votes,
        comments: entry.post.comments,
        created_at: entry.post.created_at,
      },
      note: entry.save?.note ?? null,
      saved_at: entry.save?.saved_at ?? now,
    })),
  };
}
