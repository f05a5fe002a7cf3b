type Key = "GET /items/{itemId}/reverts";

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
  const snapshots = db.todo_item_snapshots.findMany({
    where: { todo_item_id: { equals: item.id } },
  });
  return {
    data: db.todo_item_reverts.findMany({
      where: { source: { some: { todo_item_id: { equals: item.id } } } },
      orderBy: [{ created_at: "desc" }],
    }).map((revert) => ({
      id: revert.id,
      source_revision: List.find(
        snapshots,
        (snapshot) => snapshot.id === revert.source_id,
      )?.revision
        ?? 1,
      result_revision: List.find(
        snapshots,
        (snapshot) => snapshot.id === revert.result_id,
      )?.revision
        ?? 1,
      reason: revert.reason,
      member: List.at(
        db.todo_members.findMany({ where: { id: { equals: revert.todo_member_id ?? "" } } }).map((person) => ({
          id: person.id,
          handle: person.handle,
          display_name: person.display_name,
          avatar: person.avatar,
        })),
        0,
      ),
      created_at: revert.created_at,
    })),
  };
}
