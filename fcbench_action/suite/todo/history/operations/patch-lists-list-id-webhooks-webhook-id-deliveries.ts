type Key = "PATCH /lists/{listId}/webhooks/{webhookId}/deliveries";

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
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const deliveries = db.todo_webhook_deliveries.findMany({
    where: { todo_webhook_id: { equals: webhook.id } },
    orderBy: [{ created_at: "desc" }],
  }).filter(
    (delivery) => body.failed !== true || delivery.status === null || delivery.status >= 400,
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: deliveries.length,
      pages: Math.ceil(deliveries.length / limit),
    },
    data: deliveries.slice((page - 1) * limit, page * limit).map((delivery) => ({
      id: delivery.id,
      sequence: db.todo_events.findFirst({
        where: { id: { equals: delivery.todo_event_id } },
      })?.sequence
        ?? 1,
      attempt: delivery.attempt,
      created_at: delivery.created_at,
      milliseconds: delivery.milliseconds,
      result: delivery.status !== null
        ? { kind: "answered", status: delivery.status }
        : { kind: "unreachable", cause: "timeout" },
    })),
  };
}
