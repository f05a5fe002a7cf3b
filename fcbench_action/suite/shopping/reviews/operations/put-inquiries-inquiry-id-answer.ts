type Key = "PUT /inquiries/{inquiryId}/answer";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const inquiry = db.shopping_inquiries.findFirst({
    where: {
      id: { equals: path.inquiryId },
      deleted_at: null,
      product: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (inquiry === null) throw new Rejection(404, "no such inquiry");
  if (db.shopping_inquiry_answers.exists({
    where: { shopping_inquiry_id: { equals: inquiry.id } },
  })) {
    db.shopping_inquiry_answers.update({
      where: { shopping_inquiry_id: { equals: inquiry.id } },
      data: { body: body.body, updated_at: now },
    });
  } else {
    db.shopping_inquiry_answers.insert({
      data: {
        shopping_inquiry_id: inquiry.id,
        shopping_seller_id: actor.id,
        body: body.body,
        created_at: now,
        updated_at: now,
      },
    });
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
