type Key = "PATCH /items/{itemId}/snapshots";

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
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const snapshots = db.todo_item_snapshots.findMany({
    where: { todo_item_id: { equals: item.id } },
    orderBy: [{ revision: "desc" }],
  });
  const found = snapshots.filter(
    (late) =>
      (body.editor_id === null || late.editor_id === body.editor_id)
        && (
          body.changed === null
            || body.changed.some((field) => snapshots.some(
              (early) =>
                early.revision === late.revision - 1
                  && (
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
                                }))
                  ),
            ))
        ),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((late) => ({
      id: late.id,
      revision: late.revision,
      created_at: late.created_at,
      editor: List.at(
        db.todo_members.findMany({ where: { id: { equals: late.editor_id ?? "" } } }).map((person) => ({
          id: person.id,
          handle: person.handle,
          display_name: person.display_name,
          avatar: person.avatar,
        })),
        0,
      ),
      changed: ["title", "note", "priority", "due", "completed", "labels"].filter((field) => snapshots.some(
        (early) =>
          early.revision === late.revision - 1
            && (
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
                          }))
            ),
      )).map(
        (field) =>
          field === "title"
            ? "title"
            : field === "note"
              ? "note"
              : field === "priority"
                ? "priority"
                : field === "due" ? "due" : field === "completed" ? "completed" : "labels",
      ),
    })),
  };
}
