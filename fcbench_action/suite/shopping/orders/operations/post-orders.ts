type Key = "POST /orders";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const address = db.shopping_addresses.findFirst({
    where: { id: { equals: body.address_id }, shopping_member_id: { equals: actor.id } },
  });
  if (address === null) throw new Rejection(404, "no such address");
  const inCart = db.shopping_cart_lines.findMany({
    where: { cart: { some: { shopping_member_id: { equals: actor.id } } } },
    orderBy: [{ created_at: "asc" }],
  });
  const wanted = body.variants ?? inCart.map((line) => line.shopping_variant_id);
  if (wanted.some((id) => !inCart.some((line) => line.shopping_variant_id === id))) {
    throw new Rejection(404, "no such variant in the cart");
  }
  const lines = inCart.filter((line) => wanted.includes(line.shopping_variant_id));
  if (lines.length === 0) throw new Rejection(409, "there is nothing to order");
  if (lines.some((line) => !db.shopping_variants.exists({
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
  }))) {
    throw new Rejection(409, "a variant cannot be bought");
  }
  if (lines.some((line) => !db.shopping_variants.exists({
    where: { id: { equals: line.shopping_variant_id }, price: { equals: line.seen_price } },
  }))) {
    throw new Rejection(409, "a price has changed");
  }
  if (lines.some(
    (line) =>
      db.shopping_stocks.sum("on_hand", {
        where: { shopping_variant_id: { equals: line.shopping_variant_id } },
      })
        - db.shopping_reservations.sum("quantity", {
          where: {
            shopping_variant_id: { equals: line.shopping_variant_id },
            shopping_member_id: { not: actor.id },
            ended_at: null,
            expires_at: { gt: now },
          },
        })
        < line.quantity,
  )) {
    throw new Rejection(409, "there are not enough");
  }
  const goods = List.sum(lines, (line) => line.seen_price * line.quantity);
  const sellers = db.shopping_sellers.findMany({
    where: {
      "shopping_products.seller": {
        some: {
          "shopping_variants.product": {
            some: { id: { in: lines.map((line) => line.shopping_variant_id) } },
          },
        },
      },
    },
  });
  const small = sellers.filter(
    (seller) =>
      List.sum(
        lines.filter((line) => db.shopping_variants.exists({
          where: {
            id: { equals: line.shopping_variant_id },
            product: { some: { shopping_seller_id: { equals: seller.id } } },
          },
        })),
        (line) => line.seen_price * line.quantity,
      )
        < 5000,
  );
  const order = db.shopping_orders.insert({
    data: {
      shopping_member_id: actor.id,
      number: (
        db.shopping_orders.maximum("number", {
          where: { shopping_member_id: { equals: actor.id } },
        })
          ?? 0
      )
        + 1,
      state: "pending",
      recipient: address.recipient,
      phone: address.phone,
      country: address.country,
      postal_code: address.postal_code,
      city: address.city,
      street: address.street,
      goods: goods,
      shipping: 300 * small.length,
      discount: 0,
      created_at: now,
      updated_at: now,
      paid_at: null,
      closed_at: null,
      hidden_at: null,
    },
  });
  for (const line of lines) {
    for (const variant of db.shopping_variants.findMany({
      where: { id: { equals: line.shopping_variant_id } },
    })) {
      for (const product of db.shopping_products.findMany({
        where: { id: { equals: variant.shopping_product_id } },
      })) {
        db.shopping_order_lines.insert({
          data: {
            shopping_order_id: order.id,
            shopping_variant_id: variant.id,
            shopping_seller_id: product.shopping_seller_id,
            position: db.shopping_order_lines.count({
              where: { shopping_order_id: { equals: order.id } },
            })
              + 1,
            name: product.name,
            sku: variant.sku,
            unit_price: line.seen_price,
            quantity: line.quantity,
            prepared_at: null,
          },
        });
      }
    }
    for (const stock of db.shopping_stocks.findMany({
      where: { shopping_variant_id: { equals: line.shopping_variant_id } },
    })) {
      db.shopping_stocks.update({
        where: { id: { equals: stock.id } },
        data: { on_hand: stock.on_hand - line.quantity, updated_at: now },
      });
      db.shopping_stock_movements.insert({
        data: {
          shopping_stock_id: stock.id,
          sequence: (
            db.shopping_stock_movements.maximum("sequence", {
              where: { shopping_stock_id: { equals: stock.id } },
            })
              ?? 0
          )
            + 1,
          kind: "sale",
          quantity: -line.quantity,
          on_hand: stock.on_hand - line.quantity,
          reason: null,
          created_at: now,
        },
      });
    }
    db.shopping_reservations.update({
      where: {
        shopping_member_id: { equals: actor.id },
        shopping_variant_id: { equals: line.shopping_variant_id },
        ended_at: null,
        expires_at: { gt: now },
      },
      data: { ended_at: now, outcome: "used" },
    });
    db.shopping_cart_lines.remove({ where: { id: { equals: line.id } } });
  }
  db.shopping_carts.update({
    where: { shopping_member_id: { equals: actor.id } },
    data: { updated_at: now },
  });
  return {
    id: order.id,
    number: order.number,
    state: order.state === "pending"
      ? "pending"
      : order.state === "paid" ? "paid" : order.state === "cancelled" ? "cancelled" : "completed",
    destination: {
      recipient: order.recipient,
      phone: order.phone,
      country: order.country,
      postal_code: order.postal_code,
      city: order.city,
      street: order.street,
    },
    lines: db.shopping_order_lines.findMany({
      where: { shopping_order_id: { equals: order.id } },
      orderBy: [{ position: "asc" }],
    }).map((line) => ({
      id: line.id,
      position: line.position,
      variant_id: line.shopping_variant_id,
      seller_id: line.shopping_seller_id,
      name: line.name,
      sku: line.sku,
      unit_price: line.unit_price,
      quantity: line.quantity,
      prepared_at: line.prepared_at,
    })),
    amounts: {
      goods: order.goods,
      shipping: order.shipping,
      discount: order.discount,
      total: order.goods + order.shipping - order.discount,
    },
    created_at: order.created_at,
    updated_at: order.updated_at,
    paid_at: order.paid_at,
    closed_at: order.closed_at,
  };
}
