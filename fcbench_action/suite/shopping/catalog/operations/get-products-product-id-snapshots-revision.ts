type Key = "GET /products/{productId}/snapshots/{revision}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const product = db.shopping_products.findFirst({
    where: { id: { equals: path.productId }, shopping_seller_id: { equals: actor.id } },
  });
  if (product === null) throw new Rejection(404, "no such product");
  const snapshot = db.shopping_product_snapshots.findFirst({
    where: { shopping_product_id: { equals: product.id }, revision: { equals: path.revision } },
  });
  if (snapshot === null) throw new Rejection(404, "no such revision");
  return {
    revision: snapshot.revision,
    category_id: snapshot.category_id,
    name: snapshot.name,
    description: snapshot.description,
    status: snapshot.status === "on_sale"
      ? "on_sale"
      : snapshot.status === "paused"
        ? "paused"
        : snapshot.status === "discontinued" ? "discontinued" : "draft",
    created_at: snapshot.created_at,
    variants: db.shopping_variant_snapshots.findMany({
      where: { shopping_product_snapshot_id: { equals: snapshot.id } },
      orderBy: [{ sku: "asc" }],
    }).map((one) => ({
      variant_id: one.variant_id,
      sku: one.sku,
      price: one.price,
      list_price: one.list_price,
      retired: one.retired,
    })),
  };
}
