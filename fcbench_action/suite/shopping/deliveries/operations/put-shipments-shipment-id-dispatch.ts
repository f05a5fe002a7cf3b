type Key = "PUT /shipments/{shipmentId}/dispatch";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const shipment = db.shopping_shipments.findFirst({
    where: { id: { equals: path.shipmentId }, shopping_seller_id: { equals: actor.id } },
  });
  if (shipment === null) throw new Rejection(404, "no such shipment");
  if (shipment.state !== "preparing") throw new Rejection(409, "the shipment is sent already");
  const changed = db.shopping_shipments.update({
    where: { id: { equals: shipment.id } },
    data: { state: "shipped", carrier: body.carrier, tracking: body.tracking, shipped_at: now },
  });
  const after = List.at(changed, 0) ?? shipment;
  return {
    id: after.id,
    order_id: after.shopping_order_id,
    seller_id: after.shopping_seller_id,
    number: after.number,
    state: after.state === "preparing"
      ? "preparing"
      : after.state === "shipped" ? "shipped" : "delivered",
    carrier: after.carrier,
    tracking: after.tracking,
    lines: List.sortBy(
      db.shopping_shipment_lines.findMany({
        where: { shopping_shipment_id: { equals: after.id } },
      }),
      (held) =>
        db.shopping_order_lines.findFirst({
          where: { id: { equals: held.shopping_order_line_id } },
        })?.position
          ?? 0,
      "asc",
    ).map((held) => ({ line_id: held.shopping_order_line_id, quantity: held.quantity })),
    created_at: after.created_at,
    shipped_at: after.shipped_at,
    delivered_at: after.delivered_at,
  };
}
