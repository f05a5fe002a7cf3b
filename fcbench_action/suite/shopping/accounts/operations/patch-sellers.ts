type Key = "PATCH /sellers";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const sellers = db.shopping_sellers.findMany({
    where: { created_at: { lte: now } },
    orderBy: [{ created_at: "desc" }, { id: "asc" }],
  }).filter(
    (seller) =>
      (body.standing === null || seller.standing === body.standing)
        && Text.contains(Text.lower(seller.shop_name), Text.lower(body.search ?? "")),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sellers.length,
      pages: Math.ceil(sellers.length / limit),
    },
    data: sellers.slice((page - 1) * limit, page * limit).map((seller) => ({
      id: seller.id,
      email: seller.email,
      shop_name: seller.shop_name,
      company_number: seller.company_number,
      standing: seller.standing === "approved"
        ? "approved"
        : seller.standing === "suspended" ? "suspended" : "pending",
      approved_at: seller.approved_at,
      created_at: seller.created_at,
      updated_at: seller.updated_at,
    })),
  };
}
