type Key = "DELETE /items/{itemId}/files/{fileId}";

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
  const file = db.todo_item_files.findFirst({
    where: { id: { equals: path.fileId }, todo_item_id: { equals: item.id } },
  });
  if (file === null) throw new Rejection(404, "no such file");
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
  db.todo_item_files.remove({ where: { id: { equals: file.id } } });
  return;
}
