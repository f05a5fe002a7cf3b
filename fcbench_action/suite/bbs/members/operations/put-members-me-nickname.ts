type Key = "PUT /members/me/nickname";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  if (db.bbs_members.exists({ where: { nickname: { equals: body.nickname } } })) {
    throw new Rejection(409, "the nickname is taken");
  }
  if (db.bbs_nickname_changes.exists({
    where: { nickname: { equals: body.nickname }, bbs_member_id: { not: actor.id } },
  })) {
    throw new Rejection(409, "another member once had the nickname");
  }
  const changes = db.bbs_nickname_changes.count({ where: { bbs_member_id: { equals: actor.id } } });
  if (changes >= 3) throw new Rejection(409, "the nickname was changed three times");
  db.bbs_nickname_changes.insert({
    data: {
      bbs_member_id: actor.id,
      sequence: changes + 1,
      nickname: actor.nickname,
      created_at: now,
    },
  });
  db.bbs_members.update({
    where: { id: { equals: actor.id } },
    data: { nickname: body.nickname, updated_at: now },
  });
  const profile = db.bbs_member_profiles.findFirst({
    where: { bbs_member_id: { equals: actor.id } },
  });
  const member = db.bbs_members.findFirst({ where: { id: { equals: actor.id } } });
  if (member === null) throw new Rejection(404, "no such member");
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
