type Key = "PUT /orders/{orderId}/destination";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  const address = db.shopping_addresses.findFirst({
    where: { id: { equals: body.address_id }, shopping_member_id: { equals: actor.id } },
  });
  if (address === null) throw new Rejection(404, "no such address");
  if (
    order.state !== "pending"
      || db.shopping_payments.exists({
        where: { shopping_order_id: { equals: order.id }, state: { equals: "authorized" } },
      })
  ) {
    throw new Rejection(409, "it is too late to change where it is sent");
  }
  const changed = db.shopping_orders.update({
    where: { id: { equals: order.id } },
    data: {
      recipient: address.recipient,
      phone: address.phone,
      country: address.country,
      postal_code: address.postal_code,
      city: address.city,
      street: address.street,
      updated_at: now,
    },
  });
  const after = List.at(changed, 0) ?? order;
  return {
    id: after.id,
    number: after.number,
    state: after.state === "pending"
      ? "pending"
      : after.state === "paid" ? "paid" : after.state === "cancelled" ? "cancelled" : "completed",
    destination: {
      recipient: after.recipient,
      phone: after.phone,
      country: after.country,
      postal_code: after.postal_code,
      city: after.city,
      street: after.street,
    },
    lines: db.shopping_order_lines.findMany({
      where: { shopping_order_id: { equals: after.id } },
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
      goods: after.goods,
      shipping: after.shipping,
      discount: after.discount,
      total: after.goods + after.shipping - after.discount,
    },
    created_at: after.created_at,
    updated_at: after.updated_at,
    paid_at: after.paid_at,
    closed_at: after.closed_at,
  };
}
