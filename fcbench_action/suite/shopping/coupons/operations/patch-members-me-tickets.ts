type Key = "PATCH /members/me/tickets";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const wanted = body.state;
  const tickets = db.shopping_tickets.findMany({
    where: { shopping_member_id: { equals: actor.id } },
    orderBy: [{ created_at: "desc" }],
  });
  const redeemed = db.shopping_redemptions.findMany({
    where: {
      ticket: { some: { shopping_member_id: { equals: actor.id } } },
      order: { some: { state: { not: "cancelled" } } },
    },
  }).map((one) => one.shopping_ticket_id);
  const told = tickets.map((ticket) => ({
    ticket: ticket,
    state: redeemed.includes(ticket.id)
      ? "redeemed"
      : ticket.expires_at !== null && !Time.isBefore(now, ticket.expires_at) ? "expired" : "usable",
  }));
  const found = told.filter((one) => wanted === null || one.state === wanted);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((one) => ({
      id: one.ticket.id,
      code: db.shopping_coupons.findFirst({
        where: { id: { equals: one.ticket.shopping_coupon_id } },
      })?.code
        ?? "",
      title: db.shopping_coupons.findFirst({
        where: { id: { equals: one.ticket.shopping_coupon_id } },
      })?.title
        ?? "",
      number: one.ticket.number,
      state: one.state === "redeemed" ? "redeemed" : one.state === "expired" ? "expired" : "usable",
      created_at: one.ticket.created_at,
      expires_at: one.ticket.expires_at,
    })),
  };
}
