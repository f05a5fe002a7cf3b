type Key = "GET /receipts/{receiptId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const receipt = db.shopping_receipts.findFirst({
    where: { id: { equals: path.receiptId }, shopping_seller_id: { equals: actor.id } },
  });
  if (receipt === null) throw new Rejection(404, "no such receipt");
  return {
    id: receipt.id,
    code: receipt.code,
    supplier: receipt.supplier,
    lines: db.shopping_receipt_lines.findMany({
      where: { shopping_receipt_id: { equals: receipt.id } },
      orderBy: [{ position: "asc" }],
    }).map((line) => ({ variant_id: line.shopping_variant_id, quantity: line.quantity })),
    created_at: receipt.created_at,
    cancelled_at: receipt.cancelled_at,
  };
}
