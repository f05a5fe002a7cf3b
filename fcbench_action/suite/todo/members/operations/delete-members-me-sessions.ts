type Key = "DELETE /members/me/sessions";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const revoked = db.todo_sessions.update({
    where: {
      todo_member_id: { equals: actor.todo_member_id },
      id: { not: actor.id },
      revoked_at: null,
    },
    data: { revoked_at: now },
  });
  return { revoked: revoked.length };
}
