type Key = "PUT /admin/payments/{paymentId}/settlement";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const payment = db.shopping_payments.findFirst({ where: { id: { equals: path.paymentId } } });
  if (payment === null) throw new Rejection(404, "no such payment");
  if (payment.state !== "authorized") throw new Rejection(409, "the payment is settled already");
  const failure = body.settlement.outcome === "failed" ? body.settlement.failure : null;
  const settled = db.shopping_payments.update({
    where: { id: { equals: payment.id } },
    data: { state: body.settlement.outcome, failure: failure, settled_at: now },
  });
  if (body.settlement.outcome === "captured") {
    db.shopping_orders.update({
      where: { id: { equals: payment.shopping_order_id } },
      data: { state: "paid", paid_at: now, updated_at: now },
    });
  }
  const after = List.at(settled, 0) ?? payment;
  return {
    id: after.id,
    attempt: after.attempt,
    kind: after.kind === "card" ? "card" : "transfer",
    hint: after.hint,
    amount: after.amount,
    state: after.state === "authorized"
      ? "authorized"
      : after.state === "captured" ? "captured" : after.state === "failed" ? "failed" : "refunded",
    failure: after.failure,
    created_at: after.created_at,
    settled_at: after.settled_at,
  };
}
