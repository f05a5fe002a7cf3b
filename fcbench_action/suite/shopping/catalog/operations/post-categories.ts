type Key = "POST /categories";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const parent = db.shopping_categories.findFirst({
    where: { id: { equals: body.parent_id ?? "" } },
  });
  if (body.parent_id !== null && parent === null) throw new Rejection(404, "no such category");
  const level = parent === null ? 1 : parent.level + 1;
  if (level > 3) throw new Rejection(409, "three levels are enough");
  if (db.shopping_categories.findMany({ where: { name: { equals: body.name } } }).some(
    (one) => one.parent_id === body.parent_id,
  )) {
    throw new Rejection(409, "the name is taken");
  }
  const category = db.shopping_categories.insert({
    data: {
      parent_id: body.parent_id,
      shopping_admin_id: actor.id,
      name: body.name,
      level: level,
      created_at: now,
    },
  });
  return {
    id: category.id,
    name: category.name,
    level: category.level,
    parent_id: category.parent_id,
  };
}
