type Key = "POST /variants/{variantId}/adjustments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const variant = db.shopping_variants.findFirst({
    where: {
      id: { equals: path.variantId },
      product: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (variant === null) throw new Rejection(404, "no such variant");
  if (actor.standing !== "approved") throw new Rejection(403, "only approved sellers may");
  const held = db.shopping_reservations.sum("quantity", {
    where: { shopping_variant_id: { equals: variant.id }, ended_at: null, expires_at: { gt: now } },
  });
  if (!db.shopping_stocks.exists({ where: { shopping_variant_id: { equals: variant.id } } })) {
    db.shopping_stocks.insert({
      data: { shopping_variant_id: variant.id, on_hand: 0, low_mark: null, updated_at: now },
    });
  }
  const stock = db.shopping_stocks.findFirst({
    where: { shopping_variant_id: { equals: variant.id } },
  });
  if (stock === null) throw new Rejection(404, "no such stock");
  const change = body.direction === "in" ? body.quantity : -body.quantity;
  const after = stock.on_hand + change;
  if (after < held) throw new Rejection(409, "not so many are available");
  db.shopping_stocks.update({
    where: { id: { equals: stock.id } },
    data: { on_hand: after, updated_at: now },
  });
  db.shopping_stock_movements.insert({
    data: {
      shopping_stock_id: stock.id,
      sequence: db.shopping_stock_movements.count({
        where: { shopping_stock_id: { equals: stock.id } },
      })
        + 1,
      kind: "adjustment",
      quantity: change,
      on_hand: after,
      reason: body.reason,
      created_at: now,
    },
  });
  return {
    variant_id: variant.id,
    on_hand: after,
    held: held,
    available: after - held,
    low_mark: stock.low_mark,
    low: stock.low_mark !== null && after - held <= stock.low_mark,
    updated_at: now,
  };
}
