type Key = "POST /cart/lines/{variantId}/saving";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const line = db.shopping_cart_lines.findFirst({
    where: {
      shopping_variant_id: { equals: path.variantId },
      cart: { some: { shopping_member_id: { equals: actor.id } } },
    },
  });
  if (line === null) throw new Rejection(404, "not in the cart");
  db.shopping_saved_variants.remove({
    where: {
      shopping_member_id: { equals: actor.id },
      shopping_variant_id: { equals: path.variantId },
    },
  });
  const saved = db.shopping_saved_variants.insert({
    data: {
      shopping_member_id: actor.id,
      shopping_variant_id: path.variantId,
      quantity: line.quantity,
      seen_price: line.seen_price,
      created_at: now,
    },
  });
  db.shopping_cart_lines.remove({ where: { id: { equals: line.id } } });
  db.shopping_carts.update({
    where: { shopping_member_id: { equals: actor.id } },
    data: { updated_at: now },
  });
  return {
    variant_id: saved.shopping_variant_id,
    product_name: List.at(
      db.shopping_products.findMany({
        where: {
          "shopping_variants.product": { some: { id: { equals: saved.shopping_variant_id } } },
        },
      }).map((product) => product.name),
      0,
    )
      ?? "Nothing",
    sku: List.at(
      db.shopping_variants.findMany({ where: { id: { equals: saved.shopping_variant_id } } }).map(
        (variant) => variant.sku,
      ),
      0,
    )
      ?? "Nothing",
    quantity: saved.quantity,
    seen_price: saved.seen_price,
    price: db.shopping_variants.sum("price", {
      where: { id: { equals: saved.shopping_variant_id } },
    }),
    offered: db.shopping_variants.exists({
      where: {
        id: { equals: saved.shopping_variant_id },
        retired_at: null,
        product: {
          some: {
            status: { equals: "on_sale" },
            seller: { some: { standing: { equals: "approved" } } },
          },
        },
      },
    }),
    saved_at: saved.created_at,
  };
}
