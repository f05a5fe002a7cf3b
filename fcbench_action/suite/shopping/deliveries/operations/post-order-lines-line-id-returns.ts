type Key = "POST /order-lines/{lineId}/returns";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const line = db.shopping_order_lines.findFirst({
    where: {
      id: { equals: path.lineId },
      order: { some: { shopping_member_id: { equals: actor.id }, hidden_at: null } },
    },
  });
  if (line === null) throw new Rejection(404, "no such line");
  const delivered = db.shopping_shipment_lines.sum("quantity", {
    where: {
      shopping_order_line_id: { equals: line.id },
      shipment: { some: { state: { equals: "delivered" } } },
    },
  });
  const returned = db.shopping_returns.sum("quantity", {
    where: { shopping_order_line_id: { equals: line.id }, state: { not: "refused" } },
  });
  if (body.quantity > delivered - returned) {
    throw new Rejection(409, "that is more than was delivered");
  }
  const entry = db.shopping_returns.insert({
    data: {
      shopping_order_line_id: line.id,
      number: (
        db.shopping_returns.maximum("number", {
          where: { shopping_order_line_id: { equals: line.id } },
        })
          ?? 0
      )
        + 1,
      quantity: body.quantity,
      reason: body.reason,
      comment: body.comment,
      state: "requested",
      note: null,
      created_at: now,
      decided_at: null,
      arrived_at: null,
    },
  });
  return {
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
      : entry.state === "approved" ? "approved" : entry.state === "refused" ? "refused" : "arrived",
    note: entry.note,
    created_at: entry.created_at,
    decided_at: entry.decided_at,
    arrived_at: entry.arrived_at,
  };
}
