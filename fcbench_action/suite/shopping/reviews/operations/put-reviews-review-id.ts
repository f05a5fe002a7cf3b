type Key = "PUT /reviews/{reviewId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const review = db.shopping_reviews.findFirst({
    where: { id: { equals: path.reviewId }, deleted_at: null },
  });
  if (review === null) throw new Rejection(404, "no such review");
  if (review.shopping_member_id !== actor.id) {
    throw new Rejection(403, "only the author may do that");
  }
  const rating = body.rating ?? review.rating;
  const title = Json.has(body, "title") ? body.title : review.title;
  const text = body.body ?? review.body;
  const revisions = db.shopping_review_revisions.count({
    where: { shopping_review_id: { equals: review.id } },
  });
  if (rating === review.rating && title === review.title && text === review.body) {
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
  if (revisions >= 5) throw new Rejection(409, "it was changed often enough");
  const changed = db.shopping_reviews.update({
    where: { id: { equals: review.id } },
    data: { rating: rating, title: title, body: text, updated_at: now },
  });
  db.shopping_review_revisions.insert({
    data: {
      shopping_review_id: review.id,
      revision: revisions + 1,
      rating: rating,
      title: title,
      body: text,
      created_at: now,
    },
  });
  const after = List.at(changed, 0) ?? review;
  return {
    id: after.id,
    product_id: after.shopping_product_id,
    author: db.shopping_members.findFirst({
      where: { id: { equals: after.shopping_member_id } },
    })?.nickname
      ?? "",
    rating: after.rating,
    title: after.title,
    body: after.body,
    revision: db.shopping_review_revisions.count({
      where: { shopping_review_id: { equals: after.id } },
    }),
    helpful: after.helpful,
    reply: List.at(
      db.shopping_review_replies.findMany({
        where: { shopping_review_id: { equals: after.id } },
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
    created_at: after.created_at,
    updated_at: after.updated_at,
  };
}
