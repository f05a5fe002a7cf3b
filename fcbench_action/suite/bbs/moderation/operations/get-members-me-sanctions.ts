type Key = "GET /members/me/sanctions";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  return {
    data: db.bbs_sanctions.findMany({
      where: { bbs_member_id: { equals: actor.id } },
      orderBy: [{ created_at: "desc" }],
    }).map((sanction) => ({
      id: sanction.id,
      board_id: sanction.bbs_board_id,
      kind: sanction.kind === "warning" ? "warning" : "mute",
      reason: sanction.reason === "spam"
        ? "spam"
        : sanction.reason === "insult"
          ? "insult"
          : sanction.reason === "off_topic" ? "off_topic" : "other",
      created_at: sanction.created_at,
      ends_at: sanction.ends_at,
      revoked_at: sanction.revoked_at,
      appeal: List.at(
        db.bbs_appeals.findMany({ where: { bbs_sanction_id: { equals: sanction.id } } }).map((one) => ({
          id: one.id,
          status: one.status === "open"
            ? "open"
            : one.status === "granted" ? "granted" : "rejected",
        })),
        0,
      ),
    })),
  };
}
