type Key = "PUT /members/me";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const before = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (before === null) throw new Rejection(404, "no such member");
  const handle = body.handle ?? before.handle;
  if (db.todo_members.exists({ where: { handle: { equals: handle }, id: { not: before.id } } })) {
    throw new Rejection(409, "the handle is taken");
  }
  db.todo_members.update({
    where: { id: { equals: before.id } },
    data: {
      handle: handle,
      display_name: body.display_name ?? before.display_name,
      avatar: Json.has(body, "avatar") ? body.avatar : before.avatar,
      updated_at: now,
    },
  });
  const member = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (member === null) throw new Rejection(404, "no such member");
  const settings = db.todo_member_settings.findFirst({
    where: { todo_member_id: { equals: member.id } },
  });
  if (settings === null) throw new Rejection(404, "no settings");
  return {
    id: member.id,
    email: member.email,
    handle: member.handle,
    display_name: member.display_name,
    avatar: member.avatar,
    email_verified_at: member.email_verified_at,
    created_at: member.created_at,
    settings: {
      time_zone: settings.time_zone,
      week_starts_on: settings.week_starts_on,
      reminder_mails: settings.reminder_mails,
      digest_time: settings.digest_time,
    },
  };
}
