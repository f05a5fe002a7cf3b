type Key = "PUT /members/{memberId}/roles/{role}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.bbs_members.findFirst({
    where: { id: { equals: path.memberId }, status: { not: "closed" } },
  });
  if (member === null) throw new Rejection(404, "no such member");
  if (member.status !== "active") throw new Rejection(409, "roles are for active members");
  const grant = db.bbs_role_grants.findFirst({
    where: { bbs_member_id: { equals: member.id }, role: { equals: path.role } },
  });
  if (grant !== null) {
    return {
      id: grant.id,
      role: path.role,
      administrator: List.at(
        db.bbs_administrators.findMany({
          where: { id: { equals: grant.bbs_administrator_id ?? "" } },
        }).map((one) => one.name),
        0,
      ),
      created_at: grant.created_at,
    };
  }
  const made = db.bbs_role_grants.insert({
    data: {
      bbs_member_id: member.id,
      bbs_administrator_id: actor.id,
      role: path.role,
      created_at: now,
    },
  });
  return { id: made.id, role: path.role, administrator: actor.name, created_at: made.created_at };
}
