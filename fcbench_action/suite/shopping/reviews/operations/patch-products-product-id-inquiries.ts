type Key = "PATCH /products/{productId}/inquiries";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_products.exists({ where: { id: { equals: path.productId } } })) {
    throw new Rejection(404, "no such product");
  }
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const answered = body.answered;
  const inquiries = db.shopping_inquiries.findMany({
    where: { shopping_product_id: { equals: path.productId }, deleted_at: null },
    orderBy: [{ created_at: "desc" }],
  });
  const found = inquiries.filter(
    (inquiry) =>
      (body.mine !== true || inquiry.shopping_member_id === actor.id)
        && (
          answered === null
            || answered
              === db.shopping_inquiry_answers.exists({
                where: { shopping_inquiry_id: { equals: inquiry.id } },
              })
        ),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map(
      (inquiry) =>
        inquiry.secret && inquiry.shopping_member_id !== actor.id
          ? {
            kind: "hidden",
            id: inquiry.id,
            answered: db.shopping_inquiry_answers.exists({
              where: { shopping_inquiry_id: { equals: inquiry.id } },
            }),
            created_at: inquiry.created_at,
          }
          : {
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
          },
    ),
  };
}
