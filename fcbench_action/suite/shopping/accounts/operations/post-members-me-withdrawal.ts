type Key = "POST /members/me/withdrawal";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!Security.verifyPassword(body.password, actor.password_hash)) {
    throw new Rejection(403, "the password is wrong");
  }
  if (db.shopping_withdrawals.exists({ where: { shopping_member_id: { equals: actor.id } } })) {
    throw new Rejection(409, "the member has left");
  }
  db.shopping_addresses.remove({ where: { shopping_member_id: { equals: actor.id } } });
  db.shopping_withdrawals.insert({
    data: {
      shopping_member_id: actor.id,
      reason: body.reason,
      comment: body.comment,
      created_at: now,
    },
  });
  return { reason: body.reason, comment: body.comment, created_at: now };
}
