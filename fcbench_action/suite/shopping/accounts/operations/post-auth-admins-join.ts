type Key = "POST /auth/admins/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (!Text.endsWith(email, "@shopping.example")) throw new Rejection(403, "only staff may");
  if (db.shopping_admins.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  const admin = db.shopping_admins.insert({
    data: {
      email: email,
      name: body.name,
      password_hash: Security.hashPassword(body.password),
      created_at: now,
    },
  });
  return {
    admin: { id: admin.id, email: admin.email, name: admin.name, created_at: admin.created_at },
    token: { access: Security.issueToken(admin.id), expires_at: Time.addSeconds(now, 86400) },
  };
}
