type Key = "PATCH /communities/{communityName}/queue";

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
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only moderators may do that");
  }
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const reports = db.reddit_reports.findMany({
    where: { reddit_community_id: { equals: community.id }, status: { equals: "open" } },
    orderBy: [{ created_at: "asc" }],
  });
  const posts = db.reddit_posts.findMany({
    where: {
      deleted_at: null,
      "reddit_reports.post": {
        some: { reddit_community_id: { equals: community.id }, status: { equals: "open" } },
      },
    },
  }).filter((post) => (body.kind ?? "post") === "post").map((post) => ({
    id: post.id,
    post: true,
    author_id: post.author_id,
    reports: reports.filter((report) => report.reddit_post_id === post.id),
  }));
  const comments = db.reddit_comments.findMany({
    where: {
      deleted_at: null,
      "reddit_reports.comment": {
        some: { reddit_community_id: { equals: community.id }, status: { equals: "open" } },
      },
    },
  }).filter((comment) => (body.kind ?? "comment") === "comment").map((comment) => ({
    id: comment.id,
    post: false,
    author_id: comment.author_id,
    reports: reports.filter((report) => report.reddit_comment_id === comment.id),
  }));
  const early = List.sortBy(
    List.concat(posts, comments),
    (item) => List.at(item.reports, 0)?.created_at ?? "",
    "asc",
  );
  const items = List.sortBy(early, (item) => item.reports.length, "desc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: items.length,
      pages: Math.ceil(items.length / limit),
    },
    data: items.slice((page - 1) * limit, page * limit).map((item) => ({
      kind: item.post ? "post" : "comment",
      target_id: item.id,
      author: List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: item.author_id ?? "" } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      ),
      reports: item.reports.length,
      reasons: List.sortBy(
        List.distinct(item.reports.map((report) => report.reason)),
        (reason) => reason,
        "asc",
      ).map(
        (reason) =>
          reason === "spam"
            ? "spam"
            : reason === "abuse" ? "abuse" : reason === "rule" ? "rule" : "other",
      ),
      first_reported_at: List.at(item.reports, 0)?.created_at ?? now,
    })),
  };
}
