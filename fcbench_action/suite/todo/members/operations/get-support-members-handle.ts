type Key = "GET /support/members/{handle}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const asker = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (asker === null) throw new Rejection(404, "no such member");
  if (!Text.endsWith(asker.email, "@todo.example")) throw new Rejection(403, "only for support");
  const member = db.todo_members.findFirst({ where: { handle: { equals: path.handle } } });
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
