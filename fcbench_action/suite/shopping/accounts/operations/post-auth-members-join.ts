type Key = "POST /auth/members/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (db.shopping_members.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  if (db.shopping_members.exists({ where: { nickname: { equals: body.nickname } } })) {
    throw new Rejection(409, "the nickname is taken");
  }
  const member = db.shopping_members.insert({
    data: {
      email: email,
      nickname: body.nickname,
      password_hash: Security.hashPassword(body.password),
      created_at: now,
      updated_at: now,
    },
  });
  return {
    member: {
      id: member.id,
      email: member.email,
      nickname: member.nickname,
      created_at: member.created_at,
    },
    token: { access: Security.issueToken(member.id), expires_at: Time.addSeconds(now, 86400) },
  };
}
