type Key = "PATCH /products";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const within = db.shopping_categories.findMany({
    where: {
      OR: [
        { id: { equals: body.category_id ?? "" } },
        { parent_id: { equals: body.category_id ?? "" } },
        { parent: { some: { parent_id: { equals: body.category_id ?? "" } } } },
      ],
    },
  }).map((category) => category.id);
  const found = db.shopping_products.findMany({
    where: {
      status: { equals: "on_sale" },
      seller: { some: { standing: { equals: "approved" } } },
    },
    orderBy: [{ on_sale_at: "desc" }, { id: "asc" }],
  }).filter(
    (product) =>
      (body.category_id === null || within.includes(product.shopping_category_id))
        && (body.seller_id === null || product.shopping_seller_id === body.seller_id)
        && Text.contains(Text.lower(product.name), Text.lower(body.search ?? "")),
  ).filter(
    (product) =>
      body.price === null
        || (
          db.shopping_variants.minimum("price", {
            where: { shopping_product_id: { equals: product.id }, retired_at: null },
          })
            ?? 0
        )
          >= body.price.minimum
          && (
            db.shopping_variants.minimum("price", {
              where: { shopping_product_id: { equals: product.id }, retired_at: null },
            })
              ?? 0
          )
            <= body.price.maximum,
  );
  const products = body.order === "cheapest"
    ? List.sortBy(
      List.sortBy(found, (product) => product.id, "asc"),
      (product) =>
        db.shopping_variants.minimum("price", {
          where: { shopping_product_id: { equals: product.id }, retired_at: null },
        })
          ?? 0,
      "asc",
    )
    : body.order === "name"
      ? List.sortBy(
        List.sortBy(found, (product) => product.id, "asc"),
        (product) => product.name,
        "asc",
      )
      : found;
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
      seller: List.at(
        db.shopping_sellers.findMany({ where: { id: { equals: product.shopping_seller_id } } }).map(
          (seller) => ({
            id: seller.id,
            shop_name: seller.shop_name,
            open: seller.standing === "approved",
          }),
        ),
        0,
      )
        ?? ({ id: product.shopping_seller_id, shop_name: "Nobody", open: false }),
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
