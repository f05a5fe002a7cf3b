type Key = "GET /lists/{listId}/cursor";

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
  const cursor = db.todo_event_cursors.findFirst({
    where: { todo_member_id: { equals: actor.todo_member_id }, todo_list_id: { equals: list.id } },
  });
  const sequence = cursor?.sequence ?? 0;
  return {
    sequence: sequence,
    unread: db.todo_events.count({
      where: { todo_list_id: { equals: list.id }, sequence: { gt: sequence } },
    }),
    updated_at: cursor?.updated_at ?? null,
  };
}
