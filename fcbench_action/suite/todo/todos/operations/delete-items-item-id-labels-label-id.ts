type Key = "DELETE /items/{itemId}/labels/{labelId}";

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
  const tied = db.todo_item_labels.findFirst({
    where: { todo_item_id: { equals: item.id }, todo_label_id: { equals: path.labelId } },
  });
  if (tied === null) throw new Rejection(404, "the item does not carry that label");
  if (!db.todo_lists.exists({
    where: {
      AND: [
        { id: { equals: item.todo_list_id } },
        {
          OR: [
            { todo_member_id: { equals: actor.todo_member_id } },
            {
              "todo_list_shares.list": {
                some: {
                  AND: [
                    { todo_member_id: { equals: actor.todo_member_id } },
                    { role: { equals: "editor" } },
                    { NOT: { accepted_at: null } },
                  ],
                },
              },
            },
          ],
        },
      ],
    },
  })) {
    throw new Rejection(403, "only editors may do that");
  }
  db.todo_item_labels.remove({ where: { id: { equals: tied.id } } });
  db.todo_items.update({ where: { id: { equals: item.id } }, data: { updated_at: now } });
  const revision = db.todo_item_snapshots.count({ where: { todo_item_id: { equals: item.id } } })
    + 1;
  const snapshot = db.todo_item_snapshots.insert({
    data: {
      todo_item_id: item.id,
      editor_id: actor.todo_member_id,
      revision: revision,
      title: item.title,
      note: item.note,
      priority: item.priority,
      due_on: item.due_on,
      due_at: item.due_at,
      completed: item.completed_at !== null,
      created_at: now,
    },
  });
  for (const carried of db.todo_labels.findMany({
    where: { "todo_item_labels.label": { some: { todo_item_id: { equals: item.id } } } },
  })) {
    db.todo_item_snapshot_labels.insert({
      data: { todo_item_snapshot_id: snapshot.id, name: carried.name, color: carried.color },
    });
  }
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
      kind: "item_changed",
      content: `${revision}`,
      item_id: item.id,
      created_at: now,
    },
  });
  return;
}
