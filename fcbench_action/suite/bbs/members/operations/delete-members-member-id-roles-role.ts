type Key = "DELETE /members/{memberId}/roles/{role}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.bbs_members.findFirst({
    where: { id: { equals: path.memberId }, status: { not: "closed" } },
  });
  if (member === null) throw new Rejection(404, "no such member");
  if (!db.bbs_role_grants.exists({
    where: { bbs_member_id: { equals: member.id }, role: { equals: path.role } },
  })) {
    throw new Rejection(404, "the member does not hold the role");
  }
  db.bbs_role_grants.remove({
    where: { bbs_member_id: { equals: member.id }, role: { equals: path.role } },
  });
  return;
}
