type Key = "POST /products";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_categories.exists({ where: { id: { equals: body.category_id } } })) {
    throw new Rejection(404, "no such category");
  }
  if (actor.standing !== "approved") throw new Rejection(403, "only approved sellers may");
  if (db.shopping_products.exists({
    where: { shopping_seller_id: { equals: actor.id }, code: { equals: body.code } },
  })) {
    throw new Rejection(409, "the code is taken");
  }
  if (List.distinct(body.variants.map((one) => one.sku)).length < body.variants.length) {
    throw new Rejection(409, "an SKU is given twice");
  }
  if (body.variants.some((one) => one.choices.length !== body.options.length)) {
    throw new Rejection(409, "a choice for each option");
  }
  if (
    List.distinct(body.variants.map((one) => Text.join(one.choices, "\n"))).length
      < body.variants.length
  ) {
    throw new Rejection(409, "two variants are alike");
  }
  if (body.variants.some((one) => one.list_price !== null && one.list_price < one.price)) {
    throw new Rejection(409, "the list price is too low");
  }
  const product = db.shopping_products.insert({
    data: {
      shopping_seller_id: actor.id,
      shopping_category_id: body.category_id,
      code: body.code,
      name: body.name,
      description: body.description,
      status: "draft",
      on_sale_at: null,
      created_at: now,
      updated_at: now,
    },
  });
  for (const name of body.options) {
    db.shopping_product_options.insert({
      data: {
        shopping_product_id: product.id,
        name: name,
        position: db.shopping_product_options.count({
          where: { shopping_product_id: { equals: product.id } },
        }),
      },
    });
  }
  const options = db.shopping_product_options.findMany({
    where: { shopping_product_id: { equals: product.id } },
    orderBy: [{ position: "asc" }],
  });
  for (const given of body.variants) {
    const added = db.shopping_variants.insert({
      data: {
        shopping_product_id: product.id,
        sku: given.sku,
        price: given.price,
        list_price: given.list_price,
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
          value: List.at(given.choices, option.position) ?? "",
        },
      });
    }
  }
  const snapshot = db.shopping_product_snapshots.insert({
    data: {
      shopping_product_id: product.id,
      revision: db.shopping_product_snapshots.count({
        where: { shopping_product_id: { equals: product.id } },
      })
        + 1,
      category_id: product.shopping_category_id,
      name: product.name,
      description: product.description,
      status: product.status,
      created_at: now,
    },
  });
  for (const one of db.shopping_variants.findMany({
    where: { shopping_product_id: { equals: product.id } },
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
    id: product.id,
    seller: { id: actor.id, shop_name: actor.shop_name, open: actor.standing === "approved" },
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
      where: { shopping_product_id: { equals: product.id } },
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
