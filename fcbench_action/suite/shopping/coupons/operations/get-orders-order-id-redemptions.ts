type Key = "GET /orders/{orderId}/redemptions";

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
    data: db.shopping_redemptions.findMany({
      where: { shopping_order_id: { equals: order.id } },
      orderBy: [{ created_at: "asc" }],
    }).map((one) => ({
      id: one.id,
      ticket_id: one.shopping_ticket_id,
      code: db.shopping_coupons.findFirst({
        where: { "shopping_tickets.coupon": { some: { id: { equals: one.shopping_ticket_id } } } },
      })?.code
        ?? "",
      amount: one.amount,
      created_at: one.created_at,
    })),
  };
}
