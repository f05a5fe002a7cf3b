type Key = "GET /labels";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  return {
    data: db.todo_labels.findMany({
      where: { todo_member_id: { equals: actor.todo_member_id } },
      orderBy: [{ name: "asc" }],
    }).map((label) => ({
      label: { id: label.id, name: label.name, color: label.color },
      items: db.todo_items.count({
        where: {
          deleted_at: null,
          "todo_item_labels.item": { some: { todo_label_id: { equals: label.id } } },
        },
      }),
    })),
  };
}
