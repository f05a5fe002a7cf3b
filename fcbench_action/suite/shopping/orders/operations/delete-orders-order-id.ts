type Key = "DELETE /orders/{orderId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  if (order.state !== "cancelled" && order.state !== "completed") {
    throw new Rejection(409, "the order is not at its end");
  }
  db.shopping_orders.update({
    where: { id: { equals: order.id } },
    data: { hidden_at: now, updated_at: now },
  });
  return;
}
