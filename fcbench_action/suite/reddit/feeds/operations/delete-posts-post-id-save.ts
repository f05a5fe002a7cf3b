type Key = "DELETE /posts/{postId}/save";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const save = db.reddit_saves.findFirst({
    where: { reddit_account_id: { equals: actor.id }, reddit_post_id: { equals: path.postId } },
  });
  if (save === null) throw new Rejection(404, "it is not saved");
  db.reddit_saves.remove({ where: { id: { equals: save.id } } });
  return;
}
