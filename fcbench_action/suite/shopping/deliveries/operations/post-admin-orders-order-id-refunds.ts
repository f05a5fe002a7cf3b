type Key = "POST /admin/orders/{orderId}/refunds";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({ where: { id: { equals: path.orderId } } });
  if (order === null) throw new Rejection(404, "no such order");
  if (order.state !== "completed") throw new Rejection(409, "the order is not completed");
  if (
    body.amount
      > db.shopping_payments.sum("amount", {
        where: { shopping_order_id: { equals: order.id }, state: { equals: "captured" } },
      })
        - db.shopping_refunds.sum("amount", { where: { shopping_order_id: { equals: order.id } } })
  ) {
    throw new Rejection(409, "that is more than was paid");
  }
  const refund = db.shopping_refunds.insert({
    data: {
      shopping_order_id: order.id,
      shopping_return_id: null,
      shopping_admin_id: actor.id,
      number: (
        db.shopping_refunds.maximum("number", {
          where: { shopping_order_id: { equals: order.id } },
        })
          ?? 0
      )
        + 1,
      amount: body.amount,
      reason: body.reason,
      created_at: now,
    },
  });
  return {
    id: refund.id,
    number: refund.number,
    return_id: refund.shopping_return_id,
    amount: refund.amount,
    reason: refund.reason,
    created_at: refund.created_at,
  };
}
