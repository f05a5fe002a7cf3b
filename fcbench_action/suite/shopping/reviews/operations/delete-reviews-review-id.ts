type Key = "DELETE /reviews/{reviewId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const review = db.shopping_reviews.findFirst({
    where: { id: { equals: path.reviewId }, deleted_at: null },
  });
  if (review === null) throw new Rejection(404, "no such review");
  if (review.shopping_member_id !== actor.id) {
    throw new Rejection(403, "only the author may do that");
  }
  db.shopping_reviews.update({
    where: { id: { equals: review.id } },
    data: { deleted_at: now, updated_at: now },
  });
  return;
}
