type Key = "POST /members/{memberId}/bans";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.bbs_members.findFirst({
    where: { id: { equals: path.memberId }, status: { not: "closed" } },
  });
  if (member === null) throw new Rejection(404, "no such member");
  if (member.status === "suspended") throw new Rejection(409, "the member is suspended already");
  if (body.ends_at !== null && !Time.isBefore(now, body.ends_at)) {
    throw new Rejection(409, "a ban ends later");
  }
  db.bbs_role_grants.remove({ where: { bbs_member_id: { equals: member.id } } });
  db.bbs_members.update({
    where: { id: { equals: member.id } },
    data: { status: "suspended", updated_at: now },
  });
  const ban = db.bbs_bans.insert({
    data: {
      bbs_member_id: member.id,
      bbs_administrator_id: actor.id,
      lifter_id: null,
      reason: body.reason,
      created_at: now,
      ends_at: body.ends_at,
      lifted_at: null,
    },
  });
  return {
    id: ban.id,
    member: { id: member.id, nickname: member.nickname },
    reason: ban.reason,
    administrator: List.at(
      db.bbs_administrators.findMany({
        where: { id: { equals: ban.bbs_administrator_id ?? "" } },
      }).map((one) => one.name),
      0,
    ),
    created_at: ban.created_at,
    ends_at: ban.ends_at,
    lifted_at: ban.lifted_at,
  };
}
