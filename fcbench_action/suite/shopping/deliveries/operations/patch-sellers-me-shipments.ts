type Key = "PATCH /sellers/me/shipments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const state = body.state;
  const orderId = body.order_id;
  const shipments = db.shopping_shipments.findMany({
    where: { shopping_seller_id: { equals: actor.id } },
    orderBy: [{ created_at: "desc" }],
  });
  const found = shipments.filter(
    (shipment) =>
      (state === null || shipment.state === state)
        && (orderId === null || shipment.shopping_order_id === orderId),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((shipment) => ({
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
