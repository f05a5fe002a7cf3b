type Key = "DELETE /lists/{listId}/shares/{shareId}";

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
                some: { todo_member_id: { equals: actor.todo_member_id } },
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
  const mine = share.todo_member_id === actor.todo_member_id
    || list.todo_member_id === actor.todo_member_id;
  if (
    !mine
      && !db.todo_lists.exists({
        where: {
          AND: [
            { id: { equals: list.id } },
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
      })
  ) {
    throw new Rejection(404, "no such list");
  }
  if (!mine) throw new Rejection(403, "only the owner may do that");
  db.todo_list_shares.remove({ where: { id: { equals: share.id } } });
  return;
}
