type Key = "POST /items/{itemId}/recurrence/skips";

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
  const kept = db.todo_item_recurrences.findFirst({ where: { todo_item_id: { equals: item.id } } });
  if (kept === null) throw new Rejection(404, "the item does not recur");
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
  const days = kept.frequency === "weekly" ? kept.interval * 7 : kept.interval;
  const following = List.at(
    Text.split(Time.addSeconds(`${body.date}T00:00:00.000Z`, days * 86400), "T"),
    0,
  )
    ?? body.date;
  db.todo_item_recurrences.update({
    where: { id: { equals: kept.id } },
    data: { occurrences: kept.occurrences + 1 },
  });
  const over = kept.frequency === "monthly"
    || kept.times !== null && kept.occurrences + 1 >= kept.times
    || kept.until_on !== null && following > kept.until_on;
  return {
    rule: kept.frequency === "daily"
      ? {
        frequency: "daily",
        interval: kept.interval,
        end: kept.times !== null
          ? { kind: "after", times: kept.times }
          : kept.until_on !== null ? { kind: "on", date: kept.until_on } : null,
        working_days_only: kept.working_days_only ?? false,
      }
      : kept.frequency === "weekly"
        ? {
          frequency: "weekly",
          interval: kept.interval,
          end: kept.times !== null
            ? { kind: "after", times: kept.times }
            : kept.until_on !== null ? { kind: "on", date: kept.until_on } : null,
          weekdays: [0, 1, 2, 3, 4, 5, 6].filter(
            (day) =>
              Math.floor((kept.weekdays ?? 0) / (List.at([1, 2, 4, 8, 16, 32, 64], day) ?? 1)) % 2
                === 1,
          ),
        }
        : {
          frequency: "monthly",
          interval: kept.interval,
          end: kept.times !== null
            ? { kind: "after", times: kept.times }
            : kept.until_on !== null ? { kind: "on", date: kept.until_on } : null,
          on: kept.day_of_month !== null
            ? { kind: "day", day: kept.day_of_month }
            : {
              kind: "weekday",
              weekday: kept.weekday ?? 0,
              week: kept.week === 1
                ? 1
                : kept.week === 2 ? 2 : kept.week === 3 ? 3 : kept.week === 4 ? 4 : -1,
            },
        },
    skipped: body.date,
    next: over ? null : following,
  };
}
