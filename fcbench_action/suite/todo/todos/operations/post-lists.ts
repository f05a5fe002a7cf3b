type Key = "POST /lists";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (db.todo_lists.exists({
    where: { todo_member_id: { equals: actor.todo_member_id }, name: { equals: body.name } },
  })) {
    throw new Rejection(409, "the name is taken");
  }
  const list = db.todo_lists.insert({
    data: {
      todo_member_id: actor.todo_member_id,
      name: body.name,
      color: body.color,
      position: (
        db.todo_lists.maximum("position", {
          where: { todo_member_id: { equals: actor.todo_member_id } },
        })
          ?? -1
      )
        + 1,
      created_at: now,
      updated_at: now,
      archived_at: null,
    },
  });
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
