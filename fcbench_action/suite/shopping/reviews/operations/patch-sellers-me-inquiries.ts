type Key = "PATCH /sellers/me/inquiries";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const answered = body.answered;
  const productId = body.product_id;
  const inquiries = db.shopping_inquiries.findMany({
    where: { deleted_at: null, product: { some: { shopping_seller_id: { equals: actor.id } } } },
    orderBy: [{ created_at: "asc" }],
  });
  const found = inquiries.filter(
    (inquiry) =>
      (productId === null || inquiry.shopping_product_id === productId)
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
    data: found.slice((page - 1) * limit, page * limit).map((inquiry) => ({
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
    })),
  };
}
