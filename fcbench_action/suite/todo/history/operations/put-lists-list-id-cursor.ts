type Key = "PUT /lists/{listId}/cursor";

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
  const last = db.todo_events.maximum("sequence", { where: { todo_list_id: { equals: list.id } } })
    ?? 0;
  if (body.sequence > last) throw new Rejection(409, "there is no such event yet");
  db.todo_event_cursors.remove({
    where: { todo_member_id: { equals: actor.todo_member_id }, todo_list_id: { equals: list.id } },
  });
  db.todo_event_cursors.insert({
    data: {
      todo_member_id: actor.todo_member_id,
      todo_list_id: list.id,
      sequence: body.sequence,
      updated_at: now,
    },
  });
  return {
    sequence: body.sequence,
    unread: db.todo_events.count({
      where: { todo_list_id: { equals: list.id }, sequence: { gt: body.sequence } },
    }),
    updated_at: now,
  };
}
