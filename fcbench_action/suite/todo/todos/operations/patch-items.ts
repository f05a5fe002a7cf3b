type Key = "PATCH /items";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const tooDeep = body.filter !== null
    && (
      (body.filter.kind === "all" || body.filter.kind === "any")
        && body.filter.of.some(
          (inner) => inner.kind === "all" || inner.kind === "any" || inner.kind === "not",
        )
        || body.filter.kind === "not"
          && (
            body.filter.of.kind === "all"
              || body.filter.of.kind === "any"
              || body.filter.of.kind === "not"
          )
    );
  if (tooDeep) throw new Rejection(409, "the filter nests too deep");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const rows = db.todo_items.findMany({
    where: {
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
    orderBy: [{ rank: "asc" }, { created_at: "asc" }],
  });
  const filter = body.filter;
  const filters = List.concat(
    filter !== null && (filter.kind === "all" || filter.kind === "any") ? filter.of : [],
    filter !== null && filter.kind === "not" ? [filter.of] : [],
    filter !== null && filter.kind !== "all" && filter.kind !== "any" && filter.kind !== "not"
      ? [filter]
      : [],
  );
  const found = rows.map((row) => ({
    row: row,
    hits: filters.filter(
      (inner) =>
        inner.kind === "text"
          ? Text.contains(Text.lower(row.title), Text.lower(inner.words))
            || Text.contains(Text.lower(row.note ?? ""), Text.lower(inner.words))
          : inner.kind === "label"
            ? db.todo_item_labels.exists({
              where: {
                todo_item_id: { equals: row.id },
                todo_label_id: { equals: inner.label_id },
              },
            })
            : inner.kind === "assigned"
              ? row.assignee_id === inner.member_id
              : inner.kind === "due"
                ? (row.due_on ?? List.at(Text.split(row.due_at ?? "", "T"), 0) ?? "") !== ""
                  && (
                    inner.from === null
                      || (row.due_on ?? List.at(Text.split(row.due_at ?? "", "T"), 0) ?? "")
                        >= inner.from
                  )
                  && (
                    inner.to === null
                      || (row.due_on ?? List.at(Text.split(row.due_at ?? "", "T"), 0) ?? "")
                        <= inner.to
                  )
                : inner.kind === "completed"
                  ? (row.completed_at !== null) === inner.value
                  : inner.kind === "priority" ? row.priority >= inner.at_least : false,
    ).length,
  })).filter(
    (tried) =>
      filter !== null && filter.kind === "any"
        ? tried.hits > 0
        : filter !== null && filter.kind === "not"
          ? tried.hits === 0
          : tried.hits === filters.length,
  ).map((tried) => tried.row);
  const criteria = body.order ?? [];
  const criterion2 = List.at(criteria, 2);
  const by1 = criterion2 === null
    ? found
    : criterion2.descending === true
      ? List.sortBy(
        found,
        (row) =>
          criterion2.by === "rank"
            ? `${1000000000 + row.rank}`
            : criterion2.by === "priority"
              ? `${row.priority}`
              : criterion2.by === "due" ? row.due_on ?? row.due_at ?? "none" : row.created_at,
        "desc",
      )
      : List.sortBy(
        found,
        (row) =>
          criterion2.by === "rank"
            ? `${1000000000 + row.rank}`
            : criterion2.by === "priority"
              ? `${row.priority}`
              : criterion2.by === "due" ? row.due_on ?? row.due_at ?? "none" : row.created_at,
        "asc",
      );
  const criterion1 = List.at(criteria, 1);
  const by2 = criterion1 === null
    ? by1
    : criterion1.descending === true
      ? List.sortBy(
        by1,
        (row) =>
          criterion1.by === "rank"
            ? `${1000000000 + row.rank}`
            : criterion1.by === "priority"
              ? `${row.priority}`
              : criterion1.by === "due" ? row.due_on ?? row.due_at ?? "none" : row.created_at,
        "desc",
      )
      : List.sortBy(
        by1,
        (row) =>
          criterion1.by === "rank"
            ? `${1000000000 + row.rank}`
            : criterion1.by === "priority"
              ? `${row.priority}`
              : criterion1.by === "due" ? row.due_on ?? row.due_at ?? "none" : row.created_at,
        "asc",
      );
  const criterion0 = List.at(criteria, 0);
  const by3 = criterion0 === null
    ? by2
    : criterion0.descending === true
      ? List.sortBy(
        by2,
        (row) =>
          criterion0.by === "rank"
            ? `${1000000000 + row.rank}`
            : criterion0.by === "priority"
              ? `${row.priority}`
              : criterion0.by === "due" ? row.due_on ?? row.due_at ?? "none" : row.created_at,
        "desc",
      )
      : List.sortBy(
        by2,
        (row) =>
          criterion0.by === "rank"
            ? `${1000000000 + row.rank}`
            : criterion0.by === "priority"
              ? `${row.priority}`
              : criterion0.by === "due" ? row.due_on ?? row.due_at ?? "none" : row.created_at,
        "asc",
      );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: by3.length,
      pages: Math.ceil(by3.length / limit),
    },
    data: by3.slice((page - 1) * limit, page * limit).map((row) => ({
      id: row.id,
      title: row.title,
      priority: row.priority,
      due: row.due_on !== null
        ? { kind: "day", date: row.due_on }
        : row.due_at !== null
          ? { kind: "moment", at: row.due_at, grace_minutes: row.grace_minutes ?? 0 }
          : null,
      completed: row.completed_at !== null,
    })),
  };
}
