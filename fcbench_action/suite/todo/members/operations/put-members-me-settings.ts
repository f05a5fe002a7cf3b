type Key = "PUT /members/me/settings";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const settings = db.todo_member_settings.findFirst({
    where: { todo_member_id: { equals: actor.todo_member_id } },
  });
  if (settings === null) throw new Rejection(404, "no settings");
  db.todo_member_settings.update({
    where: { id: { equals: settings.id } },
    data: {
      time_zone: body.time_zone ?? settings.time_zone,
      week_starts_on: body.week_starts_on ?? settings.week_starts_on,
      reminder_mails: body.reminder_mails ?? settings.reminder_mails,
      digest_time: Json.has(body, "digest_time") ? body.digest_time : settings.digest_time,
    },
  });
  const changed = db.todo_member_settings.findFirst({ where: { id: { equals: settings.id } } });
  if (changed === null) throw new Rejection(404, "no settings");
  return {
    time_zone: changed.time_zone,
    week_starts_on: changed.week_starts_on,
    reminder_mails: changed.reminder_mails,
    digest_time: changed.digest_time,
  };
}
