type Key = "DELETE /exports/{exportId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.todo_exports.exists({
    where: { id: { equals: path.exportId }, todo_member_id: { equals: actor.todo_member_id } },
  })) {
    throw new Rejection(404, "no such export");
  }
  db.todo_exports.remove({ where: { id: { equals: path.exportId } } });
  return;
}
