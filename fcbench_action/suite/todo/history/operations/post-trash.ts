type Key = "POST /trash";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const item = db.todo_items.findFirst({
    where: {
      id: { equals: body.item_id },
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
  const list = db.todo_lists.findFirst({ where: { id: { equals: item.todo_list_id } } });
  if (list === null) throw new Rejection(404, "no such list");
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
  const policy = db.todo_retention_policies.findFirst({
    where: { todo_member_id: { equals: list.todo_member_id } },
  });
  const atOnce = policy !== null && policy.purge_completed && item.completed_at !== null;
  const days = policy === null ? 30 : policy.days;
  const entry = db.todo_trash_entries.insert({
    data: {
      todo_item_id: item.id,
      remover_id: actor.todo_member_id,
      parent_id: item.parent_id,
      rank: item.rank,
      reason: body.reason,
      created_at: now,
      purge_at: atOnce ? now : days === null ? null : Time.addSeconds(now, days * 86400),
    },
  });
  db.todo_items.update({
    where: { id: { equals: item.id } },
    data: { deleted_at: now, updated_at: now },
  });
  db.todo_events.insert({
    data: {
      todo_list_id: list.id,
      actor_id: actor.todo_member_id,
      sequence: (
        db.todo_events.maximum("sequence", { where: { todo_list_id: { equals: list.id } } }) ?? 0
      )
        + 1,
      kind: "item_removed",
      content: "trash",
      item_id: item.id,
      created_at: now,
    },
  });
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
