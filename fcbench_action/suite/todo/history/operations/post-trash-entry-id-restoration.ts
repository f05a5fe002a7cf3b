type Key = "POST /trash/{entryId}/restoration";

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
  const destination = body.destination;
  const targetId = destination.kind === "list" ? destination.list_id : item.todo_list_id;
  const chosen = db.todo_lists.findFirst({
    where: {
      AND: [
        { id: { equals: targetId } },
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
  if (chosen === null) throw new Rejection(404, "no such list");
  const afterId = destination.kind === "list" ? destination.after_id : null;
  const after = db.todo_items.findFirst({
    where: { id: { equals: afterId ?? "" }, todo_list_id: { equals: chosen.id }, deleted_at: null },
  });
  if (afterId !== null && after === null) throw new Rejection(404, "no such item in that list");
  const parentId = destination.kind === "parent" ? destination.item_id : null;
  const parent = db.todo_items.findFirst({
    where: {
      AND: [
        { id: { equals: parentId ?? "" } },
        {
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
        { OR: [{ deleted_at: null }, { id: { equals: item.id } }] },
      ],
    },
  });
  if (parentId !== null && parent === null) throw new Rejection(404, "no such parent");
  const target = parent === null
    ? chosen
    : db.todo_lists.findFirst({ where: { id: { equals: parent.todo_list_id } } });
  if (target === null) throw new Rejection(404, "no such list");
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
  if (!db.todo_lists.exists({
    where: {
      AND: [
        { id: { equals: target.id } },
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
  if (target.archived_at !== null) throw new Rejection(409, "the list is archived");
  if (parent !== null && (parent.id === item.id || parent.parent_id !== null)) {
    throw new Rejection(409, "items nest two deep");
  }
  const elsewhere = target.id !== item.todo_list_id;
  const next = db.todo_items.findFirst({
    where: {
      todo_list_id: { equals: target.id },
      id: { not: item.id },
      rank: { gt: after?.rank ?? -1000000000000000.0 },
    },
    orderBy: [{ rank: "asc" }],
  });
  const rank = after === null
    ? next === null ? 1024.0 : next.rank - 1024
    : next === null ? after.rank + 1024 : (after.rank + next.rank) / 2;
  const formerParent = db.todo_items.findFirst({
    where: { id: { equals: item.parent_id ?? "" }, deleted_at: null },
  });
  const parentGone = destination.kind === "former"
    && item.parent_id !== null
    && formerParent === null;
  db.todo_items.update({
    where: { id: { equals: item.id } },
    data: {
      todo_list_id: target.id,
      parent_id: destination.kind === "former" ? parentGone ? null : item.parent_id : parentId,
      rank: destination.kind === "list"
        ? rank
        : elsewhere
          ? (db.todo_items.maximum("rank", { where: { todo_list_id: { equals: target.id } } }) ?? 0)
            + 1024
          : item.rank,
      deleted_at: null,
      updated_at: now,
    },
  });
  for (const part of db.todo_items.findMany({
    where: { parent_id: { equals: item.id } },
    orderBy: [{ rank: "asc" }],
  })) {
    if (destination.kind === "parent") {
      db.todo_items.update({
        where: { id: { equals: part.id } },
        data: { parent_id: destination.with_parts ? parentId : null },
      });
    }
    if (elsewhere && (destination.kind !== "parent" || destination.with_parts)) {
      db.todo_items.update({
        where: { id: { equals: part.id } },
        data: {
          todo_list_id: target.id,
          rank: (
            db.todo_items.maximum("rank", { where: { todo_list_id: { equals: target.id } } }) ?? 0
          )
            + 1024,
          updated_at: now,
        },
      });
    }
  }
  db.todo_trash_entries.remove({ where: { id: { equals: entry.id } } });
  if (elsewhere) {
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
        kind: "item_moved",
        content: `${item.todo_list_id} ${target.id}`,
        item_id: item.id,
        created_at: now,
      },
    });
    db.todo_events.insert({
      data: {
        todo_list_id: target.id,
        actor_id: actor.todo_member_id,
        sequence: (
          db.todo_events.maximum("sequence", { where: { todo_list_id: { equals: target.id } } })
            ?? 0
        )
          + 1,
        kind: "item_moved",
        content: `${item.todo_list_id} ${target.id}`,
        item_id: item.id,
        created_at: now,
      },
    });
  }
  const latest = db.todo_item_snapshots.findFirst({
    where: { todo_item_id: { equals: item.id } },
    orderBy: [{ revision: "desc" }],
  });
  const labelsGone = db.todo_item_snapshot_labels.findMany({
    where: { todo_item_snapshot_id: { equals: latest?.id ?? "" } },
  }).some((tag) => !db.todo_labels.exists({
    where: {
      name: { equals: tag.name },
      "todo_item_labels.label": { some: { todo_item_id: { equals: item.id } } },
    },
  }));
  return {
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
    warnings: ["parent_gone", "labels_gone"].filter(
      (warning) => warning === "parent_gone" ? parentGone : labelsGone,
    ).map((warning) => warning === "parent_gone" ? "parent_gone" : "labels_gone"),
  };
}
