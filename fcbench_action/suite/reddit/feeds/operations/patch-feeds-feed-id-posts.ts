type Key = "PATCH /feeds/{feedId}/posts";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const feed = db.reddit_feeds.findFirst({
    where: {
      AND: [
        { id: { equals: path.feedId } },
        { OR: [{ reddit_account_id: { equals: actor.id } }, { shared: { equals: true } }] },
      ],
    },
  });
  if (feed === null) throw new Rejection(404, "no such feed");
  const posts = db.reddit_posts.findMany({
    where: {
      AND: [
        {
          community: {
            some: {
              "reddit_feed_communities.community": {
                some: { reddit_feed_id: { equals: feed.id } },
              },
            },
          },
        },
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
        { removed_at: null },
        { deleted_at: null },
        {
          author: {
            none: {
              "reddit_blocks.blocked": { some: { reddit_account_id: { equals: actor.id } } },
            },
          },
        },
      ],
    },
    orderBy: [{ created_at: "desc" }],
  });
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const sorted = body.order === "new"
    ? posts
    : body.order === "top"
      ? List.sortBy(posts, (post) => post.up_votes - post.down_votes, "desc")
      : List.sortBy(posts, (post) => post.number + 10 * (post.up_votes - post.down_votes), "desc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((post) => ({
      id: post.id,
      community: List.at(
        db.reddit_communities.findMany({ where: { id: { equals: post.reddit_community_id } } }).map(
          (one) => one.name,
        ),
        0,
      )
        ?? "nowhere",
      number: post.number,
      title: post.title,
      kind: post.kind === "text"
        ? "text"
        : post.kind === "link" ? "link" : post.kind === "poll" ? "poll" : "crosspost",
      author: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: post.author_id ?? "" } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      ),
      score: post.up_votes - post.down_votes,
      comments: post.comments,
      created_at: post.created_at,
    })),
  };
}
