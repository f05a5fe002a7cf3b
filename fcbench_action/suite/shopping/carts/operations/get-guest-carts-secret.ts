type Key = "GET /guest-carts/{secret}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const cart = db.shopping_carts.findFirst({
    where: { secret_digest: { equals: Security.digest(path.secret) } },
  });
  if (cart === null) throw new Rejection(404, "no such cart");
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
    changed_at: cart.updated_at,
  };
}
