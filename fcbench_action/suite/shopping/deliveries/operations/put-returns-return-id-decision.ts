type Key = "PUT /returns/{returnId}/decision";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const entry = db.shopping_returns.findFirst({
    where: {
      id: { equals: path.returnId },
      line: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (entry === null) throw new Rejection(404, "no such return");
  if (entry.state !== "requested") throw new Rejection(409, "it is decided already");
  const decision = body.decision;
  const changed = db.shopping_returns.update({
    where: { id: { equals: entry.id } },
    data: {
      state: decision.kind === "approve" ? "approved" : "refused",
      note: decision.kind === "refuse" ? decision.note : null,
      decided_at: now,
    },
  });
  const after = List.at(changed, 0) ?? entry;
  return {
    id: after.id,
    line_id: after.shopping_order_line_id,
    number: after.number,
    quantity: after.quantity,
    reason: after.reason === "damaged"
      ? "damaged"
      : after.reason === "wrong" ? "wrong" : "unwanted",
    comment: after.comment,
    state: after.state === "requested"
      ? "requested"
      : after.state === "approved" ? "approved" : after.state === "refused" ? "refused" : "arrived",
    note: after.note,
    created_at: after.created_at,
    decided_at: after.decided_at,
    arrived_at: after.arrived_at,
  };
}
