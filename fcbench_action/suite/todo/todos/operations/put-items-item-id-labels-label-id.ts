type Key = "PUT /items/{itemId}/labels/{labelId}";

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
  const label = db.todo_labels.findFirst({
    where: { id: { equals: path.labelId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (label === null) throw new Rejection(404, "no such label");
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
  const worn = db.todo_labels.findMany({
    where: { "todo_item_labels.label": { some: { todo_item_id: { equals: item.id } } } },
  });
  if (worn.some((one) => one.name === label.name)) {
    throw new Rejection(409, "the item carries a label of that name");
  }
  if (worn.length >= 20) throw new Rejection(409, "the item carries 20 labels");
  db.todo_item_labels.insert({
    data: { todo_item_id: item.id, todo_label_id: label.id, created_at: now },
  });
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
