type Key = "DELETE /members/me/sessions/{sessionId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const session = db.todo_sessions.findFirst({
    where: { id: { equals: path.sessionId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (session === null) throw new Rejection(404, "no such session");
  if (session.revoked_at !== null) throw new Rejection(409, "the session was revoked before");
  db.todo_sessions.update({ where: { id: { equals: session.id } }, data: { revoked_at: now } });
  return;
}
