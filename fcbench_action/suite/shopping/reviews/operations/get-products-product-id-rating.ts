type Key = "GET /products/{productId}/rating";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_products.exists({ where: { id: { equals: path.productId } } })) {
    throw new Rejection(404, "no such product");
  }
  const reviews = db.shopping_reviews.findMany({
    where: { shopping_product_id: { equals: path.productId }, deleted_at: null },
  });
  return {
    reviews: reviews.length,
    average: reviews.length === 0
      ? null
      : Math.floor(List.sum(reviews, (review) => review.rating) * 100 / reviews.length),
    counts: [1, 2, 3, 4, 5].map(
      (stars) => reviews.filter((review) => review.rating === stars).length,
    ),
  };
}
