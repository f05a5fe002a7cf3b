type Key = "GET /comments/{commentId}/snapshots";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
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
  if ((comment.bbs_member_id !== actor.id || comment.deleted_at !== null) && !moderates) {
    throw new Rejection(403, "only the author and moderators may do that");
  }
  return {
    data: db.bbs_comment_snapshots.findMany({
      where: { bbs_comment_id: { equals: comment.id } },
      orderBy: [{ revision: "desc" }],
    }).map((snapshot) => ({
      id: snapshot.id,
      revision: snapshot.revision,
      body: snapshot.body,
      created_at: snapshot.created_at,
    })),
  };
}
