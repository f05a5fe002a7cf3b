type Key = "GET /members/me/retention-policy";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const policy = db.todo_retention_policies.findFirst({
    where: { todo_member_id: { equals: actor.todo_member_id } },
  });
  if (policy === null) return { keep: 30, purge_completed: false, updated_at: null };
  return {
    keep: policy.days ?? "forever",
    purge_completed: policy.purge_completed,
    updated_at: policy.updated_at,
  };
}
