type Key = "PATCH /boards/{boardId}/reports";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const board = db.bbs_boards.findFirst({ where: { id: { equals: path.boardId } } });
  if (board === null) throw new Rejection(404, "no such board");
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: board.id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (!moderates) throw new Rejection(403, "only moderators may do that");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const reports = db.bbs_reports.findMany({
    where: { bbs_board_id: { equals: board.id } },
    orderBy: [{ created_at: "asc" }],
  }).filter(
    (report) =>
      (body.status === null || report.status === body.status)
        && (body.reason === null || report.reason === body.reason)
        && (!(body.mine ?? false) || report.assignee_id === actor.id),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: reports.length,
      pages: Math.ceil(reports.length / limit),
    },
    data: reports.slice((page - 1) * limit, page * limit).map((report) => ({
      id: report.id,
      target: report.bbs_comment_id === null
        ? { kind: "article", article_id: report.bbs_article_id ?? report.id }
        : { kind: "comment", comment_id: report.bbs_comment_id },
      reporter: List.at(
        db.bbs_members.findMany({
          where: { id: { equals: report.bbs_member_id }, status: { not: "closed" } },
        }).map((person) => ({ id: person.id, nickname: person.nickname })),
        0,
      ),
      assignee: List.at(
        db.bbs_members.findMany({
          where: { id: { equals: report.assignee_id ?? "" }, status: { not: "closed" } },
        }).map((person) => ({ id: person.id, nickname: person.nickname })),
        0,
      ),
      reason: report.reason === "spam"
        ? "spam"
        : report.reason === "insult"
          ? "insult"
          : report.reason === "off_topic" ? "off_topic" : "other",
      details: report.details,
      status: report.status === "open"
        ? "open"
        : report.status === "assigned"
          ? "assigned"
          : report.status === "upheld" ? "upheld" : "dismissed",
      created_at: report.created_at,
      closed_at: report.closed_at,
    })),
  };
}
