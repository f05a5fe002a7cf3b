type Key = "GET /variants/{variantId}/stock";

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
  const held = db.shopping_reservations.sum("quantity", {
    where: { shopping_variant_id: { equals: variant.id }, ended_at: null, expires_at: { gt: now } },
  });
  const onHand = stock?.on_hand ?? 0;
  const mark = stock?.low_mark ?? null;
  return {
    variant_id: variant.id,
    on_hand: onHand,
    held: held,
    available: onHand - held,
    low_mark: mark,
    low: mark !== null && onHand - held <= mark,
    updated_at: stock?.updated_at ?? null,
  };
}
