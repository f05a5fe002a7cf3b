type Key = "POST /auth/sellers/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (db.shopping_sellers.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  if (db.shopping_sellers.exists({ where: { shop_name: { equals: body.shop_name } } })) {
    throw new Rejection(409, "the shop name is taken");
  }
  if (db.shopping_sellers.exists({ where: { company_number: { equals: body.company_number } } })) {
    throw new Rejection(409, "the company has a shop");
  }
  const seller = db.shopping_sellers.insert({
    data: {
      email: email,
      shop_name: body.shop_name,
      company_number: body.company_number,
      password_hash: Security.hashPassword(body.password),
      standing: "pending",
      approved_at: null,
      created_at: now,
      updated_at: now,
    },
  });
  return {
    seller: {
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
    },
    token: { access: Security.issueToken(seller.id), expires_at: Time.addSeconds(now, 86400) },
  };
}
