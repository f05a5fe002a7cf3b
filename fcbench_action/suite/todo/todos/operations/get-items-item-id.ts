type Key = "GET /items/{itemId}";

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
    completer: List.at(
      db.todo_members.findMany({ where: { id: { equals: item.completer_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    labels: db.todo_labels.findMany({
      where: { "todo_item_labels.label": { some: { todo_item_id: { equals: item.id } } } },
      orderBy: [{ name: "asc" }],
    }).map((label) => ({ id: label.id, name: label.name, color: label.color })),
    blockers: db.todo_items.findMany({
      where: {
        deleted_at: null,
        "todo_item_blocks.blocking": { some: { blocked_id: { equals: item.id } } },
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
      where: { parent_id: { equals: item.id }, deleted_at: null },
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
      db.todo_item_recurrences.findMany({ where: { todo_item_id: { equals: item.id } } }).map(
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
    created_at: item.created_at,
    updated_at: item.updated_at,
    completed_at: item.completed_at,
  };
}
