type Key = "GET /orders/{orderId}/returns";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  return {
    data: db.shopping_returns.findMany({
      where: { line: { some: { shopping_order_id: { equals: order.id } } } },
      orderBy: [{ created_at: "asc" }],
    }).map((entry) => ({
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
