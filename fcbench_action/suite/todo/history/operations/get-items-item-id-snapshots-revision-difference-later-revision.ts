type Key = "GET /items/{itemId}/snapshots/{revision}/difference/{laterRevision}";

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
  const early = db.todo_item_snapshots.findFirst({
    where: { todo_item_id: { equals: item.id }, revision: { equals: path.revision } },
  });
  const late = db.todo_item_snapshots.findFirst({
    where: { todo_item_id: { equals: item.id }, revision: { equals: path.laterRevision } },
  });
  if (early === null || late === null) throw new Rejection(404, "no such revision");
  if (path.revision >= path.laterRevision) {
    throw new Rejection(409, "the other revision is not later");
  }
  return {
    from: early.revision,
    to: late.revision,
    changes: ["title", "note", "priority", "due", "completed", "labels"].filter(
      (field) =>
        field === "title"
          ? early.title !== late.title
          : field === "note"
            ? early.note !== late.note
            : field === "priority"
              ? early.priority !== late.priority
              : field === "due"
                ? early.due_on !== late.due_on || early.due_at !== late.due_at
                : field === "completed"
                  ? early.completed !== late.completed
                  : db.todo_item_snapshot_labels.findMany({
                    where: { todo_item_snapshot_id: { equals: late.id } },
                  }).some((named) => !db.todo_item_snapshot_labels.exists({
                    where: {
                      todo_item_snapshot_id: { equals: early.id },
                      name: { equals: named.name },
                    },
                  }))
                    || db.todo_item_snapshot_labels.findMany({
                      where: { todo_item_snapshot_id: { equals: early.id } },
                    }).some((named) => !db.todo_item_snapshot_labels.exists({
                      where: {
                        todo_item_snapshot_id: { equals: late.id },
                        name: { equals: named.name },
                      },
                    })),
    ).map(
      (field) =>
        field === "title"
          ? { field: "title", before: early.title, after: late.title }
          : field === "note"
            ? { field: "note", before: early.note, after: late.note }
            : field === "priority"
              ? { field: "priority", before: early.priority, after: late.priority }
              : field === "due"
                ? {
                  field: "due",
                  before: early.due_on !== null
                    ? { kind: "day", date: early.due_on }
                    : early.due_at !== null
                      ? { kind: "moment", at: early.due_at, grace_minutes: 0 }
                      : null,
                  after: late.due_on !== null
                    ? { kind: "day", date: late.due_on }
                    : late.due_at !== null
                      ? { kind: "moment", at: late.due_at, grace_minutes: 0 }
                      : null,
                }
                : field === "completed"
                  ? { field: "completed", before: early.completed, after: late.completed }
                  : {
                    field: "labels",
                    added: db.todo_item_snapshot_labels.findMany({
                      where: { todo_item_snapshot_id: { equals: late.id } },
                      orderBy: [{ name: "asc" }],
                    }).filter((named) => !db.todo_item_snapshot_labels.exists({
                      where: {
                        todo_item_snapshot_id: { equals: early.id },
                        name: { equals: named.name },
                      },
                    })).map((named) => named.name),
                    removed: db.todo_item_snapshot_labels.findMany({
                      where: { todo_item_snapshot_id: { equals: early.id } },
                      orderBy: [{ name: "asc" }],
                    }).filter((named) => !db.todo_item_snapshot_labels.exists({
                      where: {
                        todo_item_snapshot_id: { equals: late.id },
                        name: { equals: named.name },
                      },
                    })).map((named) => named.name),
                  },
    ),
  };
}
