type Key = "GET /saved";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  return {
    data: db.shopping_saved_variants.findMany({
      where: { shopping_member_id: { equals: actor.id } },
      orderBy: [{ created_at: "desc" }, { id: "asc" }],
    }).map((saved) => ({
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
    })),
  };
}
