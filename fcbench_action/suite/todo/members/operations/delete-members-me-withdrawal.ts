type Key = "DELETE /members/me/withdrawal";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.todo_withdrawals.exists({
    where: { todo_member_id: { equals: actor.todo_member_id } },
  })) {
    throw new Rejection(404, "there is no withdrawal");
  }
  db.todo_withdrawals.remove({ where: { todo_member_id: { equals: actor.todo_member_id } } });
  db.todo_members.update({
    where: { id: { equals: actor.todo_member_id } },
    data: { closed_at: null, updated_at: now },
  });
  return;
}
