type Key = "GET /reviews/{reviewId}/revisions";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const review = db.shopping_reviews.findFirst({
    where: { id: { equals: path.reviewId }, deleted_at: null },
  });
  if (review === null) throw new Rejection(404, "no such review");
  if (review.shopping_member_id !== actor.id) {
    throw new Rejection(403, "only the author may do that");
  }
  return {
    data: db.shopping_review_revisions.findMany({
      where: { shopping_review_id: { equals: review.id } },
      orderBy: [{ revision: "asc" }],
    }).map((one) => ({
      revision: one.revision,
      rating: one.rating,
      title: one.title,
      body: one.body,
      created_at: one.created_at,
    })),
  };
}
