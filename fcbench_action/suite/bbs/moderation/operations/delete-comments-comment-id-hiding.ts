type Key = "DELETE /comments/{commentId}/hiding";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const comment = db.bbs_comments.findFirst({ where: { id: { equals: path.commentId } } });
  if (comment === null) throw new Rejection(404, "no such comment");
  const article = db.bbs_articles.findFirst({
    where: { id: { equals: comment.bbs_article_id }, deleted_at: null },
  });
  if (article === null) throw new Rejection(404, "no such article");
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: article.bbs_board_id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (!moderates) throw new Rejection(403, "only moderators may do that");
  if (comment.deleted_at !== null || comment.hidden_at === null) {
    throw new Rejection(409, "the comment is removed or not hidden");
  }
  db.bbs_comments.update({ where: { id: { equals: comment.id } }, data: { hidden_at: null } });
  db.bbs_audit_entries.insert({
    data: {
      bbs_board_id: article.bbs_board_id,
      bbs_member_id: actor.id,
      sequence: (
        db.bbs_audit_entries.maximum("sequence", {
          where: { bbs_board_id: { equals: article.bbs_board_id } },
        })
          ?? 0
      )
        + 1,
      action: "show",
      subject_id: comment.id,
      created_at: now,
    },
  });
  return;
}
