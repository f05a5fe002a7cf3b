type Key = "DELETE /members/me/email-changes/{emailChangeId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const request = db.todo_email_changes.findFirst({
    where: { id: { equals: path.emailChangeId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (request === null) throw new Rejection(404, "no such request");
  if (request.confirmed_at !== null) throw new Rejection(409, "the request was confirmed");
  db.todo_email_changes.remove({ where: { id: { equals: request.id } } });
  return;
}
