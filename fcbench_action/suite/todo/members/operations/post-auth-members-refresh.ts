type Key = "POST /auth/members/refresh";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const old = db.todo_refresh_tokens.findFirst({
    where: { token_hash: { equals: Security.digest(body.value) } },
  });
  if (old === null) throw new Rejection(401, "unknown token");
  if (old.used_at !== null) {
    db.todo_sessions.update({
      where: { id: { equals: old.todo_session_id }, revoked_at: null },
      data: { revoked_at: now },
    });
    throw new Rejection(401, "the token was exchanged before", "keep");
  }
  if (!Time.isBefore(now, old.expires_at)) throw new Rejection(401, "the token has expired");
  const session = db.todo_sessions.findFirst({
    where: { id: { equals: old.todo_session_id }, revoked_at: null },
  });
  if (session === null) throw new Rejection(401, "the session was revoked");
  const member = db.todo_members.findFirst({ where: { id: { equals: session.todo_member_id } } });
  if (member === null) throw new Rejection(401, "no such member");
  const settings = db.todo_member_settings.findFirst({
    where: { todo_member_id: { equals: member.id } },
  });
  if (settings === null) throw new Rejection(404, "no settings");
  const expiresAt = Time.addSeconds(now, 2592000);
  const refresh = Security.randomText(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    43,
  );
  db.todo_refresh_tokens.update({ where: { id: { equals: old.id } }, data: { used_at: now } });
  db.todo_refresh_tokens.insert({
    data: {
      todo_session_id: session.id,
      generation: old.generation + 1,
      token_hash: Security.digest(refresh),
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    },
  });
  db.todo_sessions.update({
    where: { id: { equals: session.id } },
    data: { last_seen_at: now, expires_at: expiresAt },
  });
  return {
    member: {
      id: member.id,
      email: member.email,
      handle: member.handle,
      display_name: member.display_name,
      avatar: member.avatar,
      email_verified_at: member.email_verified_at,
      created_at: member.created_at,
      settings: {
        time_zone: settings.time_zone,
        week_starts_on: settings.week_starts_on,
        reminder_mails: settings.reminder_mails,
        digest_time: settings.digest_time,
      },
    },
    token: {
      access: Security.issueToken(session.id),
      refresh: refresh,
      expired_at: Time.addSeconds(now, 3600),
      refreshable_until: expiresAt,
    },
  };
}
