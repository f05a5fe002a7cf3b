type Key = "GET /inquiries/{inquiryId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const inquiry = db.shopping_inquiries.findFirst({
    where: { id: { equals: path.inquiryId }, deleted_at: null },
  });
  if (inquiry === null) throw new Rejection(404, "no such inquiry");
  if (inquiry.secret && inquiry.shopping_member_id !== actor.id) {
    throw new Rejection(403, "the inquiry is secret");
  }
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
