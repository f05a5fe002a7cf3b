type Key = "POST /auth/password-resets";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.todo_members.findFirst({
    where: { email: { equals: Text.lower(body.email) } },
  });
  if (member !== null) {
    db.todo_password_resets.insert({
      data: {
        todo_member_id: member.id,
        code_hash: Security.digest(Security.randomText(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
          43,
        )),
        created_at: now,
        expires_at: Time.addSeconds(now, 3600),
        used_at: null,
      },
    });
  }
  return;
}
