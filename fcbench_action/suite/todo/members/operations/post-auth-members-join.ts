type Key = "POST /auth/members/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (db.todo_members.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  if (db.todo_members.exists({ where: { handle: { equals: body.handle } } })) {
    throw new Rejection(409, "the handle is taken");
  }
  const member = db.todo_members.insert({
    data: {
      email: email,
      handle: body.handle,
      display_name: body.display_name,
      avatar: body.avatar,
      password_hash: Security.hashPassword(body.password),
      email_verified_at: null,
      created_at: now,
      updated_at: now,
      closed_at: null,
    },
  });
  const settings = db.todo_member_settings.insert({
    data: {
      todo_member_id: member.id,
      time_zone: body.time_zone ?? "UTC",
      week_starts_on: 1,
      reminder_mails: true,
      digest_time: null,
    },
  });
  const expiresAt = Time.addSeconds(now, 2592000);
  const session = db.todo_sessions.insert({
    data: {
      todo_member_id: member.id,
      ip_address: "0.0.0.0",
      user_agent: null,
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
      revoked_at: null,
    },
  });
  const refresh = Security.randomText(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    43,
  );
  db.todo_refresh_tokens.insert({
    data: {
      todo_session_id: session.id,
      generation: 1,
      token_hash: Security.digest(refresh),
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    },
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
