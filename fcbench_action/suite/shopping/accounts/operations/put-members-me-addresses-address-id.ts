type Key = "PUT /members/me/addresses/{addressId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const former = db.shopping_addresses.findFirst({
    where: { id: { equals: path.addressId }, shopping_member_id: { equals: actor.id } },
  });
  if (former === null) throw new Rejection(404, "no such address");
  if (db.shopping_addresses.exists({
    where: {
      shopping_member_id: { equals: actor.id },
      label: { equals: body.label ?? former.label },
      id: { not: former.id },
    },
  })) {
    throw new Rejection(409, "the label is taken");
  }
  if (former.preferred && body.preferred === false) {
    throw new Rejection(409, "one address is preferred");
  }
  if (body.preferred === true) {
    db.shopping_addresses.update({
      where: { shopping_member_id: { equals: actor.id }, preferred: { equals: true } },
      data: { preferred: false, updated_at: now },
    });
  }
  const changed = db.shopping_addresses.update({
    where: { id: { equals: former.id } },
    data: {
      label: body.label ?? former.label,
      recipient: body.recipient ?? former.recipient,
      phone: Json.has(body, "phone") ? body.phone : former.phone,
      country: body.country ?? former.country,
      postal_code: body.postal_code ?? former.postal_code,
      city: body.city ?? former.city,
      street: body.street ?? former.street,
      preferred: body.preferred ?? former.preferred,
      updated_at: now,
    },
  });
  const address = List.at(changed, 0) ?? former;
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
