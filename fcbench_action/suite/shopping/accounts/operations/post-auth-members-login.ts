type Key = "POST /auth/members/login";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.shopping_members.findFirst({
    where: { email: { equals: Text.lower(body.email) } },
  });
  if (member === null) throw new Rejection(401, "address or password is wrong");
  if (!Security.verifyPassword(body.password, member.password_hash)) {
    throw new Rejection(401, "address or password is wrong");
  }
  if (db.shopping_withdrawals.exists({ where: { shopping_member_id: { equals: member.id } } })) {
    throw new Rejection(403, "the member has left");
  }
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
