type Key = "GET /trash/{entryId}";

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
  return {
    id: entry.id,
    item: {
      id: item.id,
      title: item.title,
      priority: item.priority,
      due: item.due_on !== null
        ? { kind: "day", date: item.due_on }
        : item.due_at !== null
          ? { kind: "moment", at: item.due_at, grace_minutes: item.grace_minutes ?? 0 }
          : null,
      completed: item.completed_at !== null,
    },
    list: {
      id: list.id,
      name: list.name,
      color: list.color,
      role: list.todo_member_id === actor.todo_member_id
        ? "owner"
        : db.todo_list_shares.exists({
          where: {
            todo_list_id: { equals: list.id },
            todo_member_id: { equals: actor.todo_member_id },
            role: { equals: "editor" },
          },
        })
          ? "editor"
          : "viewer",
      open_items: db.todo_items.count({
        where: { todo_list_id: { equals: list.id }, completed_at: null, deleted_at: null },
      }),
      archived: list.archived_at !== null,
    },
    remover: List.at(
      db.todo_members.findMany({ where: { id: { equals: entry.remover_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    reason: entry.reason,
    created_at: entry.created_at,
    purge_at: entry.purge_at,
  };
}
