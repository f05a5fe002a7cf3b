type Key = "DELETE /accounts/{username}/block";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  const block = db.reddit_blocks.findFirst({
    where: { reddit_account_id: { equals: actor.id }, blocked_id: { equals: account.id } },
  });
  if (block === null) throw new Rejection(404, "not blocked");
  db.reddit_blocks.remove({ where: { id: { equals: block.id } } });
  return;
}
