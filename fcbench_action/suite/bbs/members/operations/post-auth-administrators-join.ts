type Key = "POST /auth/administrators/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (!Text.endsWith(email, "@bbs.example")) {
    throw new Rejection(403, "administrators have an address of the board");
  }
  if (db.bbs_administrators.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  const one = db.bbs_administrators.insert({
    data: {
      email: email,
      name: body.name,
      password_hash: Security.hashPassword(body.password),
      created_at: now,
    },
  });
  return {
    administrator: { id: one.id, email: one.email, name: one.name, created_at: one.created_at },
    token: { access: Security.issueToken(one.id), expired_at: Time.addSeconds(now, 3600) },
  };
}
