type Key = "POST /sanctions/{sanctionId}/appeals";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const sanction = db.bbs_sanctions.findFirst({
    where: { id: { equals: path.sanctionId }, bbs_member_id: { equals: actor.id } },
  });
  if (sanction === null) throw new Rejection(404, "no such sanction");
  if (sanction.revoked_at !== null) throw new Rejection(409, "the sanction is revoked");
  if (db.bbs_appeals.exists({ where: { bbs_sanction_id: { equals: sanction.id } } })) {
    throw new Rejection(409, "there was an appeal");
  }
  const appeal = db.bbs_appeals.insert({
    data: {
      bbs_sanction_id: sanction.id,
      bbs_administrator_id: null,
      text: body.text,
      status: "open",
      answer: null,
      created_at: now,
      decided_at: null,
    },
  });
  return {
    id: appeal.id,
    sanction_id: sanction.id,
    text: appeal.text,
    status: "open",
    answer: null,
    created_at: now,
    decided_at: null,
  };
}
