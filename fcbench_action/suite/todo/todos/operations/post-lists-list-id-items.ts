type Key = "POST /lists/{listId}/items";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const list = db.todo_lists.findFirst({
    where: {
      AND: [
        { id: { equals: path.listId } },
        {
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
      ],
    },
  });
  if (list === null) throw new Rejection(404, "no such list");
  const parent = db.todo_items.findFirst({
    where: {
      id: { equals: body.parent_id ?? "" },
      todo_list_id: { equals: list.id },
      deleted_at: null,
    },
  });
  if (body.parent_id !== null && parent === null) throw new Rejection(404, "no such parent");
  const parts = body.parts ?? [];
  const wanted = List.concat(body.label_ids ?? [], List.distinct(Text.split(
    Text.join(parts.map((one) => Text.join(one.label_ids ?? [], " ")), " "),
    " ",
  ))).filter((labelId) => labelId !== "");
  if (wanted.some((labelId) => !db.todo_labels.exists({
    where: { id: { equals: labelId }, todo_member_id: { equals: actor.todo_member_id } },
  }))) {
    throw new Rejection(404, "no such label");
  }
  if (!db.todo_lists.exists({
    where: {
      AND: [
        { id: { equals: list.id } },
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
  if (list.archived_at !== null) throw new Rejection(409, "the list is archived");
  if (parent !== null && (parent.parent_id !== null || parts.length > 0)) {
    throw new Rejection(409, "items nest two deep");
  }
  if (parts.some((one) => (one.parts ?? []).length > 0)) {
    throw new Rejection(409, "items nest two deep");
  }
  const assignees = List.concat([body.assignee_id], parts.map((one) => one.assignee_id));
  if (assignees.some(
    (assignee) =>
      assignee !== null
        && !db.todo_lists.exists({
          where: {
            AND: [
              { id: { equals: list.id } },
              {
                OR: [
                  { todo_member_id: { equals: assignee } },
                  {
                    "todo_list_shares.list": {
                      some: {
                        AND: [
                          { todo_member_id: { equals: assignee } },
                          { NOT: { accepted_at: null } },
                        ],
                      },
                    },
                  },
                ],
              },
            ],
          },
        }),
  )) {
    throw new Rejection(409, "the assignee does not see the list");
  }
  const item = db.todo_items.insert({
    data: {
      todo_list_id: list.id,
      parent_id: body.parent_id,
      creator_id: actor.todo_member_id,
      assignee_id: body.assignee_id,
      completer_id: null,
      title: body.title,
      note: body.note,
      rank: (db.todo_items.maximum("rank", { where: { todo_list_id: { equals: list.id } } }) ?? 0)
        + 1024,
      priority: body.priority ?? 0,
      estimate_minutes: body.estimate,
      due_on: body.due !== null && body.due.kind === "day" ? body.due.date : null,
      due_at: body.due !== null && body.due.kind === "moment" ? body.due.at : null,
      grace_minutes: body.due !== null && body.due.kind === "moment"
        ? body.due.grace_minutes
        : null,
      created_at: now,
      updated_at: now,
      completed_at: null,
      deleted_at: null,
    },
  });
  for (const labelId of body.label_ids ?? []) {
    db.todo_item_labels.insert({
      data: { todo_item_id: item.id, todo_label_id: labelId, created_at: now },
    });
  }
  const snapshot = db.todo_item_snapshots.insert({
    data: {
      todo_item_id: item.id,
      editor_id: actor.todo_member_id,
      revision: 1,
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
      kind: "item_created",
      content: "",
      item_id: item.id,
      created_at: now,
    },
  });
  for (const one of parts) {
    const part = db.todo_items.insert({
      data: {
        todo_list_id: list.id,
        parent_id: item.id,
        creator_id: actor.todo_member_id,
        assignee_id: one.assignee_id,
        completer_id: null,
        title: one.title,
        note: one.note,
        rank: (db.todo_items.maximum("rank", { where: { todo_list_id: { equals: list.id } } }) ?? 0)
          + 1024,
        priority: one.priority ?? 0,
        estimate_minutes: one.estimate,
        due_on: one.due !== null && one.due.kind === "day" ? one.due.date : null,
        due_at: one.due !== null && one.due.kind === "moment" ? one.due.at : null,
        grace_minutes: one.due !== null && one.due.kind === "moment" ? one.due.grace_minutes : null,
        created_at: now,
        updated_at: now,
        completed_at: null,
        deleted_at: null,
      },
    });
    for (const partLabelId of one.label_ids ?? []) {
      db.todo_item_labels.insert({
        data: { todo_item_id: part.id, todo_label_id: partLabelId, created_at: now },
      });
    }
    const taken = db.todo_item_snapshots.insert({
      data: {
        todo_item_id: part.id,
        editor_id: actor.todo_member_id,
        revision: 1,
        title: part.title,
        note: part.note,
        priority: part.priority,
        due_on: part.due_on,
        due_at: part.due_at,
        completed: part.completed_at !== null,
        created_at: now,
      },
    });
    for (const worn of db.todo_labels.findMany({
      where: { "todo_item_labels.label": { some: { todo_item_id: { equals: part.id } } } },
    })) {
      db.todo_item_snapshot_labels.insert({
        data: { todo_item_snapshot_id: taken.id, name: worn.name, color: worn.color },
      });
    }
    db.todo_events.insert({
      data: {
        todo_list_id: part.todo_list_id,
        actor_id: actor.todo_member_id,
        sequence: (
          db.todo_events.maximum("sequence", {
            where: { todo_list_id: { equals: part.todo_list_id } },
          })
            ?? 0
        )
          + 1,
        kind: "item_created",
        content: "",
        item_id: part.id,
        created_at: now,
      },
    });
  }
  return {
    id: item.id,
    list_id: item.todo_list_id,
    title: item.title,
    note: item.note,
    due: item.due_on !== null
      ? { kind: "day", date: item.due_on }
      : item.due_at !== null
        ? { kind: "moment", at: item.due_at, grace_minutes: item.grace_minutes ?? 0 }
        : null,
    estimate: item.estimate_minutes,
    priority: item.priority,
    creator: List.at(
      db.todo_members.findMany({ where: { id: { equals: item.creator_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    assignee: List.at(
      db.todo_members.findMany({ where: { id: { equals: item.assignee_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    completer: null,
    labels: db.todo_labels.findMany({
      where: { "todo_item_labels.label": { some: { todo_item_id: { equals: item.id } } } },
      orderBy: [{ name: "asc" }],
    }).map((label) => ({ id: label.id, name: label.name, color: label.color })),
    blockers: [],
    parts: db.todo_items.findMany({
      where: { parent_id: { equals: item.id } },
      orderBy: [{ rank: "asc" }],
    }).map((part) => ({
      id: part.id,
      list_id: part.todo_list_id,
      title: part.title,
      note: part.note,
      due: part.due_on !== null
        ? { kind: "day", date: part.due_on }
        : part.due_at !== null
          ? { kind: "moment", at: part.due_at, grace_minutes: part.grace_minutes ?? 0 }
          : null,
      estimate: part.estimate_minutes,
      priority: part.priority,
      creator: List.at(
        db.todo_members.findMany({ where: { id: { equals: part.creator_id ?? "" } } }).map((person) => ({
          id: person.id,
          handle: person.handle,
          display_name: person.display_name,
          avatar: person.avatar,
        })),
        0,
      ),
      assignee: List.at(
        db.todo_members.findMany({ where: { id: { equals: part.assignee_id ?? "" } } }).map((person) => ({
          id: person.id,
          handle: person.handle,
          display_name: person.display_name,
          avatar: person.avatar,
        })),
        0,
      ),
      completer: null,
      labels: db.todo_labels.findMany({
        where: { "todo_item_labels.label": { some: { todo_item_id: { equals: part.id } } } },
        orderBy: [{ name: "asc" }],
      }).map((label) => ({ id: label.id, name: label.name, color: label.color })),
      blockers: [],
      parts: [],
      recurrence: null,
      created_at: part.created_at,
      updated_at: part.updated_at,
      completed_at: part.completed_at,
    })),
    recurrence: null,
    created_at: item.created_at,
    updated_at: item.updated_at,
    completed_at: item.completed_at,
  };
}
