type Key = "PUT /members/{memberId}/bans/{banId}/lifting";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.bbs_members.findFirst({
    where: { id: { equals: path.memberId }, status: { not: "closed" } },
  });
  if (member === null) throw new Rejection(404, "no such member");
  const ban = db.bbs_bans.findFirst({
    where: { id: { equals: path.banId }, bbs_member_id: { equals: member.id } },
  });
  if (ban === null) throw new Rejection(404, "no such ban");
  if (ban.lifted_at !== null) throw new Rejection(409, "the ban was lifted");
  db.bbs_bans.update({
    where: { id: { equals: ban.id } },
    data: { lifted_at: now, lifter_id: actor.id },
  });
  db.bbs_members.update({
    where: { id: { equals: member.id } },
    data: { status: "active", updated_at: now },
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
    lifted_at: now,
  };
}
