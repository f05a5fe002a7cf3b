type Key = "GET /products/{productId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const product = db.shopping_products.findFirst({
    where: { id: { equals: path.productId }, status: { in: ["on_sale", "paused"] } },
  });
  if (product === null) throw new Rejection(404, "no such product");
  const seller = db.shopping_sellers.findFirst({
    where: { id: { equals: product.shopping_seller_id } },
  });
  if (seller === null) throw new Rejection(404, "no such seller");
  const options = db.shopping_product_options.findMany({
    where: { shopping_product_id: { equals: product.id } },
    orderBy: [{ position: "asc" }],
  });
  return {
    id: product.id,
    seller: { id: seller.id, shop_name: seller.shop_name, open: seller.standing === "approved" },
    category_id: product.shopping_category_id,
    code: product.code,
    name: product.name,
    description: product.description,
    status: product.status === "on_sale"
      ? "on_sale"
      : product.status === "paused"
        ? "paused"
        : product.status === "discontinued" ? "discontinued" : "draft",
    revision: db.shopping_product_snapshots.count({
      where: { shopping_product_id: { equals: product.id } },
    }),
    on_sale_at: product.on_sale_at,
    created_at: product.created_at,
    updated_at: product.updated_at,
    options: options.map((option) => option.name),
    variants: db.shopping_variants.findMany({
      where: { shopping_product_id: { equals: product.id }, retired_at: null },
      orderBy: [{ created_at: "asc" }, { sku: "asc" }],
    }).map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      price: variant.price,
      list_price: variant.list_price,
      retired: variant.retired_at !== null,
      choices: options.map((option) => ({
        option: option.name,
        value: List.at(
          db.shopping_variant_choices.findMany({
            where: {
              shopping_variant_id: { equals: variant.id },
              shopping_product_option_id: { equals: option.id },
            },
          }).map((choice) => choice.value),
          0,
        )
          ?? "",
      })),
    })),
  };
}
