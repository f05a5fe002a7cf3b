type Key = "GET /variants/{variantId}/availability";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_variants.exists({ where: { id: { equals: path.variantId } } })) {
    throw new Rejection(404, "no such variant");
  }
  const offered = db.shopping_variants.exists({
    where: {
      id: { equals: path.variantId },
      retired_at: null,
      product: {
        some: {
          status: { equals: "on_sale" },
          seller: { some: { standing: { equals: "approved" } } },
        },
      },
    },
  });
  const stock = db.shopping_stocks.findFirst({
    where: { shopping_variant_id: { equals: path.variantId } },
  });
  const available = (stock?.on_hand ?? 0)
    - db.shopping_reservations.sum("quantity", {
      where: {
        shopping_variant_id: { equals: path.variantId },
        ended_at: null,
        expires_at: { gt: now },
      },
    });
  return {
    variant_id: path.variantId,
    level: !offered || available <= 0 ? "none" : available > 5 ? "plenty" : "few",
  };
}
