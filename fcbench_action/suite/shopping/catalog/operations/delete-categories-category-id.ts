type Key = "DELETE /categories/{categoryId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (!db.shopping_categories.exists({ where: { id: { equals: path.categoryId } } })) {
    throw new Rejection(404, "no such category");
  }
  if (db.shopping_categories.exists({ where: { parent_id: { equals: path.categoryId } } })) {
    throw new Rejection(409, "it has parts");
  }
  if (db.shopping_products.exists({
    where: { shopping_category_id: { equals: path.categoryId } },
  })) {
    throw new Rejection(409, "it has products");
  }
  db.shopping_categories.remove({ where: { id: { equals: path.categoryId } } });
  return;
}
