type Key = "PATCH /variants/{variantId}/movements";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const variant = db.shopping_variants.findFirst({
    where: {
      id: { equals: path.variantId },
      product: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (variant === null) throw new Rejection(404, "no such variant");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const movements = db.shopping_stock_movements.findMany({
    where: { stock: { some: { shopping_variant_id: { equals: variant.id } } } },
    orderBy: [{ sequence: "desc" }],
  }).filter((one) => body.kind === null || one.kind === body.kind);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: movements.length,
      pages: Math.ceil(movements.length / limit),
    },
    data: movements.slice((page - 1) * limit, page * limit).map((one) => ({
      sequence: one.sequence,
      kind: one.kind === "receipt"
        ? "receipt"
        : one.kind === "cancellation"
          ? "cancellation"
          : one.kind === "sale" ? "sale" : one.kind === "return" ? "return" : "adjustment",
      quantity: one.quantity,
      on_hand: one.on_hand,
      reason: one.reason,
      created_at: one.created_at,
    })),
  };
}
