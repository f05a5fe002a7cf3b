type Key = "PUT /reviews/{reviewId}/vote";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const review = db.shopping_reviews.findFirst({
    where: { id: { equals: path.reviewId }, deleted_at: null },
  });
  if (review === null) throw new Rejection(404, "no such review");
  if (review.shopping_member_id === actor.id) {
    throw new Rejection(403, "nobody votes about an own review");
  }
  const vote = db.shopping_review_votes.findFirst({
    where: { shopping_review_id: { equals: review.id }, shopping_member_id: { equals: actor.id } },
  });
  if (vote === null) {
    db.shopping_review_votes.insert({
      data: {
        shopping_review_id: review.id,
        shopping_member_id: actor.id,
        helpful: body.helpful,
        created_at: now,
        updated_at: now,
      },
    });
  }
  if (vote !== null && vote.helpful !== body.helpful) {
    db.shopping_review_votes.update({
      where: { id: { equals: vote.id } },
      data: { helpful: body.helpful, updated_at: now },
    });
  }
  const changed = db.shopping_reviews.update({
    where: { id: { equals: review.id } },
    data: {
      helpful: db.shopping_review_votes.count({
        where: { shopping_review_id: { equals: review.id }, helpful: { equals: true } },
      }),
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
