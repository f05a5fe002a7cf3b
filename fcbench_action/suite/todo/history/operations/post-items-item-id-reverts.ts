type Key = "POST /items/{itemId}/reverts";

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
  const source = db.todo_item_snapshots.findFirst({
    where: { todo_item_id: { equals: item.id }, revision: { equals: body.revision } },
  });
  if (source === null) throw new Rejection(404, "no such revision");
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
  if (
    source.title === item.title
      && source.note === item.note
      && source.priority === item.priority
      && source.due_on === item.due_on
      && source.due_at === item.due_at
  ) {
    throw new Rejection(409, "nothing would change");
  }
  db.todo_items.update({
    where: { id: { equals: item.id } },
    data: {
      title: source.title,
      note: source.note,
      priority: source.priority,
      due_on: source.due_on,
      due_at: source.due_at,
      grace_minutes: source.due_at === null ? null : 0,
      updated_at: now,
    },
  });
  const changed = db.todo_items.findFirst({ where: { id: { equals: item.id } } });
  if (changed === null) throw new Rejection(404, "no such item");
  const revision = db.todo_item_snapshots.count({ where: { todo_item_id: { equals: changed.id } } })
    + 1;
  const snapshot = db.todo_item_snapshots.insert({
    data: {
      todo_item_id: changed.id,
      editor_id: actor.todo_member_id,
      revision: revision,
      title: changed.title,
      note: changed.note,
      priority: changed.priority,
      due_on: changed.due_on,
      due_at: changed.due_at,
      completed: changed.completed_at !== null,
      created_at: now,
    },
  });
  for (const carried of db.todo_labels.findMany({
    where: { "todo_item_labels.label": { some: { todo_item_id: { equals: changed.id } } } },
  })) {
    db.todo_item_snapshot_labels.insert({
      data: { todo_item_snapshot_id: snapshot.id, name: carried.name, color: carried.color },
    });
  }
  db.todo_events.insert({
    data: {
      todo_list_id: changed.todo_list_id,
      actor_id: actor.todo_member_id,
      sequence: (
        db.todo_events.maximum("sequence", {
          where: { todo_list_id: { equals: changed.todo_list_id } },
        })
          ?? 0
      )
        + 1,
      kind: "item_changed",
      content: `${revision}`,
      item_id: changed.id,
      created_at: now,
    },
  });
  const revert = db.todo_item_reverts.insert({
    data: {
      source_id: source.id,
      result_id: snapshot.id,
      todo_member_id: actor.todo_member_id,
      reason: body.reason,
      created_at: now,
    },
  });
  return {
    id: revert.id,
    source_revision: source.revision,
    result_revision: revision,
    reason: revert.reason,
    member: List.at(
      db.todo_members.findMany({ where: { id: { equals: revert.todo_member_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    created_at: revert.created_at,
  };
}
