type Key = "PUT /accounts/{username}/block";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  if (account.id === actor.id) throw new Rejection(409, "nobody blocks oneself");
  if (db.reddit_blocks.exists({
    where: { reddit_account_id: { equals: actor.id }, blocked_id: { equals: account.id } },
  })) {
    throw new Rejection(409, "blocked already");
  }
  db.reddit_blocks.insert({
    data: { reddit_account_id: actor.id, blocked_id: account.id, created_at: now },
  });
  return;
}
