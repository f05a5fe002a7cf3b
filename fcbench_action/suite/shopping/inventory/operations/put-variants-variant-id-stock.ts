type Key = "PUT /variants/{variantId}/stock";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const variant = db.shopping_variants.findFirst({
    where: {
      id: { equals: path.variantId },
      product: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (variant === null) throw new Rejection(404, "no such variant");
  const stock = db.shopping_stocks.findFirst({
    where: { shopping_variant_id: { equals: variant.id } },
  });
  if (stock === null) {
    db.shopping_stocks.insert({
      data: {
        shopping_variant_id: variant.id,
        on_hand: 0,
        low_mark: body.low_mark,
        updated_at: now,
      },
    });
  } else {
    db.shopping_stocks.update({
      where: { id: { equals: stock.id } },
      data: { low_mark: body.low_mark, updated_at: now },
    });
  }
  const held = db.shopping_reservations.sum("quantity", {
    where: { shopping_variant_id: { equals: variant.id }, ended_at: null, expires_at: { gt: now } },
  });
  const onHand = stock?.on_hand ?? 0;
  return {
    variant_id: variant.id,
    on_hand: onHand,
    held: held,
    available: onHand - held,
    low_mark: body.low_mark,
    low: body.low_mark !== null && onHand - held <= body.low_mark,
    updated_at: now,
  };
}
