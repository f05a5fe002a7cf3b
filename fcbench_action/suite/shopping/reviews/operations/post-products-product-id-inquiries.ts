type Key = "POST /products/{productId}/inquiries";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const product = db.shopping_products.findFirst({
    where: { id: { equals: path.productId }, status: { not: "draft" } },
  });
  if (product === null) throw new Rejection(404, "no such product");
  if (product.status === "discontinued") throw new Rejection(409, "the product is discontinued");
  const inquiry = db.shopping_inquiries.insert({
    data: {
      shopping_product_id: product.id,
      shopping_member_id: actor.id,
      title: body.title,
      body: body.body,
      secret: body.secret ?? false,
      created_at: now,
      deleted_at: null,
    },
  });
  return {
    kind: "open",
    id: inquiry.id,
    product_id: inquiry.shopping_product_id,
    author: db.shopping_members.findFirst({
      where: { id: { equals: inquiry.shopping_member_id } },
    })?.nickname
      ?? "",
    secret: inquiry.secret,
    title: inquiry.title,
    body: inquiry.body,
    answer: List.at(
      db.shopping_inquiry_answers.findMany({
        where: { shopping_inquiry_id: { equals: inquiry.id } },
      }).map((answer) => ({
        shop: db.shopping_sellers.findFirst({
          where: { id: { equals: answer.shopping_seller_id } },
        })?.shop_name
          ?? "",
        body: answer.body,
        created_at: answer.created_at,
        updated_at: answer.updated_at,
      })),
      0,
    ),
    created_at: inquiry.created_at,
  };
}
