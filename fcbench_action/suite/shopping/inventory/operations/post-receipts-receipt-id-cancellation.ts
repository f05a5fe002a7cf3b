type Key = "POST /receipts/{receiptId}/cancellation";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const receipt = db.shopping_receipts.findFirst({
    where: { id: { equals: path.receiptId }, shopping_seller_id: { equals: actor.id } },
  });
  if (receipt === null) throw new Rejection(404, "no such receipt");
  if (receipt.cancelled_at !== null) throw new Rejection(409, "it was taken back");
  for (const line of db.shopping_receipt_lines.findMany({
    where: { shopping_receipt_id: { equals: receipt.id } },
  })) {
    for (const stock of db.shopping_stocks.findMany({
      where: { shopping_variant_id: { equals: line.shopping_variant_id } },
    })) {
      const left = stock.on_hand - line.quantity;
      if (
        left
          < db.shopping_reservations.sum("quantity", {
            where: {
              shopping_variant_id: { equals: line.shopping_variant_id },
              ended_at: null,
              expires_at: { gt: now },
            },
          })
      ) {
        throw new Rejection(409, "not so many are available");
      }
      db.shopping_stocks.update({
        where: { id: { equals: stock.id } },
        data: { on_hand: left, updated_at: now },
      });
      db.shopping_stock_movements.insert({
        data: {
          shopping_stock_id: stock.id,
          sequence: db.shopping_stock_movements.count({
            where: { shopping_stock_id: { equals: stock.id } },
          })
            + 1,
          kind: "cancellation",
          quantity: -line.quantity,
          on_hand: left,
          reason: receipt.code,
          created_at: now,
        },
      });
    }
  }
  db.shopping_receipts.update({
    where: { id: { equals: receipt.id } },
    data: { cancelled_at: now },
  });
  return {
    id: receipt.id,
    code: receipt.code,
    supplier: receipt.supplier,
    lines: db.shopping_receipt_lines.findMany({
      where: { shopping_receipt_id: { equals: receipt.id } },
      orderBy: [{ position: "asc" }],
    }).map((line) => ({ variant_id: line.shopping_variant_id, quantity: line.quantity })),
    created_at: receipt.created_at,
    cancelled_at: now,
  };
}
