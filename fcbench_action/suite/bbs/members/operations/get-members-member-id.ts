type Key = "GET /members/{memberId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.bbs_members.findFirst({
    where: { id: { equals: path.memberId }, status: { not: "closed" } },
  });
  if (member === null) throw new Rejection(404, "no such member");
  const profile = db.bbs_member_profiles.findFirst({
    where: { bbs_member_id: { equals: member.id } },
  });
  return {
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
  };
}
