type Key = "PUT /returns/{returnId}/arrival";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const entry = db.shopping_returns.findFirst({
    where: {
      id: { equals: path.returnId },
      line: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (entry === null) throw new Rejection(404, "no such return");
  if (entry.state !== "approved") throw new Rejection(409, "it is not to arrive");
  const changed = db.shopping_returns.update({
    where: { id: { equals: entry.id } },
    data: { state: "arrived", arrived_at: now },
  });
  for (const line of db.shopping_order_lines.findMany({
    where: { id: { equals: entry.shopping_order_line_id } },
  })) {
    for (const order of db.shopping_orders.findMany({
      where: { id: { equals: line.shopping_order_id } },
    })) {
      const share = Math.floor(
        entry.quantity * line.unit_price * (order.goods - order.discount) / order.goods,
      );
      const amount = Math.min(
        share,
        db.shopping_payments.sum("amount", {
          where: { shopping_order_id: { equals: order.id }, state: { equals: "captured" } },
        })
          - db.shopping_refunds.sum("amount", {
            where: { shopping_order_id: { equals: order.id } },
          }),
      );
      if (amount > 0) {
        db.shopping_refunds.insert({
          data: {
            shopping_order_id: order.id,
            shopping_return_id: entry.id,
            shopping_admin_id: null,
            number: (
              db.shopping_refunds.maximum("number", {
                where: { shopping_order_id: { equals: order.id } },
              })
                ?? 0
            )
              + 1,
            amount: amount,
            reason: entry.reason,
            created_at: now,
          },
        });
      }
    }
    for (const stock of db.shopping_stocks.findMany({
      where: { shopping_variant_id: { equals: line.shopping_variant_id } },
    })) {
      if (body.restock) {
        db.shopping_stocks.update({
          where: { id: { equals: stock.id } },
          data: { on_hand: stock.on_hand + entry.quantity, updated_at: now },
        });
        db.shopping_stock_movements.insert({
          data: {
            shopping_stock_id: stock.id,
            sequence: (
              db.shopping_stock_movements.maximum("sequence", {
                where: { shopping_stock_id: { equals: stock.id } },
              })
                ?? 0
            )
              + 1,
            kind: "return",
            quantity: entry.quantity,
            on_hand: stock.on_hand + entry.quantity,
            reason: null,
            created_at: now,
          },
        });
      }
    }
  }
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
