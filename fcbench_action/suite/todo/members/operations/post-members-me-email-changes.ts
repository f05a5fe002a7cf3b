type Key = "POST /members/me/email-changes";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.new_email);
  if (db.todo_members.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  const id = Security.uuid();
  const code = Security.randomText("0123456789", 6);
  const request = db.todo_email_changes.insert({
    data: {
      id: id,
      todo_member_id: actor.todo_member_id,
      new_email: email,
      code_hash: Security.digest(`${id}:${code}`),
      created_at: now,
      expires_at: Time.addSeconds(now, 86400),
      confirmed_at: null,
    },
  });
  return {
    id: request.id,
    new_email: request.new_email,
    created_at: request.created_at,
    expires_at: request.expires_at,
    confirmed_at: request.confirmed_at,
  };
}
