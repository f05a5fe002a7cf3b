type Key = "PATCH /stocks";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const stocks = List.sortBy(
    db.shopping_stocks.findMany({
      where: {
        variant: { some: { product: { some: { shopping_seller_id: { equals: actor.id } } } } },
      },
      orderBy: [{ id: "asc" }],
    }),
    (stock) =>
      stock.on_hand
        - db.shopping_reservations.sum("quantity", {
          where: {
            shopping_variant_id: { equals: stock.shopping_variant_id },
            ended_at: null,
            expires_at: { gt: now },
          },
        }),
    "asc",
  ).filter(
    (stock) =>
      body.low === null
        || body.low
          === (
            stock.low_mark !== null
              && stock.on_hand
                - db.shopping_reservations.sum("quantity", {
                  where: {
                    shopping_variant_id: { equals: stock.shopping_variant_id },
                    ended_at: null,
                    expires_at: { gt: now },
                  },
                })
                <= stock.low_mark
          ),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: stocks.length,
      pages: Math.ceil(stocks.length / limit),
    },
    data: stocks.slice((page - 1) * limit, page * limit).map((stock) => ({
      variant_id: stock.shopping_variant_id,
      on_hand: stock.on_hand,
      held: db.shopping_reservations.sum("quantity", {
        where: {
          shopping_variant_id: { equals: stock.shopping_variant_id },
          ended_at: null,
          expires_at: { gt: now },
        },
      }),
      available: stock.on_hand
        - db.shopping_reservations.sum("quantity", {
          where: {
            shopping_variant_id: { equals: stock.shopping_variant_id },
            ended_at: null,
            expires_at: { gt: now },
          },
        }),
      low_mark: stock.low_mark,
      low: stock.low_mark !== null
        && stock.on_hand
          - db.shopping_reservations.sum("quantity", {
            where: {
              shopping_variant_id: { equals: stock.shopping_variant_id },
              ended_at: null,
              expires_at: { gt: now },
            },
          })
          <= stock.low_mark,
      updated_at: stock.updated_at,
    })),
  };
}
