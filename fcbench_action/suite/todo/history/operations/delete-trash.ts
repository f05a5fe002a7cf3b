type Key = "DELETE /trash";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const items = db.todo_items.findMany({
    where: {
      AND: [
        { NOT: { deleted_at: null } },
        { list: { some: { todo_member_id: { equals: actor.todo_member_id } } } },
      ],
    },
  });
  for (const item of items) {
    db.todo_purges.insert({
      data: {
        todo_member_id: actor.todo_member_id,
        item_id: item.id,
        list_id: item.todo_list_id,
        title: item.title,
        automatic: false,
        created_at: now,
      },
    });
    db.todo_events.insert({
      data: {
        todo_list_id: item.todo_list_id,
        actor_id: actor.todo_member_id,
        sequence: (
          db.todo_events.maximum("sequence", {
            where: { todo_list_id: { equals: item.todo_list_id } },
          })
            ?? 0
        )
          + 1,
        kind: "item_removed",
        content: "purged",
        item_id: item.id,
        created_at: now,
      },
    });
    db.todo_events.remove({ where: { item_id: { equals: item.id }, content: { not: "purged" } } });
    db.todo_items.remove({ where: { id: { equals: item.id } } });
  }
  return { purged: items.length };
}
