type Key = "PATCH /sellers/me/returns";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const state = body.state;
  const entries = db.shopping_returns.findMany({
    where: { line: { some: { shopping_seller_id: { equals: actor.id } } } },
    orderBy: [{ created_at: "asc" }],
  });
  const found = entries.filter((entry) => state === null || entry.state === state);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((entry) => ({
      id: entry.id,
      line_id: entry.shopping_order_line_id,
      number: entry.number,
      quantity: entry.quantity,
      reason: entry.reason === "damaged"
        ? "damaged"
        : entry.reason === "wrong" ? "wrong" : "unwanted",
      comment: entry.comment,
      state: entry.state === "requested"
        ? "requested"
        : entry.state === "approved"
          ? "approved"
          : entry.state === "refused" ? "refused" : "arrived",
      note: entry.note,
      created_at: entry.created_at,
      decided_at: entry.decided_at,
      arrived_at: entry.arrived_at,
    })),
  };
}
