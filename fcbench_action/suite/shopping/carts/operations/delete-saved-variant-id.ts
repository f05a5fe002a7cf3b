type Key = "DELETE /saved/{variantId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const saved = db.shopping_saved_variants.findFirst({
    where: {
      shopping_member_id: { equals: actor.id },
      shopping_variant_id: { equals: path.variantId },
    },
  });
  if (saved === null) throw new Rejection(404, "not put aside");
  db.shopping_saved_variants.remove({ where: { id: { equals: saved.id } } });
  return;
}
