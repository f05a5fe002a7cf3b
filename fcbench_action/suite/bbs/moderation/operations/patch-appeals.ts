type Key = "PATCH /appeals";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const appeals = db.bbs_appeals.findMany({
    where: { AND: [] },
    orderBy: [{ created_at: "asc" }],
  }).filter((appeal) => body.status === null || appeal.status === body.status);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: appeals.length,
      pages: Math.ceil(appeals.length / limit),
    },
    data: appeals.slice((page - 1) * limit, page * limit).map((appeal) => ({
      id: appeal.id,
      sanction_id: appeal.bbs_sanction_id,
      text: appeal.text,
      status: appeal.status === "open"
        ? "open"
        : appeal.status === "granted" ? "granted" : "rejected",
      answer: appeal.answer,
      created_at: appeal.created_at,
      decided_at: appeal.decided_at,
    })),
  };
}
