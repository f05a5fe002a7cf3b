type Key = "GET /links/{secret}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const link = db.todo_list_links.findFirst({ where: { secret: { equals: path.secret } } });
  if (link === null) throw new Rejection(404, "no such link");
  if (link.expires_at !== null && !Time.isBefore(now, link.expires_at)) {
    throw new Rejection(404, "the link has expired");
  }
  if (link.password_hash !== null) throw new Rejection(403, "the link has a password");
  const list = db.todo_lists.findFirst({ where: { id: { equals: link.todo_list_id } } });
  if (list === null) throw new Rejection(404, "no such list");
  db.todo_list_links.update({
    where: { id: { equals: link.id } },
    data: { views: link.views + 1 },
  });
  return {
    name: list.name,
    color: list.color,
    items: db.todo_items.findMany({
      where: { todo_list_id: { equals: list.id }, completed_at: null, deleted_at: null },
      orderBy: [{ rank: "asc" }],
    }).map((item) => ({
      id: item.id,
      title: item.title,
      priority: item.priority,
      due: item.due_on !== null
        ? { kind: "day", date: item.due_on }
        : item.due_at !== null
          ? { kind: "moment", at: item.due_at, grace_minutes: item.grace_minutes ?? 0 }
          : null,
      completed: item.completed_at !== null,
    })),
  };
}
