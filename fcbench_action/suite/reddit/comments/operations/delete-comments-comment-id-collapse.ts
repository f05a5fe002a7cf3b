type Key = "DELETE /comments/{commentId}/collapse";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const collapse = db.reddit_comment_collapses.findFirst({
    where: {
      reddit_account_id: { equals: actor.id },
      reddit_comment_id: { equals: path.commentId },
    },
  });
  if (collapse === null) throw new Rejection(404, "it is not collapsed");
  db.reddit_comment_collapses.remove({ where: { id: { equals: collapse.id } } });
  return;
}
