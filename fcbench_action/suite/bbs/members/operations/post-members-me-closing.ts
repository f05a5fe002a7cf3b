type Key = "POST /members/me/closing";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  if (!Security.verifyPassword(body.password, actor.password_hash)) {
    throw new Rejection(403, "wrong password");
  }
  db.bbs_role_grants.remove({ where: { bbs_member_id: { equals: actor.id } } });
  db.bbs_members.update({
    where: { id: { equals: actor.id } },
    data: { status: "closed", updated_at: now },
  });
  return;
}
