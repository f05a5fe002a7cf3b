type Key = "DELETE /reviews/{reviewId}/vote";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const review = db.shopping_reviews.findFirst({
    where: { id: { equals: path.reviewId }, deleted_at: null },
  });
  if (review === null) throw new Rejection(404, "no such review");
  const vote = db.shopping_review_votes.findFirst({
    where: { shopping_review_id: { equals: review.id }, shopping_member_id: { equals: actor.id } },
  });
  if (vote === null) throw new Rejection(404, "no such vote");
  db.shopping_review_votes.remove({ where: { id: { equals: vote.id } } });
  db.shopping_reviews.update({
    where: { id: { equals: review.id } },
    data: {
      helpful: db.shopping_review_votes.count({
        where: { shopping_review_id: { equals: review.id }, helpful: { equals: true } },
      }),
    },
  });
  return;
}
