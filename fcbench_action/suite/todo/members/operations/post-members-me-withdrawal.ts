type Key = "POST /members/me/withdrawal";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (db.todo_withdrawals.exists({ where: { todo_member_id: { equals: actor.todo_member_id } } })) {
    throw new Rejection(409, "there is a withdrawal");
  }
  const withdrawal = db.todo_withdrawals.insert({
    data: {
      todo_member_id: actor.todo_member_id,
      reason: body.reason,
      comment: body.comment,
      created_at: now,
      erase_at: Time.addSeconds(now, 2592000),
    },
  });
  db.todo_members.update({
    where: { id: { equals: actor.todo_member_id } },
    data: { closed_at: now, updated_at: now },
  });
  return {
    reason: body.reason,
    comment: withdrawal.comment,
    created_at: withdrawal.created_at,
    erase_at: withdrawal.erase_at,
  };
}
