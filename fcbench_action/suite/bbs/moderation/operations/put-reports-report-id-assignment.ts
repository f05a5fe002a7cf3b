type Key = "PUT /reports/{reportId}/assignment";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const report = db.bbs_reports.findFirst({ where: { id: { equals: path.reportId } } });
  if (report === null) throw new Rejection(404, "no such report");
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: report.bbs_board_id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (report.bbs_member_id !== actor.id && !moderates) throw new Rejection(404, "no such report");
  const wrote = db.bbs_articles.exists({
    where: { id: { equals: report.bbs_article_id ?? "" }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_comments.exists({
      where: { id: { equals: report.bbs_comment_id ?? "" }, bbs_member_id: { equals: actor.id } },
    });
  if (report.bbs_member_id === actor.id || wrote) {
    throw new Rejection(403, "only moderators who are not involved may do that");
  }
  if (report.status !== "open") throw new Rejection(409, "the report is not open any more");
  db.bbs_reports.update({
    where: { id: { equals: report.id } },
    data: { status: "assigned", assignee_id: actor.id },
  });
  return {
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
    assignee: { id: actor.id, nickname: actor.nickname },
    reason: report.reason === "spam"
      ? "spam"
      : report.reason === "insult"
        ? "insult"
        : report.reason === "off_topic" ? "off_topic" : "other",
    details: report.details,
    status: "assigned",
    created_at: report.created_at,
    closed_at: null,
  };
}
