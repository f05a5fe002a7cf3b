type Key = "POST /sellers/me/shipments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: { AND: [{ id: { equals: body.order_id } }, { NOT: { paid_at: null } }] },
  });
  if (order === null) throw new Rejection(404, "no such order");
  const own = db.shopping_order_lines.findMany({
    where: { shopping_order_id: { equals: order.id }, shopping_seller_id: { equals: actor.id } },
  });
  const ids = body.lines.map((part) => part.line_id);
  if (ids.some((id) => !own.some((line) => line.id === id))) {
    throw new Rejection(404, "no such line");
  }
  if (order.state !== "paid") throw new Rejection(409, "the order is not to be sent");
  if (own.some((line) => line.prepared_at === null && ids.includes(line.id))) {
    throw new Rejection(409, "a line is not prepared");
  }
  if (List.distinct(ids).length !== ids.length) throw new Rejection(409, "a line is there twice");
  if (body.lines.some(
    (part) =>
      part.quantity
        + db.shopping_shipment_lines.sum("quantity", {
          where: { shopping_order_line_id: { equals: part.line_id } },
        })
        > List.sum(own.filter((line) => line.id === part.line_id), (line) => line.quantity),
  )) {
    throw new Rejection(409, "that is more than was ordered");
  }
  const shipment = db.shopping_shipments.insert({
    data: {
      shopping_order_id: order.id,
      shopping_seller_id: actor.id,
      number: (
        db.shopping_shipments.maximum("number", {
          where: { shopping_order_id: { equals: order.id } },
        })
          ?? 0
      )
        + 1,
      state: "preparing",
      carrier: null,
      tracking: null,
      created_at: now,
      shipped_at: null,
      delivered_at: null,
    },
  });
  for (const part of body.lines) {
    db.shopping_shipment_lines.insert({
      data: {
        shopping_shipment_id: shipment.id,
        shopping_order_line_id: part.line_id,
        quantity: part.quantity,
      },
    });
  }
  return {
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
  };
}
