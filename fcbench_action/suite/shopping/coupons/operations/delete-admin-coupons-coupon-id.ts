type Key = "DELETE /admin/coupons/{couponId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const coupon = db.shopping_coupons.findFirst({ where: { id: { equals: path.couponId } } });
  if (coupon === null) throw new Rejection(404, "no such coupon");
  if (coupon.withdrawn_at !== null) throw new Rejection(409, "the coupon is withdrawn");
  db.shopping_coupons.update({
    where: { id: { equals: coupon.id } },
    data: { withdrawn_at: now, updated_at: now },
  });
  return;
}
