type Key = "DELETE /trash/{entryId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const entry = db.todo_trash_entries.findFirst({
    where: {
      id: { equals: path.entryId },
      item: {
        some: {
          list: {
            some: {
              OR: [
                { todo_member_id: { equals: actor.todo_member_id } },
                {
                  "todo_list_shares.list": {
                    some: {
                      AND: [
                        { todo_member_id: { equals: actor.todo_member_id } },
                        { NOT: { accepted_at: null } },
                      ],
                    },
                  },
                },
              ],
            },
          },
        },
      },
    },
  });
  if (entry === null) throw new Rejection(404, "no such entry");
  const item = db.todo_items.findFirst({ where: { id: { equals: entry.todo_item_id } } });
  if (item === null) throw new Rejection(404, "no such item");
  const list = db.todo_lists.findFirst({ where: { id: { equals: item.todo_list_id } } });
  if (list === null) throw new Rejection(404, "no such list");
  if (list.todo_member_id !== actor.todo_member_id) {
    throw new Rejection(403, "only the owner may do that");
  }
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
  return;
}
