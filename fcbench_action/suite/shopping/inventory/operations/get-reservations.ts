type Key = "GET /reservations";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  return {
    data: db.shopping_reservations.findMany({
      where: { shopping_member_id: { equals: actor.id }, ended_at: null, expires_at: { gt: now } },
      orderBy: [{ expires_at: "asc" }, { id: "asc" }],
    }).map((one) => ({
      id: one.id,
      variant_id: one.shopping_variant_id,
      quantity: one.quantity,
      created_at: one.created_at,
      expires_at: one.expires_at,
      outcome: null,
    })),
  };
}
