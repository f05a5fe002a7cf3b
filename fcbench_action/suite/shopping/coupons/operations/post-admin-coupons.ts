type Key = "POST /admin/coupons";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const sellerId = body.seller_id;
  const categories = List.distinct(body.category_ids ?? []);
  const startsAt = body.starts_at ?? now;
  if (sellerId !== null && !db.shopping_sellers.exists({ where: { id: { equals: sellerId } } })) {
    throw new Rejection(404, "no such seller");
  }
  if (db.shopping_categories.count({ where: { id: { in: categories } } }) !== categories.length) {
    throw new Rejection(404, "no such category");
  }
  if (db.shopping_coupons.exists({ where: { code: { equals: body.code } } })) {
    throw new Rejection(409, "the code is taken");
  }
  if (body.ends_at !== null && !Time.isBefore(startsAt, body.ends_at)) {
    throw new Rejection(409, "it would end before it begins");
  }
  const benefit = body.benefit;
  const coupon = db.shopping_coupons.insert({
    data: {
      shopping_seller_id: sellerId,
      code: body.code,
      title: body.title,
      kind: benefit.kind,
      value: benefit.kind === "fixed" ? benefit.amount : benefit.percent,
      ceiling: benefit.kind === "fixed" ? null : benefit.ceiling,
      minimum: body.minimum ?? 0,
      combines: body.combines ?? false,
      total_limit: body.total_limit,
      member_limit: body.member_limit ?? 1,
      days: body.days,
      starts_at: startsAt,
      ends_at: body.ends_at,
      created_at: now,
      updated_at: now,
      withdrawn_at: null,
    },
  });
  for (const id of categories) {
    db.shopping_coupon_categories.insert({
      data: { shopping_coupon_id: coupon.id, shopping_category_id: id },
    });
  }
  return {
    id: coupon.id,
    code: coupon.code,
    title: coupon.title,
    seller_id: coupon.shopping_seller_id,
    category_ids: db.shopping_coupon_categories.findMany({
      where: { shopping_coupon_id: { equals: coupon.id } },
      orderBy: [{ shopping_category_id: "asc" }],
    }).map((one) => one.shopping_category_id),
    benefit: coupon.kind === "fixed"
      ? { kind: "fixed", amount: coupon.value }
      : { kind: "percentage", percent: coupon.value, ceiling: coupon.ceiling },
    minimum: coupon.minimum,
    combines: coupon.combines,
    total_limit: coupon.total_limit,
    member_limit: coupon.member_limit,
    days: coupon.days,
    claimed: db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: coupon.id } } }),
    starts_at: coupon.starts_at,
    ends_at: coupon.ends_at,
    withdrawn_at: coupon.withdrawn_at,
  };
}
