type Key = "GET /admin/coupons/{couponId}/usage";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const coupon = db.shopping_coupons.findFirst({ where: { id: { equals: path.couponId } } });
  if (coupon === null) throw new Rejection(404, "no such coupon");
  const redemptions = db.shopping_redemptions.findMany({
    where: {
      ticket: { some: { shopping_coupon_id: { equals: coupon.id } } },
      order: { some: { state: { not: "cancelled" } } },
    },
  });
  const members = db.shopping_members.count({
    where: {
      "shopping_tickets.member": {
        some: {
          shopping_coupon_id: { equals: coupon.id },
          "shopping_redemptions.ticket": {
            some: { order: { some: { state: { not: "cancelled" } } } },
          },
        },
      },
    },
  });
  return {
    claimed: db.shopping_tickets.count({ where: { shopping_coupon_id: { equals: coupon.id } } }),
    redeemed: redemptions.length,
    members: members,
    discount: List.sum(redemptions, (one) => one.amount),
  };
}
