type Key = "PUT /reviews/{reviewId}/reply";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const review = db.shopping_reviews.findFirst({
    where: { id: { equals: path.reviewId }, deleted_at: null },
  });
  if (review === null) throw new Rejection(404, "no such review");
  if (!db.shopping_products.exists({
    where: { id: { equals: review.shopping_product_id }, shopping_seller_id: { equals: actor.id } },
  })) {
    throw new Rejection(403, "only the seller may reply");
  }
  if (db.shopping_review_replies.exists({ where: { shopping_review_id: { equals: review.id } } })) {
    db.shopping_review_replies.update({
      where: { shopping_review_id: { equals: review.id } },
      data: { body: body.body, updated_at: now },
    });
  } else {
    db.shopping_review_replies.insert({
      data: {
        shopping_review_id: review.id,
        shopping_seller_id: actor.id,
        body: body.body,
        created_at: now,
        updated_at: now,
      },
    });
  }
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
