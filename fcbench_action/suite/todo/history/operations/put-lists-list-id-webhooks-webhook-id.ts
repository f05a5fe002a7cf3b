type Key = "PUT /lists/{listId}/webhooks/{webhookId}";

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
  db.todo_webhooks.update({ where: { id: { equals: webhook.id } }, data: { active: body.active } });
  return {
    id: webhook.id,
    target: webhook.target,
    events: webhook.kinds === "all"
      ? "all"
      : Text.split(webhook.kinds, " ").map(
        (kind) =>
          kind === "item_created"
            ? "item_created"
            : kind === "item_changed"
              ? "item_changed"
              : kind === "item_moved"
                ? "item_moved"
                : kind === "item_removed"
                  ? "item_removed"
                  : kind === "list_shared" ? "list_shared" : "list_renamed",
      ),
    active: body.active,
    created_at: webhook.created_at,
  };
}
