type Key = "PATCH /admin/orders";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const state = body.state;
  const member = db.shopping_members.findFirst({
    where: { email: { equals: Text.lower(body.email) } },
  });
  if (member === null) throw new Rejection(404, "nobody has that address");
  const orders = db.shopping_orders.findMany({
    where: { shopping_member_id: { equals: member.id } },
    orderBy: [{ created_at: "desc" }],
  });
  const found = orders.filter((order) => state === null || order.state === state);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((order) => ({
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
    })),
  };
}
