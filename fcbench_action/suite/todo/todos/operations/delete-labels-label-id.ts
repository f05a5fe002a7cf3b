type Key = "DELETE /labels/{labelId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const label = db.todo_labels.findFirst({
    where: { id: { equals: path.labelId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (label === null) throw new Rejection(404, "no such label");
  db.todo_labels.remove({ where: { id: { equals: label.id } } });
  return;
}
