type Key = "PUT /appeals/{appealId}/decision";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const appeal = db.bbs_appeals.findFirst({ where: { id: { equals: path.appealId } } });
  if (appeal === null) throw new Rejection(404, "no such appeal");
  if (appeal.status !== "open") throw new Rejection(409, "the appeal is decided");
  db.bbs_appeals.update({
    where: { id: { equals: appeal.id } },
    data: {
      bbs_administrator_id: actor.id,
      status: body.granted ? "granted" : "rejected",
      answer: body.answer,
      decided_at: now,
    },
  });
  for (const sanction of db.bbs_sanctions.findMany({
    where: { id: { equals: appeal.bbs_sanction_id } },
  })) {
    if (body.granted) {
      db.bbs_sanctions.update({
        where: { id: { equals: sanction.id } },
        data: { revoked_at: now },
      });
      db.bbs_audit_entries.insert({
        data: {
          bbs_board_id: sanction.bbs_board_id,
          bbs_member_id: null,
          sequence: (
            db.bbs_audit_entries.maximum("sequence", {
              where: { bbs_board_id: { equals: sanction.bbs_board_id } },
            })
              ?? 0
          )
            + 1,
          action: "revoke",
          subject_id: sanction.id,
          created_at: now,
        },
      });
    }
  }
  return {
    id: appeal.id,
    sanction_id: appeal.bbs_sanction_id,
    text: appeal.text,
    status: body.granted ? "granted" : "rejected",
    answer: body.answer,
    created_at: appeal.created_at,
    decided_at: now,
  };
}
