type Key = "PUT /lists/{listId}/shares/{shareId}/acceptance";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const invitation = db.todo_list_shares.findFirst({
    where: {
      id: { equals: path.shareId },
      todo_list_id: { equals: path.listId },
      todo_member_id: { equals: actor.todo_member_id },
    },
  });
  if (invitation === null) throw new Rejection(404, "no such share");
  if (invitation.accepted_at !== null) throw new Rejection(409, "the share was accepted before");
  db.todo_list_shares.update({
    where: { id: { equals: invitation.id } },
    data: { accepted_at: now },
  });
  const list = db.todo_lists.findFirst({ where: { id: { equals: invitation.todo_list_id } } });
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
