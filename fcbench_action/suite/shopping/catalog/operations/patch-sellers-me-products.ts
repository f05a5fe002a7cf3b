type Key = "PATCH /sellers/me/products";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const products = db.shopping_products.findMany({
    where: { shopping_seller_id: { equals: actor.id } },
    orderBy: [{ created_at: "desc" }, { id: "asc" }],
  }).filter((product) => body.status === null || product.status === body.status);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: products.length,
      pages: Math.ceil(products.length / limit),
    },
    data: products.slice((page - 1) * limit, page * limit).map((product) => ({
      id: product.id,
      name: product.name,
      seller: { id: actor.id, shop_name: actor.shop_name, open: actor.standing === "approved" },
      category_id: product.shopping_category_id,
      status: product.status === "on_sale"
        ? "on_sale"
        : product.status === "paused"
          ? "paused"
          : product.status === "discontinued" ? "discontinued" : "draft",
      lowest_price: db.shopping_variants.minimum("price", {
        where: { shopping_product_id: { equals: product.id }, retired_at: null },
      }),
      on_sale_at: product.on_sale_at,
    })),
  };
}
