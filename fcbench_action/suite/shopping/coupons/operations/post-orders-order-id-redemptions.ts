type Key = "POST /orders/{orderId}/redemptions";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  const coupon = db.shopping_coupons.findFirst({
    where: {
      "shopping_tickets.coupon": {
        some: { id: { equals: body.ticket_id }, shopping_member_id: { equals: actor.id } },
      },
    },
  });
  if (coupon === null) throw new Rejection(404, "no such ticket");
  if (
    order.state !== "pending"
      || db.shopping_payments.exists({
        where: { shopping_order_id: { equals: order.id }, state: { equals: "authorized" } },
      })
  ) {
    throw new Rejection(409, "it is too late for coupons");
  }
  if (db.shopping_redemptions.exists({
    where: {
      shopping_ticket_id: { equals: body.ticket_id },
      order: { some: { state: { not: "cancelled" } } },
    },
  })) {
    throw new Rejection(409, "the ticket is redeemed");
  }
  if (!db.shopping_tickets.exists({
    where: {
      AND: [
        { id: { equals: body.ticket_id } },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  })) {
    throw new Rejection(409, "the ticket is expired");
  }
  const beside = db.shopping_coupons.findMany({
    where: {
      "shopping_tickets.coupon": {
        some: {
          "shopping_redemptions.ticket": { some: { shopping_order_id: { equals: order.id } } },
        },
      },
    },
  });
  if (beside.some((one) => one.id === coupon.id)) {
    throw new Rejection(409, "the coupon is in the order");
  }
  if (beside.length > 0 && (!coupon.combines || beside.some((one) => !one.combines))) {
    throw new Rejection(409, "the coupons do not combine");
  }
  const lines = db.shopping_order_lines.findMany({
    where: { shopping_order_id: { equals: order.id } },
  });
  const goods = List.sum(
    lines.filter(
      (line) =>
        (
          coupon.shopping_seller_id === null
            || line.shopping_seller_id === coupon.shopping_seller_id
        )
          && (
            !db.shopping_coupon_categories.exists({
              where: { shopping_coupon_id: { equals: coupon.id } },
            })
              || db.shopping_coupon_categories.exists({
                where: {
                  shopping_coupon_id: { equals: coupon.id },
                  category: {
                    some: {
                      "shopping_products.category": {
                        some: {
                          "shopping_variants.product": {
                            some: { id: { equals: line.shopping_variant_id } },
                          },
                        },
                      },
                    },
                  },
                },
              })
          ),
    ),
    (line) => line.unit_price * line.quantity,
  );
  if (goods < coupon.minimum) throw new Rejection(409, "the goods are below the minimum");
  const amount = Math.min(
    Math.min(
      coupon.kind === "fixed"
        ? coupon.value
        : Math.min(Math.floor(goods * coupon.value / 100), coupon.ceiling ?? goods),
      goods,
    ),
    order.goods - order.discount,
  );
  if (amount === 0) throw new Rejection(409, "it would take nothing off");
  const redemption = db.shopping_redemptions.insert({
    data: {
      shopping_ticket_id: body.ticket_id,
      shopping_order_id: order.id,
      amount: amount,
      created_at: now,
    },
  });
  db.shopping_orders.update({
    where: { id: { equals: order.id } },
    data: { discount: order.discount + amount, updated_at: now },
  });
  return {
    id: redemption.id,
    ticket_id: body.ticket_id,
    code: coupon.code,
    amount: amount,
    created_at: redemption.created_at,
  };
}
