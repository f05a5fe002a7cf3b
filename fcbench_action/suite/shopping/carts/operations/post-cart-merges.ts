type Key = "POST /cart/merges";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const digest = Security.digest(body.secret);
  if (db.shopping_cart_merges.exists({ where: { secret_digest: { equals: digest } } })) {
    throw new Rejection(409, "it was merged before");
  }
  const guest = db.shopping_carts.findFirst({ where: { secret_digest: { equals: digest } } });
  if (guest === null) throw new Rejection(404, "no such cart");
  const cart = db.shopping_carts.findFirst({ where: { shopping_member_id: { equals: actor.id } } });
  const own = db.shopping_cart_lines.findMany({
    where: { shopping_cart_id: { equals: cart?.id ?? "" } },
  });
  const brought = db.shopping_cart_lines.findMany({
    where: { shopping_cart_id: { equals: guest.id } },
    orderBy: [{ created_at: "asc" }, { id: "asc" }],
  });
  const variants = List.distinct(List.concat(own, brought).map((line) => line.shopping_variant_id));
  if (variants.length > 10) throw new Rejection(409, "ten lines are enough");
  const cartId = cart?.id ?? Security.uuid();
  if (cart === null) {
    db.shopping_carts.insert({
      data: {
        id: cartId,
        shopping_member_id: actor.id,
        secret_digest: null,
        created_at: now,
        updated_at: now,
      },
    });
  } else {
    db.shopping_carts.update({ where: { id: { equals: cartId } }, data: { updated_at: now } });
  }
  for (const line of brought) {
    const held = List.find(own, (one) => one.shopping_variant_id === line.shopping_variant_id);
    if (held === null) {
      db.shopping_cart_lines.insert({
        data: {
          shopping_cart_id: cartId,
          shopping_variant_id: line.shopping_variant_id,
          quantity: line.quantity,
          seen_price: line.seen_price,
          created_at: now,
        },
      });
    } else {
      db.shopping_cart_lines.update({
        where: { id: { equals: held.id } },
        data: { quantity: Math.min(held.quantity + line.quantity, 99) },
      });
    }
  }
  db.shopping_cart_merges.insert({
    data: {
      shopping_member_id: actor.id,
      secret_digest: digest,
      lines: brought.length,
      created_at: now,
    },
  });
  db.shopping_carts.remove({ where: { id: { equals: guest.id } } });
  const lines = db.shopping_cart_lines.findMany({
    where: { shopping_cart_id: { equals: cartId } },
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
          shopping_member_id: { not: actor.id },
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
