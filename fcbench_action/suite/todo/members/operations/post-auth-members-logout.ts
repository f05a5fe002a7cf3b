type Key = "POST /auth/members/logout";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  db.todo_sessions.update({
    where: { id: { equals: actor.id }, revoked_at: null },
    data: { revoked_at: now },
  });
  return;
}
