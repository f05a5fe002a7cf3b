type Key = "POST /receipts";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const variants = db.shopping_variants.findMany({
    where: {
      id: { in: body.lines.map((line) => line.variant_id) },
      product: { some: { shopping_seller_id: { equals: actor.id } } },
    },
  });
  if (body.lines.some((line) => !variants.some((one) => one.id === line.variant_id))) {
    throw new Rejection(404, "no such variant");
  }
  if (actor.standing !== "approved") throw new Rejection(403, "only approved sellers may");
  if (db.shopping_receipts.exists({
    where: { shopping_seller_id: { equals: actor.id }, code: { equals: body.code } },
  })) {
    throw new Rejection(409, "the code is taken");
  }
  if (variants.length < body.lines.length) throw new Rejection(409, "a variant is given twice");
  if (variants.some((one) => db.shopping_products.exists({
    where: { id: { equals: one.shopping_product_id }, status: { equals: "discontinued" } },
  }))) {
    throw new Rejection(409, "a product is discontinued");
  }
  const receipt = db.shopping_receipts.insert({
    data: {
      shopping_seller_id: actor.id,
      code: body.code,
      supplier: body.supplier,
      created_at: now,
      cancelled_at: null,
    },
  });
  for (const line of body.lines) {
    db.shopping_receipt_lines.insert({
      data: {
        shopping_receipt_id: receipt.id,
        shopping_variant_id: line.variant_id,
        quantity: line.quantity,
        position: db.shopping_receipt_lines.count({
          where: { shopping_receipt_id: { equals: receipt.id } },
        }),
      },
    });
    if (!db.shopping_stocks.exists({
      where: { shopping_variant_id: { equals: line.variant_id } },
    })) {
      db.shopping_stocks.insert({
        data: { shopping_variant_id: line.variant_id, on_hand: 0, low_mark: null, updated_at: now },
      });
    }
    for (const stock of db.shopping_stocks.findMany({
      where: { shopping_variant_id: { equals: line.variant_id } },
    })) {
      db.shopping_stocks.update({
        where: { id: { equals: stock.id } },
        data: { on_hand: stock.on_hand + line.quantity, updated_at: now },
      });
      db.shopping_stock_movements.insert({
        data: {
          shopping_stock_id: stock.id,
          sequence: db.shopping_stock_movements.count({
            where: { shopping_stock_id: { equals: stock.id } },
          })
            + 1,
          kind: "receipt",
          quantity: line.quantity,
          on_hand: stock.on_hand + line.quantity,
          reason: receipt.code,
          created_at: now,
        },
      });
    }
  }
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
