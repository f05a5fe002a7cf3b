type Key = "POST /items/{itemId}/files";

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
  if (db.todo_item_files.exists({
    where: { todo_item_id: { equals: item.id }, name: { equals: body.name } },
  })) {
    throw new Rejection(409, "the item has a file of that name");
  }
  const file = db.todo_item_files.insert({
    data: {
      todo_item_id: item.id,
      uploader_id: actor.todo_member_id,
      name: body.name,
      location: body.location,
      bytes: body.bytes,
      arrived: 0.0,
      created_at: now,
    },
  });
  return {
    id: file.id,
    name: file.name,
    location: file.location,
    bytes: file.bytes,
    arrived: file.arrived,
    uploader: List.at(
      db.todo_members.findMany({ where: { id: { equals: file.uploader_id ?? "" } } }).map((person) => ({
        id: person.id,
        handle: person.handle,
        display_name: person.display_name,
        avatar: person.avatar,
      })),
      0,
    ),
    created_at: file.created_at,
  };
}
