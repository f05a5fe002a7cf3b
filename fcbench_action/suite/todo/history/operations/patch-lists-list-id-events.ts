type Key = "PATCH /lists/{listId}/events";

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
  const limit = body.limit ?? 100;
  const events = db.todo_events.findMany({
    where: { todo_list_id: { equals: list.id }, sequence: { gt: body.after ?? 0 } },
    orderBy: [{ sequence: "asc" }],
  }).filter((event) => body.kinds === null || body.kinds.some((kind) => kind === event.kind));
  return {
    data: events.slice(0, limit).map(
      (event) =>
        event.kind === "item_created"
          ? {
            id: event.id,
            sequence: event.sequence,
            actor: List.at(
              db.todo_members.findMany({ where: { id: { equals: event.actor_id ?? "" } } }).map((person) => ({
                id: person.id,
                handle: person.handle,
                display_name: person.display_name,
                avatar: person.avatar,
              })),
              0,
            ),
            created_at: event.created_at,
            kind: "item_created",
            item: List.at(
              db.todo_items.findMany({ where: { id: { equals: event.item_id ?? "" } } }).map((item) => ({
                id: item.id,
                title: item.title,
                priority: item.priority,
                due: item.due_on !== null
                  ? { kind: "day", date: item.due_on }
                  : item.due_at !== null
                    ? { kind: "moment", at: item.due_at, grace_minutes: item.grace_minutes ?? 0 }
                    : null,
                completed: item.completed_at !== null,
              })),
              0,
            )
              ?? ({
                id: event.item_id ?? event.id,
                title: "Nothing",
                priority: 0,
                due: null,
                completed: false,
              }),
          }
          : event.kind === "item_changed"
            ? {
              id: event.id,
              sequence: event.sequence,
              actor: List.at(
                db.todo_members.findMany({ where: { id: { equals: event.actor_id ?? "" } } }).map((person) => ({
                  id: person.id,
                  handle: person.handle,
                  display_name: person.display_name,
                  avatar: person.avatar,
                })),
                0,
              ),
              created_at: event.created_at,
              kind: "item_changed",
              item_id: event.item_id ?? event.id,
              revision: List.find(
                db.todo_item_snapshots.findMany({
                  where: { todo_item_id: { equals: event.item_id ?? "" } },
                }),
                (one) => `${one.revision}` === event.content,
              )?.revision
                ?? 1,
              changes: List.at(
                db.todo_item_snapshots.findMany({
                  where: { todo_item_id: { equals: event.item_id ?? "" } },
                }).filter((late) => `${late.revision}` === event.content).map(
                  (late) =>
                    List.at(
                      db.todo_item_snapshots.findMany({
                        where: {
                          todo_item_id: { equals: late.todo_item_id },
                          revision: { equals: late.revision - 1 },
                        },
                      }).map((early) => [
                        "title",
                        "note",
                        "priority",
                        "due",
                        "completed",
                        "labels",
                      ].filter(
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
                                ? {
                                  field: "priority",
                                  before: early.priority,
                                  after: late.priority,
                                }
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
                                    ? {
                                      field: "completed",
                                      before: early.completed,
                                      after: late.completed,
                                    }
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
                      )),
                      0,
                    )
                      ?? [],
                ),
                0,
              )
                ?? [],
            }
            : event.kind === "item_moved"
              ? {
                id: event.id,
                sequence: event.sequence,
                actor: List.at(
                  db.todo_members.findMany({ where: { id: { equals: event.actor_id ?? "" } } }).map(
                    (person) => ({
                      id: person.id,
                      handle: person.handle,
                      display_name: person.display_name,
                      avatar: person.avatar,
                    }),
                  ),
                  0,
                ),
                created_at: event.created_at,
                kind: "item_moved",
                item_id: event.item_id ?? event.id,
                from_list_id: List.at(Text.split(event.content, " "), 0) ?? "",
                to_list_id: List.at(Text.split(event.content, " "), 1) ?? "",
              }
              : event.kind === "item_removed"
                ? {
                  id: event.id,
                  sequence: event.sequence,
                  actor: List.at(
                    db.todo_members.findMany({
                      where: { id: { equals: event.actor_id ?? "" } },
                    }).map((person) => ({
                      id: person.id,
                      handle: person.handle,
                      display_name: person.display_name,
                      avatar: person.avatar,
                    })),
                    0,
                  ),
                  created_at: event.created_at,
                  kind: "item_removed",
                  item_id: event.item_id ?? event.id,
                  purged: event.content === "purged",
                }
                : event.kind === "list_shared"
                  ? {
                    id: event.id,
                    sequence: event.sequence,
                    actor: List.at(
                      db.todo_members.findMany({
                        where: { id: { equals: event.actor_id ?? "" } },
                      }).map((person) => ({
                        id: person.id,
                        handle: person.handle,
                        display_name: person.display_name,
                        avatar: person.avatar,
                      })),
                      0,
                    ),
                    created_at: event.created_at,
                    kind: "list_shared",
                    member: List.at(
                      db.todo_members.findMany({
                        where: { id: { equals: List.at(Text.split(event.content, " "), 0) ?? "" } },
                      }).map((person) => ({
                        id: person.id,
                        handle: person.handle,
                        display_name: person.display_name,
                        avatar: person.avatar,
                      })),
                      0,
                    )
                      ?? ({
                        id: List.at(Text.split(event.content, " "), 0) ?? "",
                        handle: "nobody",
                        display_name: "Nobody",
                        avatar: null,
                      }),
                    role: List.at(Text.split(event.content, " "), 1) === "editor"
                      ? "editor"
                      : "viewer",
                  }
                  : {
                    id: event.id,
                    sequence: event.sequence,
                    actor: List.at(
                      db.todo_members.findMany({
                        where: { id: { equals: event.actor_id ?? "" } },
                      }).map((person) => ({
                        id: person.id,
                        handle: person.handle,
                        display_name: person.display_name,
                        avatar: person.avatar,
                      })),
                      0,
                    ),
                    created_at: event.created_at,
                    kind: "list_renamed",
                    before: List.at(Text.split(event.content, "\n"), 0) ?? "",
                    after: List.at(Text.split(event.content, "\n"), 1) ?? "",
                  },
    ),
    next: events.length > limit ? List.at(events, limit - 1)?.sequence ?? null : null,
  };
}
