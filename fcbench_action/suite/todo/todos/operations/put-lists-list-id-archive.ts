type Key = "PUT /lists/{listId}/archive";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const before = db.todo_lists.findFirst({
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
  if (before === null) throw new Rejection(404, "no such list");
  if (before.todo_member_id !== actor.todo_member_id) {
    throw new Rejection(403, "only the owner may do that");
  }
  if (before.archived_at !== null) throw new Rejection(409, "the list is archived");
  db.todo_lists.update({
    where: { id: { equals: before.id } },
    data: { archived_at: now, updated_at: now },
  });
  const list = db.todo_lists.findFirst({ where: { id: { equals: before.id } } });
  if (list === null) throw new Rejection(404, "no such list");
  return {
    id: list.id,
    owner: List.at(
      db.todo_members.findMany({ where: { id: { equals: list.todo_member_id } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    )
      ?? ({ id: list.todo_member_id, handle: "nobody", display_name: "Nobody", avatar: null }),
    name: list.name,
    color: list.color,
    position: list.position,
    role: "owner",
    shares: db.todo_list_shares.findMany({
      where: { todo_list_id: { equals: list.id } },
      orderBy: [{ created_at: "asc" }],
    }).map((share) => ({
      id: share.id,
      member: List.at(
        db.todo_members.findMany({ where: { id: { equals: share.todo_member_id } } }).map((person) => ({
          id: person.id,
          handle: person.handle,
          display_name: person.display_name,
          avatar: person.avatar,
        })),
        0,
      )
        ?? ({ id: share.todo_member_id, handle: "nobody", display_name: "Nobody", avatar: null }),
      role: share.role === "editor" ? "editor" : "viewer",
      created_at: share.created_at,
      accepted_at: share.accepted_at,
    })),
    open_items: db.todo_items.count({
      where: { todo_list_id: { equals: list.id }, completed_at: null, deleted_at: null },
    }),
    created_at: list.created_at,
    updated_at: list.updated_at,
    archived_at: list.archived_at,
  };
}
