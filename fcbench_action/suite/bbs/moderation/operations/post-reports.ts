type Key = "POST /reports";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const target = body.target;
  const commentId = target.kind === "comment" ? target.comment_id : null;
  const comment = db.bbs_comments.findFirst({ where: { id: { equals: commentId ?? "" } } });
  const articleId = target.kind === "article" ? target.article_id : comment?.bbs_article_id ?? "";
  const article = db.bbs_articles.findFirst({
    where: {
      AND: [
        { id: { equals: articleId } },
        { deleted_at: null },
        { OR: [{ status: { not: "draft" } }, { bbs_member_id: { equals: actor.id } }] },
      ],
    },
  });
  if (article === null) throw new Rejection(404, "no such article or comment");
  if ((comment?.bbs_member_id ?? article.bbs_member_id) === actor.id) {
    throw new Rejection(409, "that is the member's own");
  }
  if (comment !== null && (comment.deleted_at !== null || comment.hidden_at !== null)) {
    throw new Rejection(409, "the comment is gone");
  }
  if (db.bbs_reports.findMany({ where: { bbs_member_id: { equals: actor.id } } }).some(
    (one) =>
      commentId === null ? one.bbs_article_id === article.id : one.bbs_comment_id === commentId,
  )) {
    throw new Rejection(409, "the member reported that already");
  }
  const report = db.bbs_reports.insert({
    data: {
      bbs_member_id: actor.id,
      bbs_board_id: article.bbs_board_id,
      bbs_article_id: commentId === null ? article.id : null,
      bbs_comment_id: commentId,
      assignee_id: null,
      reason: body.reason,
      details: body.details,
      status: "open",
      created_at: now,
      closed_at: null,
    },
  });
  return {
    id: report.id,
    target: body.target,
    reporter: { id: actor.id, nickname: actor.nickname },
    assignee: null,
    reason: body.reason,
    details: body.details,
    status: "open",
    created_at: now,
    closed_at: null,
  };
}
