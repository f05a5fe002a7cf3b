type Key = "PUT /labels/{labelId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const label = db.todo_labels.findFirst({
    where: { id: { equals: path.labelId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (label === null) throw new Rejection(404, "no such label");
  const name = body.name ?? label.name;
  const color = body.color ?? label.color;
  if (db.todo_labels.exists({
    where: {
      todo_member_id: { equals: actor.todo_member_id },
      name: { equals: name },
      id: { not: label.id },
    },
  })) {
    throw new Rejection(409, "the name is taken");
  }
  db.todo_labels.update({
    where: { id: { equals: label.id } },
    data: { name: name, color: color },
  });
  return { id: label.id, name: name, color: color };
}
