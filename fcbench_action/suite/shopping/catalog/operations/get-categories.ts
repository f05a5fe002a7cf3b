type Key = "GET /categories";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const categories = db.shopping_categories.findMany({
    where: { level: { gte: 1 } },
    orderBy: [{ name: "asc" }],
  });
  return {
    data: categories.filter((top) => top.parent_id === null).map((top) => ({
      id: top.id,
      name: top.name,
      children: categories.filter((part) => part.parent_id === top.id).map((part) => ({
        id: part.id,
        name: part.name,
        children: categories.filter((leaf) => leaf.parent_id === part.id).map((leaf) => ({
          id: leaf.id,
          name: leaf.name,
          children: [],
        })),
      })),
    })),
  };
}
