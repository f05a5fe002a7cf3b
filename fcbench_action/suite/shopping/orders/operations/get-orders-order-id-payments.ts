type Key = "GET /orders/{orderId}/payments";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const order = db.shopping_orders.findFirst({
    where: {
      id: { equals: path.orderId },
      shopping_member_id: { equals: actor.id },
      hidden_at: null,
    },
  });
  if (order === null) throw new Rejection(404, "no such order");
  return {
    data: db.shopping_payments.findMany({
      where: { shopping_order_id: { equals: order.id } },
      orderBy: [{ attempt: "asc" }],
    }).map((payment) => ({
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
    })),
  };
}
