type Key = "POST /order-lines/{lineId}/review";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const line = db.shopping_order_lines.findFirst({
    where: {
      id: { equals: path.lineId },
      order: { some: { shopping_member_id: { equals: actor.id }, hidden_at: null } },
    },
  });
  if (line === null) throw new Rejection(404, "no such line");
  const productId = db.shopping_variants.findFirst({
    where: { id: { equals: line.shopping_variant_id } },
  })?.shopping_product_id
    ?? "";
  if (!db.shopping_orders.exists({
    where: { id: { equals: line.shopping_order_id }, state: { in: ["paid", "completed"] } },
  })) {
    throw new Rejection(409, "it is not bought");
  }
  if (db.shopping_reviews.exists({ where: { shopping_order_line_id: { equals: line.id } } })) {
    throw new Rejection(409, "it is reviewed already");
  }
  const review = db.shopping_reviews.insert({
    data: {
      shopping_order_line_id: line.id,
      shopping_member_id: actor.id,
      shopping_product_id: productId,
      rating: body.rating,
      title: body.title,
      body: body.body,
      helpful: 0,
      created_at: now,
      updated_at: now,
      deleted_at: null,
    },
  });
  db.shopping_review_revisions.insert({
    data: {
      shopping_review_id: review.id,
      revision: 1,
      rating: review.rating,
      title: review.title,
      body: review.body,
      created_at: now,
    },
  });
  return {
    id: review.id,
    product_id: review.shopping_product_id,
    author: db.shopping_members.findFirst({
      where: { id: { equals: review.shopping_member_id } },
    })?.nickname
      ?? "",
    rating: review.rating,
    title: review.title,
    body: review.body,
    revision: db.shopping_review_revisions.count({
      where: { shopping_review_id: { equals: review.id } },
    }),
    helpful: review.helpful,
    reply: List.at(
      db.shopping_review_replies.findMany({
        where: { shopping_review_id: { equals: review.id } },
      }).map((reply) => ({
        shop: db.shopping_sellers.findFirst({
          where: { id: { equals: reply.shopping_seller_id } },
        })?.shop_name
          ?? "",
        body: reply.body,
        created_at: reply.created_at,
        updated_at: reply.updated_at,
      })),
      0,
    ),
    created_at: review.created_at,
    updated_at: review.updated_at,
  };
}
