type Key = "PATCH /accounts/me/reports";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const reports = db.reddit_reports.findMany({
    where: { reddit_account_id: { equals: actor.id } },
    orderBy: [{ created_at: "desc" }],
  }).filter((report) => body.status === null || report.status === body.status);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: reports.length,
      pages: Math.ceil(reports.length / limit),
    },
    data: reports.slice((page - 1) * limit, page * limit).map((report) => ({
      id: report.id,
      kind: report.reddit_post_id !== null ? "post" : "comment",
      target_id: report.reddit_post_id ?? report.reddit_comment_id ?? report.id,
      reason: report.reason === "spam"
        ? "spam"
        : report.reason === "abuse" ? "abuse" : report.reason === "rule" ? "rule" : "other",
      rule: List.at(
        db.reddit_community_rules.findMany({
          where: { id: { equals: report.reddit_community_rule_id ?? "" } },
        }).map((rule) => rule.title),
        0,
      ),
      note: report.note,
      status: report.status === "open"
        ? "open"
        : report.status === "upheld" ? "upheld" : "dismissed",
      created_at: report.created_at,
    })),
  };
}
