type Key = "PATCH /boards/{boardId}/audit-entries";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const board = db.bbs_boards.findFirst({ where: { id: { equals: path.boardId } } });
  if (board === null) throw new Rejection(404, "no such board");
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: board.id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (!moderates) throw new Rejection(403, "only moderators may do that");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const entries = db.bbs_audit_entries.findMany({
    where: { bbs_board_id: { equals: board.id } },
    orderBy: [{ sequence: "desc" }],
  }).filter(
    (entry) =>
      (body.action === null || entry.action === body.action)
        && (body.since === null || !Time.isBefore(entry.created_at, body.since)),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: entries.length,
      pages: Math.ceil(entries.length / limit),
    },
    data: entries.slice((page - 1) * limit, page * limit).map((entry) => ({
      id: entry.id,
      sequence: entry.sequence,
      member: List.at(
        db.bbs_members.findMany({
          where: { id: { equals: entry.bbs_member_id ?? "" }, status: { not: "closed" } },
        }).map((person) => ({ id: person.id, nickname: person.nickname })),
        0,
      ),
      action: entry.action === "hide"
        ? "hide"
        : entry.action === "show"
          ? "show"
          : entry.action === "lock"
            ? "lock"
            : entry.action === "dismiss"
              ? "dismiss"
              : entry.action === "uphold"
                ? "uphold"
                : entry.action === "warn" ? "warn" : entry.action === "mute" ? "mute" : "revoke",
      subject_id: entry.subject_id,
      created_at: entry.created_at,
    })),
  };
}
