type Key = "POST /lists/{listId}/link";

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
  if (db.todo_list_links.exists({ where: { todo_list_id: { equals: list.id } } })) {
    throw new Rejection(409, "the list has a link");
  }
  if (body.expires_at !== null && Time.isBefore(body.expires_at, now)) {
    throw new Rejection(409, "the link would have expired");
  }
  const link = db.todo_list_links.insert({
    data: {
      todo_list_id: list.id,
      secret: Security.randomText(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        22,
      ),
      password_hash: body.password === null ? null : Security.hashPassword(body.password),
      expires_at: body.expires_at,
      views: 0,
      created_at: now,
    },
  });
  return {
    secret: link.secret,
    protected: link.password_hash !== null,
    expires_at: link.expires_at,
    views: link.views,
  };
}
