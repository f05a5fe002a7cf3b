type Key = "GET /orders/{orderId}/shipments";

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
    data: db.shopping_shipments.findMany({
      where: { shopping_order_id: { equals: order.id }, state: { not: "preparing" } },
      orderBy: [{ number: "asc" }],
    }).map((shipment) => ({
      id: shipment.id,
      order_id: shipment.shopping_order_id,
      seller_id: shipment.shopping_seller_id,
      number: shipment.number,
      state: shipment.state === "preparing"
        ? "preparing"
        : shipment.state === "shipped" ? "shipped" : "delivered",
      carrier: shipment.carrier,
      tracking: shipment.tracking,
      lines: List.sortBy(
        db.shopping_shipment_lines.findMany({
          where: { shopping_shipment_id: { equals: shipment.id } },
        }),
        (held) =>
          db.shopping_order_lines.findFirst({
            where: { id: { equals: held.shopping_order_line_id } },
          })?.position
            ?? 0,
        "asc",
      ).map((held) => ({ line_id: held.shopping_order_line_id, quantity: held.quantity })),
      created_at: shipment.created_at,
      shipped_at: shipment.shipped_at,
      delivered_at: shipment.delivered_at,
    })),
  };
}
