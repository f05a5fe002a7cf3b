type Key = "DELETE /cart";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const lines = db.shopping_cart_lines.findMany({
    where: { cart: { some: { shopping_member_id: { equals: actor.id } } } },
  });
  db.shopping_cart_lines.remove({ where: { id: { in: lines.map((line) => line.id) } } });
  db.shopping_carts.update({
    where: { shopping_member_id: { equals: actor.id } },
    data: { updated_at: now },
  });
  return { removed: lines.length };
}
