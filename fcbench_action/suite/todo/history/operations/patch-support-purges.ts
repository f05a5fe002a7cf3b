type Key = "PATCH /support/purges";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const asker = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (asker === null) throw new Rejection(404, "no such member");
  if (!Text.endsWith(asker.email, "@todo.example")) throw new Rejection(403, "only for support");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const owner = db.todo_members.findFirst({ where: { handle: { equals: body.handle } } });
  if (owner === null) throw new Rejection(404, "no such member");
  const receipts = db.todo_purges.findMany({
    where: { todo_member_id: { equals: owner.id } },
    orderBy: [{ created_at: "desc" }],
  }).filter((receipt) => body.automatic === null || receipt.automatic === body.automatic);
  return {
    pagination: {
      current: page,
      limit: limit,
      records: receipts.length,
      pages: Math.ceil(receipts.length / limit),
    },
    data: receipts.slice((page - 1) * limit, page * limit).map((receipt) => ({
      id: receipt.id,
      item_id: receipt.item_id,
      list_id: receipt.list_id,
      title: receipt.title,
      automatic: receipt.automatic,
      created_at: receipt.created_at,
    })),
  };
}
