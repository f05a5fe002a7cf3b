type Key = "POST /orders/{orderId}/cancellation";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  if (order.state !== "pending" && order.state !== "paid") {
    throw new Rejection(409, "the order is at its end");
  }
  if (db.shopping_payments.exists({
    where: { shopping_order_id: { equals: order.id }, state: { equals: "authorized" } },
  })) {
    throw new Rejection(409, "a payment is under way");
  }
  if (db.shopping_order_lines.exists({
    where: { AND: [{ shopping_order_id: { equals: order.id } }, { NOT: { prepared_at: null } }] },
  })) {
    throw new Rejection(409, "a line is prepared");
  }
  for (const line of db.shopping_order_lines.findMany({
    where: { shopping_order_id: { equals: order.id } },
  })) {
    for (const stock of db.shopping_stocks.findMany({
      where: { shopping_variant_id: { equals: line.shopping_variant_id } },
    })) {
      db.shopping_stocks.update({
        where: { id: { equals: stock.id } },
        data: { on_hand: stock.on_hand + line.quantity, updated_at: now },
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
          quantity: line.quantity,
          on_hand: stock.on_hand + line.quantity,
          reason: null,
          created_at: now,
        },
      });
    }
  }
  const refunded = db.shopping_payments.update({
    where: { shopping_order_id: { equals: order.id }, state: { equals: "captured" } },
    data: { state: "refunded" },
  });
  db.shopping_orders.update({
    where: { id: { equals: order.id } },
    data: { state: "cancelled", closed_at: now, updated_at: now },
  });
  const cancellation = db.shopping_cancellations.insert({
    data: {
      shopping_order_id: order.id,
      reason: body.reason,
      comment: body.comment,
      refunded: List.sum(refunded, (payment) => payment.amount),
      created_at: now,
    },
  });
  return {
    reason: body.reason,
    comment: cancellation.comment,
    refunded: cancellation.refunded,
    created_at: cancellation.created_at,
  };
}
