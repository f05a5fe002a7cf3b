type Key = "GET /orders/{orderId}";

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
    id: order.id,
    number: order.number,
    state: order.state === "pending"
      ? "pending"
      : order.state === "paid" ? "paid" : order.state === "cancelled" ? "cancelled" : "completed",
    destination: {
      recipient: order.recipient,
      phone: order.phone,
      country: order.country,
      postal_code: order.postal_code,
      city: order.city,
      street: order.street,
    },
    lines: db.shopping_order_lines.findMany({
      where: { shopping_order_id: { equals: order.id } },
      orderBy: [{ position: "asc" }],
    }).map((line) => ({
      id: line.id,
      position: line.position,
      variant_id: line.shopping_variant_id,
      seller_id: line.shopping_seller_id,
      name: line.name,
      sku: line.sku,
      unit_price: line.unit_price,
      quantity: line.quantity,
      prepared_at: line.prepared_at,
    })),
    amounts: {
      goods: order.goods,
      shipping: order.shipping,
      discount: order.discount,
      total: order.goods + order.shipping - order.discount,
    },
    created_at: order.created_at,
    updated_at: order.updated_at,
    paid_at: order.paid_at,
    closed_at: order.closed_at,
  };
}
