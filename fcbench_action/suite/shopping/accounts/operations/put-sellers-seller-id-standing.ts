type Key = "PUT /sellers/{sellerId}/standing";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const seller = db.shopping_sellers.findFirst({ where: { id: { equals: path.sellerId } } });
  if (seller === null) throw new Rejection(404, "no such seller");
  const decision = body.decision;
  const needed = decision.kind === "approve"
    ? "pending"
    : decision.kind === "suspend" ? "approved" : "suspended";
  if (seller.standing !== needed) throw new Rejection(409, "the standing does not allow it");
  db.shopping_standing_decisions.insert({
    data: {
      shopping_seller_id: seller.id,
      shopping_admin_id: actor.id,
      sequence: db.shopping_standing_decisions.count({
        where: { shopping_seller_id: { equals: seller.id } },
      })
        + 1,
      kind: decision.kind,
      reason: decision.kind === "suspend" ? decision.reason : null,
      created_at: now,
    },
  });
  const standing = decision.kind === "suspend" ? "suspended" : "approved";
  const approvedAt = seller.approved_at ?? now;
  db.shopping_sellers.update({
    where: { id: { equals: seller.id } },
    data: { standing: standing, approved_at: approvedAt, updated_at: now },
  });
  return {
    id: seller.id,
    email: seller.email,
    shop_name: seller.shop_name,
    company_number: seller.company_number,
    standing: standing,
    approved_at: approvedAt,
    created_at: seller.created_at,
    updated_at: now,
  };
}
