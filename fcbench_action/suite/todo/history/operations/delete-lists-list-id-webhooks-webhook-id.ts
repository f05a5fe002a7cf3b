type Key = "DELETE /lists/{listId}/webhooks/{webhookId}";

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
  const webhook = db.todo_webhooks.findFirst({
    where: { id: { equals: path.webhookId }, todo_list_id: { equals: list.id } },
  });
  if (webhook === null) throw new Rejection(404, "no such webhook");
  if (list.todo_member_id !== actor.todo_member_id) {
    throw new Rejection(403, "only the owner may do that");
  }
  db.todo_webhooks.remove({ where: { id: { equals: webhook.id } } });
  return;
}
