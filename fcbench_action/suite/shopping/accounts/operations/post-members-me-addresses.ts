type Key = "POST /members/me/addresses";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const addresses = db.shopping_addresses.findMany({
    where: { shopping_member_id: { equals: actor.id } },
  });
  if (db.shopping_withdrawals.exists({ where: { shopping_member_id: { equals: actor.id } } })) {
    throw new Rejection(409, "the member has left");
  }
  if (addresses.length >= 10) throw new Rejection(409, "ten are enough");
  if (addresses.some((one) => one.label === body.label)) {
    throw new Rejection(409, "the label is taken");
  }
  const preferred = addresses.length === 0 || body.preferred === true;
  if (preferred) {
    db.shopping_addresses.update({
      where: { shopping_member_id: { equals: actor.id }, preferred: { equals: true } },
      data: { preferred: false, updated_at: now },
    });
  }
  const address = db.shopping_addresses.insert({
    data: {
      shopping_member_id: actor.id,
      label: body.label,
      recipient: body.recipient,
      phone: body.phone,
      country: body.country,
      postal_code: body.postal_code,
      city: body.city,
      street: body.street,
      preferred: preferred,
      created_at: now,
      updated_at: now,
    },
  });
  return {
    id: address.id,
    label: address.label,
    recipient: address.recipient,
    phone: address.phone,
    country: address.country,
    postal_code: address.postal_code,
    city: address.city,
    street: address.street,
    preferred: address.preferred,
    created_at: address.created_at,
    updated_at: address.updated_at,
  };
}
