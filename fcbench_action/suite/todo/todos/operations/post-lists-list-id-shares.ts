type Key = "POST /lists/{listId}/shares";

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
  const guest = db.todo_members.findFirst({
    where: { handle: { equals: body.handle }, closed_at: null },
  });
  if (guest === null) throw new Rejection(404, "no such member");
  if (list.todo_member_id !== actor.todo_member_id) {
    throw new Rejection(403, "only the owner may do that");
  }
  if (guest.id === actor.todo_member_id) throw new Rejection(409, "the list is your own");
  if (db.todo_list_shares.exists({
    where: { todo_list_id: { equals: list.id }, todo_member_id: { equals: guest.id } },
  })) {
    throw new Rejection(409, "the list is shared with this member");
  }
  const share = db.todo_list_shares.insert({
    data: {
      todo_list_id: list.id,
      todo_member_id: guest.id,
      invited_by_id: actor.todo_member_id,
      role: body.role,
      created_at: now,
      accepted_at: null,
    },
  });
  db.todo_events.insert({
    data: {
      todo_list_id: list.id,
      actor_id: actor.todo_member_id,
      sequence: (
        db.todo_events.maximum("sequence", { where: { todo_list_id: { equals: list.id } } }) ?? 0
      )
        + 1,
      kind: "list_shared",
      content: `${guest.id} ${body.role}`,
      item_id: null,
      created_at: now,
    },
  });
  return {
    id: share.id,
    member: {
      id: guest.id,
      handle: guest.handle,
      display_name: guest.display_name,
      avatar: guest.avatar,
    },
    role: body.role,
    created_at: share.created_at,
    accepted_at: null,
  };
}
