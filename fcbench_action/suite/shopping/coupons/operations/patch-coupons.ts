type Key = "PATCH /coupons";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const sellerId = body.seller_id;
  const combines = body.combines;
  const running = db.shopping_coupons.findMany({
    where: {
      AND: [
        { withdrawn_at: null },
        { starts_at: { lte: now } },
        { OR: [{ ends_at: null }, { ends_at: { gt: now } }] },
      ],
    },
    orderBy: [{ code: "asc" }],
  });
  const found = List.sortBy(
    running.filter(
      (coupon) =>
        (sellerId === null || coupon.shopping_seller_id === sellerId)
          && (combines === null || coupon.combines === combines)
          && (
            coupon.total_limit === null
              || db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: coupon.id } } })
                < coupon.total_limit
          ),
    ),
    (coupon) => coupon.ends_at ?? "none",
    "asc",
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((coupon) => ({
      code: coupon.code,
      title: coupon.title,
      benefit: coupon.kind === "fixed"
        ? { kind: "fixed", amount: coupon.value }
        : { kind: "percentage", percent: coupon.value, ceiling: coupon.ceiling },
      minimum: coupon.minimum,
      combines: coupon.combines,
      ends_at: coupon.ends_at,
      left: coupon.total_limit === null
        ? null
        : coupon.total_limit
          - db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: coupon.id } } }),
    })),
  };
}
