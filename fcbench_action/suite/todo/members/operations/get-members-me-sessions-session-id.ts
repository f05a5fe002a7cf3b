type Key = "GET /members/me/sessions/{sessionId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const session = db.todo_sessions.findFirst({
    where: { id: { equals: path.sessionId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (session === null) throw new Rejection(404, "no such session");
  return {
    id: session.id,
    ip_address: session.ip_address,
    user_agent: session.user_agent,
    current: session.id === actor.id,
    created_at: session.created_at,
    last_seen_at: session.last_seen_at,
    expires_at: session.expires_at,
    revoked_at: session.revoked_at,
  };
}
