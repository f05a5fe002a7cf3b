type Key = "GET /members/me/addresses";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const addresses = db.shopping_addresses.findMany({
    where: { shopping_member_id: { equals: actor.id } },
    orderBy: [{ label: "asc" }],
  });
  return {
    data: List.concat(addresses.filter((one) => one.preferred), addresses.filter(
      (one) => !one.preferred,
    )).map((address) => ({
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
    })),
  };
}
