type Key = "PUT /lists/{listId}/shares/{shareId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const list = db.todo_lists.findFirst({
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
  if (list === null) throw new Rejection(404, "no such list");
  const share = db.todo_list_shares.findFirst({
    where: { id: { equals: path.shareId }, todo_list_id: { equals: list.id } },
  });
  if (share === null) throw new Rejection(404, "no such share");
  if (list.todo_member_id !== actor.todo_member_id) {
    throw new Rejection(403, "only the owner may do that");
  }
  db.todo_list_shares.update({ where: { id: { equals: share.id } }, data: { role: body.role } });
  return {
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
    role: body.role,
    created_at: share.created_at,
    accepted_at: share.accepted_at,
  };
}
