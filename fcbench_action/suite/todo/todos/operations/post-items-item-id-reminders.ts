type Key = "POST /items/{itemId}/reminders";

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
  if (db.todo_item_reminders.exists({
    where: {
      todo_item_id: { equals: item.id },
      todo_member_id: { equals: actor.todo_member_id },
      remind_at: { equals: body.remind_at },
    },
  })) {
    throw new Rejection(409, "there is a reminder for that moment");
  }
  const reminder = db.todo_item_reminders.insert({
    data: {
      todo_item_id: item.id,
      todo_member_id: actor.todo_member_id,
      channel: body.channel,
      settings: body.channel === "email"
        ? `{"subject":${body.subject === null
          ? "null"
          : `"${Text.join(
            Text.split(Text.join(Text.split(body.subject, "\\"), "\\\\"), "\""),
            "\\\"",
          )}"`},"email":"${Text.join(
          Text.split(Text.join(Text.split(body.email, "\\"), "\\\\"), "\""),
          "\\\"",
        )}"}`
        : `{"sound":"${body.sound}","devices":["${Text.join(body.devices, "\",\"")}"]}`,
      remind_at: body.remind_at,
      sent_at: null,
    },
  });
  return body.channel === "email"
    ? {
      id: reminder.id,
      channel: "email",
      remind_at: body.remind_at,
      subject: body.subject,
      email: body.email,
      sent_at: null,
    }
    : {
      id: reminder.id,
      channel: "push",
      remind_at: body.remind_at,
      sound: body.sound,
      devices: body.devices,
      sent_at: null,
    };
}
