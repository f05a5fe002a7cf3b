type Key = "POST /orders/{orderId}/payments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  if (order.state !== "pending") throw new Rejection(409, "the order is not to be paid");
  if (db.shopping_payments.exists({
    where: { shopping_order_id: { equals: order.id }, state: { equals: "authorized" } },
  })) {
    throw new Rejection(409, "a payment is under way");
  }
  if (body.amount !== order.goods + order.shipping - order.discount) {
    throw new Rejection(409, "that is not the total");
  }
  const payment = db.shopping_payments.insert({
    data: {
      shopping_order_id: order.id,
      attempt: db.shopping_payments.count({ where: { shopping_order_id: { equals: order.id } } })
        + 1,
      kind: body.method.kind,
      hint: body.method.kind === "card" ? `****${body.method.last_four}` : body.method.bank,
      amount: body.amount,
      state: "authorized",
      failure: null,
      created_at: now,
      settled_at: null,
    },
  });
  return {
    id: payment.id,
    attempt: payment.attempt,
    kind: payment.kind === "card" ? "card" : "transfer",
    hint: payment.hint,
    amount: payment.amount,
    state: payment.state === "authorized"
      ? "authorized"
      : payment.state === "captured"
        ? "captured"
        : payment.state === "failed" ? "failed" : "refunded",
    failure: payment.failure,
    created_at: payment.created_at,
    settled_at: payment.settled_at,
  };
}
