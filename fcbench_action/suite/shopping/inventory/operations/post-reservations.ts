type Key = "POST /reservations";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_variants.exists({
    where: {
      id: { equals: body.variant_id },
      retired_at: null,
      product: {
        some: {
          status: { equals: "on_sale" },
          seller: { some: { standing: { equals: "approved" } } },
        },
      },
    },
  })) {
    throw new Rejection(404, "no such variant");
  }
  if (db.shopping_reservations.exists({
    where: {
      shopping_member_id: { equals: actor.id },
      shopping_variant_id: { equals: body.variant_id },
      ended_at: null,
      expires_at: { gt: now },
    },
  })) {
    throw new Rejection(409, "it is held back already");
  }
  const stock = db.shopping_stocks.findFirst({
    where: { shopping_variant_id: { equals: body.variant_id } },
  });
  if (
    db.shopping_reservations.sum("quantity", {
      where: {
        shopping_variant_id: { equals: body.variant_id },
        ended_at: null,
        expires_at: { gt: now },
      },
    })
      + body.quantity
      > (stock?.on_hand ?? 0)
  ) {
    throw new Rejection(409, "not so many are available");
  }
  const reservation = db.shopping_reservations.insert({
    data: {
      shopping_member_id: actor.id,
      shopping_variant_id: body.variant_id,
      quantity: body.quantity,
      created_at: now,
      expires_at: Time.addSeconds(now, body.seconds ?? 600),
      ended_at: null,
      outcome: null,
    },
  });
  return {
    id: reservation.id,
    variant_id: body.variant_id,
    quantity: reservation.quantity,
    created_at: reservation.created_at,
    expires_at: reservation.expires_at,
    outcome: null,
  };
}
