type Key = "GET /orders/{orderId}/refunds";

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
    paid: db.shopping_payments.sum("amount", {
      where: { shopping_order_id: { equals: order.id }, state: { equals: "captured" } },
    }),
    refunded: db.shopping_refunds.sum("amount", {
      where: { shopping_order_id: { equals: order.id } },
    }),
    data: db.shopping_refunds.findMany({
      where: { shopping_order_id: { equals: order.id } },
      orderBy: [{ number: "asc" }],
    }).map((refund) => ({
      id: refund.id,
      number: refund.number,
      return_id: refund.shopping_return_id,
      amount: refund.amount,
      reason: refund.reason,
      created_at: refund.created_at,
    })),
  };
}
