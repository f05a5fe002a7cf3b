type Key = "PUT /guest-carts/{secret}/lines/{variantId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const cart = db.shopping_carts.findFirst({
    where: { secret_digest: { equals: Security.digest(path.secret) } },
  });
  if (cart === null) throw new Rejection(404, "no such cart");
  const former = db.shopping_cart_lines.findFirst({
    where: {
      shopping_cart_id: { equals: cart.id },
      shopping_variant_id: { equals: path.variantId },
    },
  });
  if (body.quantity === 0 && former === null) throw new Rejection(404, "not in the cart");
  if (
    body.quantity > 0
      && !db.shopping_variants.exists({
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
      })
  ) {
    throw new Rejection(404, "no such variant");
  }
  if (
    former === null
      && db.shopping_cart_lines.count({ where: { shopping_cart_id: { equals: cart.id } } }) >= 10
  ) {
    throw new Rejection(409, "ten lines are enough");
  }
  db.shopping_carts.update({ where: { id: { equals: cart.id } }, data: { updated_at: now } });
  const price = db.shopping_variants.sum("price", { where: { id: { equals: path.variantId } } });
  if (former === null) {
    db.shopping_cart_lines.insert({
      data: {
        shopping_cart_id: cart.id,
        shopping_variant_id: path.variantId,
        quantity: body.quantity,
        seen_price: price,
        created_at: now,
      },
    });
  } else if (body.quantity === 0) {
    db.shopping_cart_lines.remove({ where: { id: { equals: former.id } } });
  } else {
    db.shopping_cart_lines.update({
      where: { id: { equals: former.id } },
      data: { quantity: body.quantity, seen_price: price },
    });
  }
  const lines = db.shopping_cart_lines.findMany({
    where: { shopping_cart_id: { equals: cart.id } },
    orderBy: [{ created_at: "asc" }, { id: "asc" }],
  }).map((line) => ({
    variant_id: line.shopping_variant_id,
    quantity: line.quantity,
    seen_price: line.seen_price,
    added_at: line.created_at,
    product_name: List.at(
      db.shopping_products.findMany({
        where: {
          "shopping_variants.product": { some: { id: { equals: line.shopping_variant_id } } },
        },
      }).map((product) => product.name),
      0,
    )
      ?? "Nothing",
    sku: List.at(
      db.shopping_variants.findMany({ where: { id: { equals: line.shopping_variant_id } } }).map(
        (variant) => variant.sku,
      ),
      0,
    )
      ?? "Nothing",
    price: db.shopping_variants.sum("price", {
      where: { id: { equals: line.shopping_variant_id } },
    }),
    offered: db.shopping_variants.exists({
      where: {
        id: { equals: line.shopping_variant_id },
        retired_at: null,
        product: {
          some: {
            status: { equals: "on_sale" },
            seller: { some: { standing: { equals: "approved" } } },
          },
        },
      },
    }),
    available: db.shopping_stocks.sum("on_hand", {
      where: { shopping_variant_id: { equals: line.shopping_variant_id } },
    })
      - db.shopping_reservations.sum("quantity", {
        where: {
          shopping_variant_id: { equals: line.shopping_variant_id },
          ended_at: null,
          expires_at: { gt: now },
        },
      }),
  }));
  return {
    lines: lines.map((line) => ({
      variant_id: line.variant_id,
      product_name: line.product_name,
      sku: line.sku,
      quantity: line.quantity,
      seen_price: line.seen_price,
      price: line.price,
      amount: line.price * line.quantity,
      problem: !line.offered
        ? "not_offered"
        : line.available < line.quantity
          ? "too_few"
          : line.price > line.seen_price
            ? "dearer"
            : line.price < line.seen_price ? "cheaper" : null,
      added_at: line.added_at,
    })),
    pieces: List.sum(lines, (line) => line.quantity),
    total: List.sum(lines.filter((line) => line.offered), (line) => line.price * line.quantity),
    changed_at: now,
  };
}
