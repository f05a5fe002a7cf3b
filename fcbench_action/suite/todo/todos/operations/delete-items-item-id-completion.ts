type Key = "DELETE /items/{itemId}/completion";

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
  if (item.completed_at === null) throw new Rejection(409, "the item is open");
  db.todo_items.update({
    where: { id: { equals: item.id } },
    data: { completed_at: null, completer_id: null, updated_at: now },
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
  return {
    id: changed.id,
    list_id: changed.todo_list_id,
    title: changed.title,
    note: changed.note,
    due: changed.due_on !== null
      ? { kind: "day", date: changed.due_on }
      : changed.due_at !== null
        ? { kind: "moment", at: changed.due_at, grace_minutes: changed.grace_minutes ?? 0 }
        : null,
    estimate: changed.estimate_minutes,
    priority: changed.priority,
    creator: List.at(
      db.todo_members.findMany({ where: { id: { equals: changed.creator_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    assignee: List.at(
      db.todo_members.findMany({ where: { id: { equals: changed.assignee_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    completer: List.at(
      db.todo_members.findMany({ where: { id: { equals: changed.completer_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    labels: db.todo_labels.findMany({
      where: { "todo_item_labels.label": { some: { todo_item_id: { equals: changed.id } } } },
      orderBy: [{ name: "asc" }],
    }).map((label) => ({ id: label.id, name: label.name, color: label.color })),
    blockers: db.todo_items.findMany({
      where: {
        deleted_at: null,
        "todo_item_blocks.blocking": { some: { blocked_id: { equals: changed.id } } },
      },
      orderBy: [{ rank: "asc" }],
    }).map((blocker) => ({
      id: blocker.id,
      title: blocker.title,
      priority: blocker.priority,
      due: blocker.due_on !== null
        ? { kind: "day", date: blocker.due_on }
        : blocker.due_at !== null
          ? { kind: "moment", at: blocker.due_at, grace_minutes: blocker.grace_minutes ?? 0 }
          : null,
      completed: blocker.completed_at !== null,
    })),
    parts: db.todo_items.findMany({
      where: { parent_id: { equals: changed.id }, deleted_at: null },
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
      completer: List.at(
        db.todo_members.findMany({ where: { id: { equals: part.completer_id ?? "" } } }).map((person) => ({
          id: person.id,
          handle: person.handle,
          display_name: person.display_name,
          avatar: person.avatar,
        })),
        0,
      ),
      labels: db.todo_labels.findMany({
        where: { "todo_item_labels.label": { some: { todo_item_id: { equals: part.id } } } },
        orderBy: [{ name: "asc" }],
      }).map((label) => ({ id: label.id, name: label.name, color: label.color })),
      blockers: db.todo_items.findMany({
        where: {
          deleted_at: null,
          "todo_item_blocks.blocking": { some: { blocked_id: { equals: part.id } } },
        },
        orderBy: [{ rank: "asc" }],
      }).map((blocker) => ({
        id: blocker.id,
        title: blocker.title,
        priority: blocker.priority,
        due: blocker.due_on !== null
          ? { kind: "day", date: blocker.due_on }
          : blocker.due_at !== null
            ? { kind: "moment", at: blocker.due_at, grace_minutes: blocker.grace_minutes ?? 0 }
            : null,
        completed: blocker.completed_at !== null,
      })),
      parts: [],
      recurrence: List.at(
        db.todo_item_recurrences.findMany({ where: { todo_item_id: { equals: part.id } } }).map(
          (rule) =>
            rule.frequency === "daily"
              ? {
                frequency: "daily",
                interval: rule.interval,
                end: rule.times !== null
                  ? { kind: "after", times: rule.times }
                  : rule.until_on !== null ? { kind: "on", date: rule.until_on } : null,
                working_days_only: rule.working_days_only ?? false,
              }
              : rule.frequency === "weekly"
                ? {
                  frequency: "weekly",
                  interval: rule.interval,
                  end: rule.times !== null
                    ? { kind: "after", times: rule.times }
                    : rule.until_on !== null ? { kind: "on", date: rule.until_on } : null,
                  weekdays: [0, 1, 2, 3, 4, 5, 6].filter(
                    (day) =>
                      Math.floor(
                        (rule.weekdays ?? 0) / (List.at([1, 2, 4, 8, 16, 32, 64], day) ?? 1),
                      )
                        % 2
                        === 1,
                  ),
                }
                : {
                  frequency: "monthly",
                  interval: rule.interval,
                  end: rule.times !== null
                    ? { kind: "after", times: rule.times }
                    : rule.until_on !== null ? { kind: "on", date: rule.until_on } : null,
                  on: rule.day_of_month !== null
                    ? { kind: "day", day: rule.day_of_month }
                    : {
                      kind: "weekday",
                      weekday: rule.weekday ?? 0,
                      week: rule.week === 1
                        ? 1
                        : rule.week === 2 ? 2 : rule.week === 3 ? 3 : rule.week === 4 ? 4 : -1,
                    },
                },
        ),
        0,
      ),
      created_at: part.created_at,
      updated_at: part.updated_at,
      completed_at: part.completed_at,
    })),
    recurrence: List.at(
      db.todo_item_recurrences.findMany({ where: { todo_item_id: { equals: changed.id } } }).map(
        (rule) =>
          rule.frequency === "daily"
            ? {
              frequency: "daily",
              interval: rule.interval,
              end: rule.times !== null
                ? { kind: "after", times: rule.times }
                : rule.until_on !== null ? { kind: "on", date: rule.until_on } : null,
              working_days_only: rule.working_days_only ?? false,
            }
            : rule.frequency === "weekly"
              ? {
                frequency: "weekly",
                interval: rule.interval,
                end: rule.times !== null
                  ? { kind: "after", times: rule.times }
                  : rule.until_on !== null ? { kind: "on", date: rule.until_on } : null,
                weekdays: [0, 1, 2, 3, 4, 5, 6].filter(
                  (day) =>
                    Math.floor((rule.weekdays ?? 0) / (List.at([1, 2, 4, 8, 16, 32, 64], day) ?? 1))
                      % 2
                      === 1,
                ),
              }
              : {
                frequency: "monthly",
                interval: rule.interval,
                end: rule.times !== null
                  ? { kind: "after", times: rule.times }
                  : rule.until_on !== null ? { kind: "on", date: rule.until_on } : null,
                on: rule.day_of_month !== null
                  ? { kind: "day", day: rule.day_of_month }
                  : {
                    kind: "weekday",
                    weekday: rule.weekday ?? 0,
                    week: rule.week === 1
                      ? 1
                      : rule.week === 2 ? 2 : rule.week === 3 ? 3 : rule.week === 4 ? 4 : -1,
                  },
              },
      ),
      0,
    ),
    created_at: changed.created_at,
    updated_at: changed.updated_at,
    completed_at: changed.completed_at,
  };
}
