type Key = "DELETE /orders/{orderId}/redemptions/{redemptionId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  const redemption = db.shopping_redemptions.findFirst({
    where: { id: { equals: path.redemptionId }, shopping_order_id: { equals: order.id } },
  });
  if (redemption === null) throw new Rejection(404, "no such redemption");
  if (
    order.state !== "pending"
      || db.shopping_payments.exists({
        where: { shopping_order_id: { equals: order.id }, state: { equals: "authorized" } },
      })
  ) {
    throw new Rejection(409, "it is too late for coupons");
  }
  db.shopping_redemptions.remove({ where: { id: { equals: redemption.id } } });
  db.shopping_orders.update({
    where: { id: { equals: order.id } },
    data: { discount: order.discount - redemption.amount, updated_at: now },
  });
  return;
}
