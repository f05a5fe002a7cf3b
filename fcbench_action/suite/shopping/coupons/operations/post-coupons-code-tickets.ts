type Key = "POST /coupons/{code}/tickets";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const coupon = db.shopping_coupons.findFirst({
    where: { code: { equals: path.code }, withdrawn_at: null, starts_at: { lte: now } },
  });
  if (coupon === null) throw new Rejection(404, "no such coupon");
  const own = db.shopping_tickets.count({
    where: { shopping_coupon_id: { equals: coupon.id }, shopping_member_id: { equals: actor.id } },
  });
  if (coupon.ends_at !== null && !Time.isBefore(now, coupon.ends_at)) {
    throw new Rejection(409, "the coupon has ended");
  }
  if (
    coupon.total_limit !== null
      && db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: coupon.id } } })
        >= coupon.total_limit
  ) {
    throw new Rejection(409, "none are left");
  }
  if (own >= coupon.member_limit) throw new Rejection(409, "the member has claimed enough");
  const last = coupon.days === null ? coupon.ends_at : Time.addSeconds(now, coupon.days * 86400);
  const ticket = db.shopping_tickets.insert({
    data: {
      shopping_coupon_id: coupon.id,
      shopping_member_id: actor.id,
      number: own + 1,
      created_at: now,
      expires_at: last !== null && coupon.ends_at !== null && Time.isBefore(coupon.ends_at, last)
        ? coupon.ends_at
        : last,
    },
  });
  return {
    id: ticket.id,
    code: coupon.code,
    title: coupon.title,
    number: ticket.number,
    state: "usable",
    created_at: ticket.created_at,
    expires_at: ticket.expires_at,
  };
}
