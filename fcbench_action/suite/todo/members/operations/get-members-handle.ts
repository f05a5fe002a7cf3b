type Key = "GET /members/{handle}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const member = db.todo_members.findFirst({
    where: { handle: { equals: path.handle }, closed_at: null },
  });
  if (member === null) throw new Rejection(404, "no such member");
  return {
    id: member.id,
    handle: member.handle,
    display_name: member.display_name,
    avatar: member.avatar,
  };
}
