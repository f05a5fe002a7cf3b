type Key = "GET /items/{itemId}/snapshots/{revision}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const item = db.todo_items.findFirst({
    where: {
      id: { equals: path.itemId },
      deleted_at: null,
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
  });
  if (item === null) throw new Rejection(404, "no such item");
  const snapshot = db.todo_item_snapshots.findFirst({
    where: { todo_item_id: { equals: item.id }, revision: { equals: path.revision } },
  });
  if (snapshot === null) throw new Rejection(404, "no such revision");
  return {
    id: snapshot.id,
    item_id: snapshot.todo_item_id,
    revision: snapshot.revision,
    title: snapshot.title,
    note: snapshot.note,
    priority: snapshot.priority,
    due: snapshot.due_on !== null
      ? { kind: "day", date: snapshot.due_on }
      : snapshot.due_at !== null ? { kind: "moment", at: snapshot.due_at, grace_minutes: 0 } : null,
    completed: snapshot.completed,
    labels: db.todo_item_snapshot_labels.findMany({
      where: { todo_item_snapshot_id: { equals: snapshot.id } },
      orderBy: [{ name: "asc" }],
    }).map((label) => ({ name: label.name, color: label.color })),
    editor: List.at(
      db.todo_members.findMany({ where: { id: { equals: snapshot.editor_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    created_at: snapshot.created_at,
  };
}
