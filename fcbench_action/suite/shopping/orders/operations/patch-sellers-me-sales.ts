type Key = "PATCH /sellers/me/sales";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const prepared = body.prepared;
  const orders = db.shopping_orders.findMany({
    where: {
      AND: [
        { NOT: { paid_at: null } },
        { "shopping_order_lines.order": { some: { shopping_seller_id: { equals: actor.id } } } },
      ],
    },
    orderBy: [{ paid_at: "desc" }],
  });
  const found = orders.filter(
    (order) =>
      prepared === null
        || prepared
          === !db.shopping_order_lines.exists({
            where: {
              shopping_order_id: { equals: order.id },
              shopping_seller_id: { equals: actor.id },
              prepared_at: null,
            },
          }),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((order) => ({
      order_id: order.id,
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
      paid_at: order.paid_at ?? order.created_at,
      lines: db.shopping_order_lines.findMany({
        where: {
          shopping_order_id: { equals: order.id },
          shopping_seller_id: { equals: actor.id },
        },
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
    })),
  };
}
