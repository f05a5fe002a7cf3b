type Key = "PUT /members/me/password";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (member === null) throw new Rejection(404, "no such member");
  if (!Security.verifyPassword(body.current_password, member.password_hash)) {
    throw new Rejection(403, "the current password is wrong");
  }
  if (Security.verifyPassword(body.new_password, member.password_hash)) {
    throw new Rejection(409, "that is the current password");
  }
  const former = db.todo_former_passwords.findMany({
    where: { todo_member_id: { equals: member.id } },
    orderBy: [{ ordinal: "desc" }],
    take: 5,
  });
  if (former.some((one) => Security.verifyPassword(body.new_password, one.password_hash))) {
    throw new Rejection(409, "that is a former password");
  }
  const latest = List.at(former, 0);
  db.todo_former_passwords.insert({
    data: {
      todo_member_id: member.id,
      ordinal: (latest?.ordinal ?? 0) + 1,
      password_hash: member.password_hash,
      used_from: latest?.replaced_at ?? member.created_at,
      replaced_at: now,
    },
  });
  db.todo_members.update({
    where: { id: { equals: member.id } },
    data: { password_hash: Security.hashPassword(body.new_password), updated_at: now },
  });
  db.todo_sessions.update({
    where: { todo_member_id: { equals: member.id }, id: { not: actor.id }, revoked_at: null },
    data: { revoked_at: now },
  });
  return;
}
