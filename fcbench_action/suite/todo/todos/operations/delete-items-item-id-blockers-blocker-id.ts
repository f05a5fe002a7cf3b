type Key = "DELETE /items/{itemId}/blockers/{blockerId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const item = db.todo_items.findFirst({
    where: {
      id: { equals: path.itemId },
      deleted_at: null,
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
  });
  if (item === null) throw new Rejection(404, "no such item");
  const block = db.todo_item_blocks.findFirst({
    where: { blocked_id: { equals: item.id }, blocking_id: { equals: path.blockerId } },
  });
  if (block === null) throw new Rejection(404, "that does not block the item");
  if (!db.todo_lists.exists({
    where: {
      AND: [
        { id: { equals: item.todo_list_id } },
        {
          OR: [
            { todo_member_id: { equals: actor.todo_member_id } },
            {
              "todo_list_shares.list": {
                some: {
                  AND: [
                    { todo_member_id: { equals: actor.todo_member_id } },
                    { role: { equals: "editor" } },
                    { NOT: { accepted_at: null } },
                  ],
                },
              },
            },
          ],
        },
      ],
    },
  })) {
    throw new Rejection(403, "only editors may do that");
  }
  db.todo_item_blocks.remove({ where: { id: { equals: block.id } } });
  db.todo_items.update({ where: { id: { equals: item.id } }, data: { updated_at: now } });
  return;
}
