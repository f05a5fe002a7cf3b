type Key = "GET /sellers/me";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  return {
    id: actor.id,
    email: actor.email,
    shop_name: actor.shop_name,
    company_number: actor.company_number,
    standing: actor.standing === "approved"
      ? "approved"
      : actor.standing === "suspended" ? "suspended" : "pending",
    approved_at: actor.approved_at,
    created_at: actor.created_at,
    updated_at: actor.updated_at,
    decisions: db.shopping_standing_decisions.findMany({
      where: { shopping_seller_id: { equals: actor.id } },
      orderBy: [{ sequence: "desc" }],
    }).map((decision) => ({
      sequence: decision.sequence,
      kind: decision.kind === "suspend"
        ? "suspend"
        : decision.kind === "reinstate" ? "reinstate" : "approve",
      reason: decision.reason,
      created_at: decision.created_at,
    })),
  };
}
