type Key = "POST /lists/{listId}/webhooks";

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
  if (list.todo_member_id !== actor.todo_member_id) {
    throw new Rejection(403, "only the owner may do that");
  }
  if (db.todo_webhooks.exists({
    where: { todo_list_id: { equals: list.id }, target: { equals: body.target } },
  })) {
    throw new Rejection(409, "the target is there already");
  }
  const webhook = db.todo_webhooks.insert({
    data: {
      todo_list_id: list.id,
      creator_id: actor.todo_member_id,
      target: body.target,
      kinds: body.events === "all" ? "all" : Text.join(body.events, " "),
      secret_hash: Security.digest(
        body.secret
          ?? Security.randomText(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            32,
          ),
      ),
      active: true,
      created_at: now,
    },
  });
  return {
    id: webhook.id,
    target: webhook.target,
    events: body.events,
    active: webhook.active,
    created_at: webhook.created_at,
  };
}
