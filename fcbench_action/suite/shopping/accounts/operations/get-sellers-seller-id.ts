type Key = "GET /sellers/{sellerId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const seller = db.shopping_sellers.findFirst({
    where: { id: { equals: path.sellerId }, standing: { not: "pending" } },
  });
  if (seller === null) throw new Rejection(404, "no such seller");
  return { id: seller.id, shop_name: seller.shop_name, open: seller.standing === "approved" };
}
