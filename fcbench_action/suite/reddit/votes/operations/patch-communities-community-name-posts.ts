type Key = "PATCH /communities/{communityName}/posts";

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
  const since = body.since;
  const posts = db.reddit_posts.findMany({
    where: { reddit_community_id: { equals: community.id }, removed_at: null, deleted_at: null },
    orderBy: [{ number: "desc" }],
  }).filter(
    (post) =>
      (body.flair_id === null || post.reddit_flair_id === body.flair_id)
        && (since === null || !Time.isBefore(post.created_at, since)),
  );
  const sorted = body.order === "new"
    ? posts
    : body.order === "top"
      ? List.sortBy(posts, (post) => post.up_votes - post.down_votes, "desc")
      : body.order === "controversial"
        ? List.sortBy(posts, (post) => Math.min(post.up_votes, post.down_votes), "desc")
        : List.sortBy(
          posts,
          (post) => post.number + 10 * (post.up_votes - post.down_votes),
          "desc",
        );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((post) => ({
      id: post.id,
      community: community.name,
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
