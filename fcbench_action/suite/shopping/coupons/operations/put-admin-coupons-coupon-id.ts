type Key = "PUT /admin/coupons/{couponId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const coupon = db.shopping_coupons.findFirst({ where: { id: { equals: path.couponId } } });
  if (coupon === null) throw new Rejection(404, "no such coupon");
  const totalLimit = Json.has(body, "total_limit") ? body.total_limit : coupon.total_limit;
  const endsAt = Json.has(body, "ends_at") ? body.ends_at : coupon.ends_at;
  if (coupon.withdrawn_at !== null) throw new Rejection(409, "the coupon is withdrawn");
  if (
    totalLimit !== null
      && totalLimit
        < db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: coupon.id } } })
  ) {
    throw new Rejection(409, "more were claimed");
  }
  if (endsAt !== null && !Time.isBefore(coupon.starts_at, endsAt)) {
    throw new Rejection(409, "it would end before it begins");
  }
  const changed = db.shopping_coupons.update({
    where: { id: { equals: coupon.id } },
    data: {
      title: body.title ?? coupon.title,
      total_limit: totalLimit,
      ends_at: endsAt,
      updated_at: now,
    },
  });
  const after = List.at(changed, 0) ?? coupon;
  return {
    id: after.id,
    code: after.code,
    title: after.title,
    seller_id: after.shopping_seller_id,
    category_ids: db.shopping_coupon_categories.findMany({
      where: { shopping_coupon_id: { equals: after.id } },
      orderBy: [{ shopping_category_id: "asc" }],
    }).map((one) => one.shopping_category_id),
    benefit: after.kind === "fixed"
      ? { kind: "fixed", amount: after.value }
      : { kind: "percentage", percent: after.value, ceiling: after.ceiling },
    minimum: after.minimum,
    combines: after.combines,
    total_limit: after.total_limit,
    member_limit: after.member_limit,
    days: after.days,
    claimed: db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: after.id } } }),
    starts_at: after.starts_at,
    ends_at: after.ends_at,
    withdrawn_at: after.withdrawn_at,
  };
}
