type Key = "POST /products/{productId}/variants";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const product = db.shopping_products.findFirst({
    where: { id: { equals: path.productId }, shopping_seller_id: { equals: actor.id } },
  });
  if (product === null) throw new Rejection(404, "no such product");
  if (actor.standing !== "approved") throw new Rejection(403, "only approved sellers may");
  if (product.status === "discontinued") throw new Rejection(409, "the product is discontinued");
  if (db.shopping_variants.exists({
    where: { shopping_product_id: { equals: product.id }, sku: { equals: body.sku } },
  })) {
    throw new Rejection(409, "the SKU is taken");
  }
  const options = db.shopping_product_options.findMany({
    where: { shopping_product_id: { equals: product.id } },
    orderBy: [{ position: "asc" }],
  });
  if (body.choices.length !== options.length) throw new Rejection(409, "a choice for each option");
  if (db.shopping_variants.findMany({ where: { shopping_product_id: { equals: product.id } } }).some(
    (one) => options.every((option) => db.shopping_variant_choices.exists({
      where: {
        shopping_variant_id: { equals: one.id },
        shopping_product_option_id: { equals: option.id },
        value: { equals: List.at(body.choices, option.position) ?? "" },
      },
    })),
  )) {
    throw new Rejection(409, "two variants are alike");
  }
  if (body.list_price !== null && body.list_price < body.price) {
    throw new Rejection(409, "the list price is too low");
  }
  const added = db.shopping_variants.insert({
    data: {
      shopping_product_id: product.id,
      sku: body.sku,
      price: body.price,
      list_price: body.list_price,
      created_at: now,
      updated_at: now,
      retired_at: null,
    },
  });
  for (const option of options) {
    db.shopping_variant_choices.insert({
      data: {
        shopping_variant_id: added.id,
        shopping_product_option_id: option.id,
        value: List.at(body.choices, option.position) ?? "",
      },
    });
  }
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
