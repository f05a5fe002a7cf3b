type Key = "DELETE /items/{itemId}/reminders/{reminderId}";

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
  const reminder = db.todo_item_reminders.findFirst({
    where: {
      id: { equals: path.reminderId },
      todo_item_id: { equals: item.id },
      todo_member_id: { equals: actor.todo_member_id },
    },
  });
  if (reminder === null) throw new Rejection(404, "no such reminder");
  db.todo_item_reminders.remove({ where: { id: { equals: reminder.id } } });
  return;
}
