type Key = "POST /labels";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (db.todo_labels.exists({
    where: { todo_member_id: { equals: actor.todo_member_id }, name: { equals: body.name } },
  })) {
    throw new Rejection(409, "the name is taken");
  }
  const label = db.todo_labels.insert({
    data: { todo_member_id: actor.todo_member_id, name: body.name, color: body.color },
  });
  return { id: label.id, name: label.name, color: label.color };
}
