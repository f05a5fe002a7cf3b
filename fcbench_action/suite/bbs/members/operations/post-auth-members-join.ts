type Key = "POST /auth/members/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (db.bbs_members.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  if (
    db.bbs_members.exists({ where: { nickname: { equals: body.nickname } } })
      || db.bbs_nickname_changes.exists({ where: { nickname: { equals: body.nickname } } })
  ) {
    throw new Rejection(409, "the nickname is taken");
  }
  const member = db.bbs_members.insert({
    data: {
      email: email,
      nickname: body.nickname,
      password_hash: Security.hashPassword(body.password),
      status: "active",
      created_at: now,
      updated_at: now,
      last_login_at: null,
    },
  });
  db.bbs_member_profiles.insert({
    data: {
      bbs_member_id: member.id,
      introduction: body.introduction,
      homepage: null,
      birth_year: null,
      shows_email: false,
      updated_at: now,
    },
  });
  return {
    member: {
      id: member.id,
      nickname: member.nickname,
      email: null,
      introduction: body.introduction,
      homepage: null,
      roles: [],
      status: "active",
      created_at: member.created_at,
    },
    token: { access: Security.issueToken(member.id), expired_at: Time.addSeconds(now, 3600) },
  };
}
