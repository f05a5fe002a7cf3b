type Key = "PUT /members/me/email-changes/{emailChangeId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const request = db.todo_email_changes.findFirst({
    where: { id: { equals: path.emailChangeId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (request === null) throw new Rejection(404, "no such request");
  if (Security.digest(`${request.id}:${body.code}`) !== request.code_hash) {
    throw new Rejection(403, "the code is wrong");
  }
  if (request.confirmed_at !== null || !Time.isBefore(now, request.expires_at)) {
    throw new Rejection(409, "the request cannot be confirmed any more");
  }
  if (db.todo_members.exists({ where: { email: { equals: request.new_email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  db.todo_email_changes.update({
    where: { id: { equals: request.id } },
    data: { confirmed_at: now },
  });
  db.todo_members.update({
    where: { id: { equals: actor.todo_member_id } },
    data: { email: request.new_email, email_verified_at: now, updated_at: now },
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
