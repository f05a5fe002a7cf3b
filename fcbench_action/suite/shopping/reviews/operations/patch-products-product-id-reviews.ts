type Key = "PATCH /products/{productId}/reviews";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_products.exists({ where: { id: { equals: path.productId } } })) {
    throw new Rejection(404, "no such product");
  }
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const ratings = body.ratings ?? [1, 2, 3, 4, 5];
  const replied = body.replied;
  const reviews = db.shopping_reviews.findMany({
    where: {
      shopping_product_id: { equals: path.productId },
      deleted_at: null,
      rating: { in: ratings },
    },
    orderBy: [{ created_at: "desc" }],
  });
  const chosen = reviews.filter(
    (review) =>
      replied === null
        || replied
          === db.shopping_review_replies.exists({
            where: { shopping_review_id: { equals: review.id } },
          }),
  );
  const found = body.order === "helpful"
    ? List.sortBy(chosen, (review) => review.helpful, "desc")
    : chosen;
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((review) => ({
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
    })),
  };
}
