type Key = "GET /accounts/{username}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  return {
    id: account.id,
    username: account.username,
    post_karma: account.post_karma,
    comment_karma: account.comment_karma,
    created_at: account.created_at,
    trophies: db.reddit_trophies.findMany({
      where: { reddit_account_id: { equals: account.id } },
      orderBy: [{ awarded_at: "asc" }],
    }).map((trophy) => trophy.kind === "debated" ? "debated" : "first_up_vote"),
  };
}
