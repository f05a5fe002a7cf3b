type Key = "DELETE /support/members/{handle}/sessions/{sessionId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const asker = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (asker === null) throw new Rejection(404, "no such member");
  if (!Text.endsWith(asker.email, "@todo.example")) throw new Rejection(403, "only for support");
  const session = db.todo_sessions.findFirst({
    where: {
      id: { equals: path.sessionId },
      member: { some: { handle: { equals: path.handle } } },
    },
  });
  if (session === null) throw new Rejection(404, "no such session");
  if (session.revoked_at !== null) throw new Rejection(409, "the session was revoked before");
  db.todo_sessions.update({ where: { id: { equals: session.id } }, data: { revoked_at: now } });
  return;
}
