type Key = "DELETE /comments/{commentId}/like";

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
  if (db.bbs_boards.exists({
    where: { AND: [{ id: { equals: article.bbs_board_id } }, { NOT: { archived_at: null } }] },
  })) {
    throw new Rejection(409, "the board is archived");
  }
  if (!db.bbs_comment_likes.exists({
    where: { bbs_comment_id: { equals: comment.id }, bbs_member_id: { equals: actor.id } },
  })) {
    return { likes: comment.like_count, liked: false };
  }
  db.bbs_comment_likes.remove({
    where: { bbs_comment_id: { equals: comment.id }, bbs_member_id: { equals: actor.id } },
  });
  db.bbs_comments.update({
    where: { id: { equals: comment.id } },
    data: { like_count: comment.like_count - 1 },
  });
  return { likes: comment.like_count - 1, liked: false };
}
