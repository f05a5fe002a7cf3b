type Key = "PUT /order-lines/{lineId}/preparation";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const line = db.shopping_order_lines.findFirst({
    where: { id: { equals: path.lineId }, shopping_seller_id: { equals: actor.id } },
  });
  if (line === null) throw new Rejection(404, "no such line");
  const order = db.shopping_orders.findFirst({
    where: { AND: [{ id: { equals: line.shopping_order_id } }, { NOT: { paid_at: null } }] },
  });
  if (order === null) throw new Rejection(404, "no such line");
  if (order.state !== "paid") throw new Rejection(409, "the order is not to be prepared");
  if (
    !body.prepared
      && db.shopping_shipment_lines.exists({
        where: { shopping_order_line_id: { equals: line.id } },
      })
  ) {
    throw new Rejection(409, "something of it is in a shipment");
  }
  const changed = db.shopping_order_lines.update({
    where: { id: { equals: line.id } },
    data: { prepared_at: body.prepared ? line.prepared_at ?? now : null },
  });
  const after = List.at(changed, 0) ?? line;
  return {
    id: after.id,
    position: after.position,
    variant_id: after.shopping_variant_id,
    seller_id: after.shopping_seller_id,
    name: after.name,
    sku: after.sku,
    unit_price: after.unit_price,
    quantity: after.quantity,
    prepared_at: after.prepared_at,
  };
}
