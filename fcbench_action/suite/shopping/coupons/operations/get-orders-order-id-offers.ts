type Key = "GET /orders/{orderId}/offers";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  if (
    order.state !== "pending"
      || db.shopping_payments.exists({
        where: { shopping_order_id: { equals: order.id }, state: { equals: "authorized" } },
      })
  ) {
    throw new Rejection(409, "it is too late for coupons");
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
  const coupons = db.shopping_coupons.findMany({
    where: {
      "shopping_tickets.coupon": {
        some: {
          AND: [
            { shopping_member_id: { equals: actor.id } },
            { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
            {
              "shopping_redemptions.ticket": {
                none: { order: { some: { state: { not: "cancelled" } } } },
              },
            },
          ],
        },
      },
    },
    orderBy: [{ code: "asc" }],
  });
  const fitting = coupons.filter(
    (coupon) =>
      beside.length === 0
        || coupon.combines && beside.every((one) => one.combines && one.id !== coupon.id),
  );
  const lines = db.shopping_order_lines.findMany({
    where: { shopping_order_id: { equals: order.id } },
  });
  const reckoned = fitting.map((coupon) => ({
    coupon: coupon,
    goods: List.sum(
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
    ),
  }));
  const offers = reckoned.filter((one) => one.goods >= one.coupon.minimum).map((one) => ({
    code: one.coupon.code,
    ticket_id: db.shopping_tickets.findFirst({
      where: {
        AND: [
          { shopping_coupon_id: { equals: one.coupon.id } },
          { shopping_member_id: { equals: actor.id } },
          { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
          {
            "shopping_redemptions.ticket": {
              none: { order: { some: { state: { not: "cancelled" } } } },
            },
          },
        ],
      },
      orderBy: [{ number: "asc" }],
    })?.id
      ?? "",
    amount: Math.min(
      Math.min(
        one.coupon.kind === "fixed"
          ? one.coupon.value
          : Math.min(
            Math.floor(one.goods * one.coupon.value / 100),
            one.coupon.ceiling ?? one.goods,
          ),
        one.goods,
      ),
      order.goods - order.discount,
    ),
  }));
  return {
    data: List.sortBy(offers.filter((offer) => offer.amount > 0), (offer) => offer.amount, "desc"),
  };
}
