type Key = "POST /auth/members/login";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.bbs_members.findFirst({
    where: { email: { equals: Text.lower(body.email) }, status: { not: "closed" } },
  });
  if (member === null || !Security.verifyPassword(body.password, member.password_hash)) {
    throw new Rejection(401, "wrong address or password");
  }
  db.bbs_bans.update({
    where: { bbs_member_id: { equals: member.id }, lifted_at: null, ends_at: { lte: now } },
    data: { lifted_at: now },
  });
  const banned = db.bbs_bans.exists({
    where: { bbs_member_id: { equals: member.id }, lifted_at: null },
  });
  if (banned) throw new Rejection(403, "the member is suspended");
  db.bbs_members.update({
    where: { id: { equals: member.id } },
    data: { status: "active", last_login_at: now },
  });
  const profile = db.bbs_member_profiles.findFirst({
    where: { bbs_member_id: { equals: member.id } },
  });
  return {
    member: {
      ...{
        id: member.id,
        nickname: member.nickname,
        email: profile !== null && profile.shows_email ? member.email : null,
        introduction: profile?.introduction ?? null,
        homepage: profile?.homepage ?? null,
        roles: ["announcer", "moderator"].filter((role) => db.bbs_role_grants.exists({
          where: { bbs_member_id: { equals: member.id }, role: { equals: role } },
        })).map((role) => role === "announcer" ? "announcer" : "moderator"),
        status: member.status === "suspended" ? "suspended" : "active",
        created_at: member.created_at,
      },
      status: "active",
    },
    token: { access: Security.issueToken(member.id), expired_at: Time.addSeconds(now, 3600) },
  };
}
