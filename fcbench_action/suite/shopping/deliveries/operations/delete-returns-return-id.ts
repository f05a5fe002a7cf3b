type Key = "DELETE /returns/{returnId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const entry = db.shopping_returns.findFirst({
    where: {
      id: { equals: path.returnId },
      line: {
        some: { order: { some: { shopping_member_id: { equals: actor.id }, hidden_at: null } } },
      },
    },
  });
  if (entry === null) throw new Rejection(404, "no such return");
  if (entry.state !== "requested") throw new Rejection(409, "it is decided already");
  db.shopping_returns.remove({ where: { id: { equals: entry.id } } });
  return;
}
