type Key = "PUT /members/me/retention-policy";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  db.todo_retention_policies.remove({
    where: { todo_member_id: { equals: actor.todo_member_id } },
  });
  db.todo_retention_policies.insert({
    data: {
      todo_member_id: actor.todo_member_id,
      days: body.keep === "forever" ? null : body.keep,
      purge_completed: body.purge_completed,
      updated_at: now,
    },
  });
  return { keep: body.keep, purge_completed: body.purge_completed, updated_at: now };
}
