type Key = "PUT /variants/{variantId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const former = db.shopping_variants.findFirst({
    where: {
      id: { equals: path.variantId },
      product: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (former === null) throw new Rejection(404, "no such variant");
  const product = db.shopping_products.findFirst({
    where: { id: { equals: former.shopping_product_id } },
  });
  if (product === null) throw new Rejection(404, "no such product");
  if (actor.standing !== "approved") throw new Rejection(403, "only approved sellers may");
  if (product.status === "discontinued") throw new Rejection(409, "the product is discontinued");
  const price = body.price ?? former.price;
  const listPrice = Json.has(body, "list_price") ? body.list_price : former.list_price;
  if (listPrice !== null && listPrice < price) {
    throw new Rejection(409, "the list price is too low");
  }
  if (
    body.retired === true
      && product.status === "on_sale"
      && !db.shopping_variants.exists({
        where: {
          shopping_product_id: { equals: product.id },
          retired_at: null,
          id: { not: former.id },
        },
      })
  ) {
    throw new Rejection(409, "it is the last one on sale");
  }
  db.shopping_variants.update({
    where: { id: { equals: former.id } },
    data: {
      price: price,
      list_price: listPrice,
      updated_at: now,
      retired_at: body.retired === null
        ? former.retired_at
        : body.retired ? former.retired_at ?? now : null,
    },
  });
  const updated = db.shopping_products.update({
    where: { id: { equals: product.id } },
    data: { updated_at: now },
  });
  const changed = List.at(updated, 0) ?? product;
  const snapshot = db.shopping_product_snapshots.insert({
    data: {
      shopping_product_id: changed.id,
      revision: db.shopping_product_snapshots.count({
        where: { shopping_product_id: { equals: changed.id } },
      })
        + 1,
      category_id: changed.shopping_category_id,
      name: changed.name,
      description: changed.description,
      status: changed.status,
      created_at: now,
    },
  });
  for (const one of db.shopping_variants.findMany({
    where: { shopping_product_id: { equals: changed.id } },
  })) {
    db.shopping_variant_snapshots.insert({
      data: {
        shopping_product_snapshot_id: snapshot.id,
        variant_id: one.id,
        sku: one.sku,
        price: one.price,
        list_price: one.list_price,
        retired: one.retired_at !== null,
      },
    });
  }
  const options = db.shopping_product_options.findMany({
    where: { shopping_product_id: { equals: changed.id } },
    orderBy: [{ position: "asc" }],
  });
  return {
    id: changed.id,
    seller: { id: actor.id, shop_name: actor.shop_name, open: actor.standing === "approved" },
    category_id: changed.shopping_category_id,
    code: changed.code,
    name: changed.name,
    description: changed.description,
    status: changed.status === "on_sale"
      ? "on_sale"
      : changed.status === "paused"
        ? "paused"
        : changed.status === "discontinued" ? "discontinued" : "draft",
    revision: db.shopping_product_snapshots.count({
      where: { shopping_product_id: { equals: changed.id } },
    }),
    on_sale_at: changed.on_sale_at,
    created_at: changed.created_at,
    updated_at: changed.updated_at,
    options: options.map((option) => option.name),
    variants: db.shopping_variants.findMany({
      where: { shopping_product_id: { equals: changed.id } },
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
