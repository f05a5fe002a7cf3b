type Key = "DELETE /members/me/addresses/{addressId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const address = db.shopping_addresses.findFirst({
    where: { id: { equals: path.addressId }, shopping_member_id: { equals: actor.id } },
  });
  if (address === null) throw new Rejection(404, "no such address");
  db.shopping_addresses.remove({ where: { id: { equals: address.id } } });
  const next = db.shopping_addresses.findFirst({
    where: { shopping_member_id: { equals: actor.id } },
    orderBy: [{ created_at: "asc" }, { id: "asc" }],
  });
  if (address.preferred && next !== null) {
    db.shopping_addresses.update({
      where: { id: { equals: next.id } },
      data: { preferred: true, updated_at: now },
    });
  }
  return;
}
