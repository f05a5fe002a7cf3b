type Key = "POST /auth/members/login";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const typed = Text.lower(body.email);
  const failures = db.todo_login_attempts.findMany({
    where: { succeeded: { equals: false }, created_at: { gt: Time.addSeconds(now, -900) } },
  }).filter((attempt) => Text.lower(attempt.email) === typed);
  const member = db.todo_members.findFirst({ where: { email: { equals: typed } } });
  if (failures.length >= 5) {
    db.todo_login_attempts.insert({
      data: {
        todo_member_id: member?.id ?? null,
        todo_session_id: null,
        email: body.email,
        ip_address: "0.0.0.0",
        succeeded: false,
        created_at: now,
      },
    });
    throw new Rejection(429, "too many attempts", "keep");
  }
  if (member === null) {
    db.todo_login_attempts.insert({
      data: {
        todo_member_id: null,
        todo_session_id: null,
        email: body.email,
        ip_address: "0.0.0.0",
        succeeded: false,
        created_at: now,
      },
    });
    throw new Rejection(401, "address or password is wrong", "keep");
  }
  if (!Security.verifyPassword(body.password, member.password_hash)) {
    db.todo_login_attempts.insert({
      data: {
        todo_member_id: member.id,
        todo_session_id: null,
        email: body.email,
        ip_address: "0.0.0.0",
        succeeded: false,
        created_at: now,
      },
    });
    throw new Rejection(401, "address or password is wrong", "keep");
  }
  const settings = db.todo_member_settings.findFirst({
    where: { todo_member_id: { equals: member.id } },
  });
  if (settings === null) throw new Rejection(404, "no settings");
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
  db.todo_login_attempts.insert({
    data: {
      todo_member_id: member.id,
      todo_session_id: session.id,
      email: body.email,
      ip_address: "0.0.0.0",
      succeeded: true,
      created_at: now,
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
