type Key = "PATCH /trash";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const items = db.todo_items.findMany({
    where: {
      AND: [
        { NOT: { deleted_at: null } },
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
      ],
    },
  });
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
  });
  const entries = List.sortBy(
    db.todo_trash_entries.findMany({
      where: {
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
    }),
    (entry) => entry.created_at,
    "desc",
  ).filter(
    (entry) =>
      items.some(
        (item) =>
          item.id === entry.todo_item_id
            && (body.list_id === null || item.todo_list_id === body.list_id)
            && Text.contains(Text.lower(item.title), Text.lower(body.search ?? "")),
      )
        && (
          body.span === null
            || !Time.isBefore(entry.created_at, body.span.since)
              && Time.isBefore(entry.created_at, body.span.until)
        ),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: entries.length,
      pages: Math.ceil(entries.length / limit),
    },
    data: entries.slice((page - 1) * limit, page * limit).map((entry) => ({
      id: entry.id,
      item: List.at(
        items.filter((item) => item.id === entry.todo_item_id).map((item) => ({
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
        ?? ({ id: entry.todo_item_id, title: "Nothing", priority: 0, due: null, completed: false }),
      list: List.at(
        lists.filter((list) => items.some(
          (item) => item.id === entry.todo_item_id && item.todo_list_id === list.id,
        )).map((list) => ({
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
        0,
      )
        ?? ({
          id: entry.todo_item_id,
          name: "Nothing",
          color: null,
          role: "viewer",
          open_items: 0,
          archived: false,
        }),
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
    })),
  };
}
