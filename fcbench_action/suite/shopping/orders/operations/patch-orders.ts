type Key = "PATCH /orders";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const orders = db.shopping_orders.findMany({
    where: { shopping_member_id: { equals: actor.id }, hidden_at: null },
    orderBy: [{ created_at: "desc" }],
  });
  const state = body.state;
  const since = body.since;
  const until = body.until;
  const found = orders.filter(
    (order) =>
      (state === null || order.state === state)
        && (since === null || !Time.isBefore(order.created_at, since))
        && (until === null || Time.isBefore(order.created_at, until)),
  );
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
      total: order.goods + order.shipping - order.discount,
      lines: db.shopping_order_lines.count({ where: { shopping_order_id: { equals: order.id } } }),
      created_at: order.created_at,
    })),
  };
}
