type Key = "PATCH /lists";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const lists = db.todo_lists.findMany({
    where: {
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
  }).filter(
    (list) =>
      (body.archived === true || list.archived_at === null)
        && Text.contains(Text.lower(list.name), Text.lower(body.search ?? ""))
        && (
          body.roles === null
            || body.roles.includes(
              list.todo_member_id === actor.todo_member_id
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
            )
        ),
  );
  const sorted = body.order === "name"
    ? List.sortBy(lists, (list) => list.name, "asc")
    : body.order === "updated_at"
      ? List.sortBy(lists, (list) => list.updated_at, "desc")
      : List.sortBy(lists, (list) => list.position, "asc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((list) => ({
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
    })),
  };
}
