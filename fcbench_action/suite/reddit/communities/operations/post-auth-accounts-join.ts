type Key = "POST /auth/accounts/join";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const email = Text.lower(body.email);
  if (db.reddit_accounts.exists({ where: { username: { equals: body.username } } })) {
    throw new Rejection(409, "the username is taken");
  }
  if (db.reddit_accounts.exists({ where: { email: { equals: email } } })) {
    throw new Rejection(409, "the address is taken");
  }
  const account = db.reddit_accounts.insert({
    data: {
      username: body.username,
      email: email,
      password_hash: Security.hashPassword(body.password),
      post_karma: 0,
      comment_karma: 0,
      created_at: now,
    },
  });
  return {
    account: {
      id: account.id,
      username: account.username,
      email: account.email,
      post_karma: account.post_karma,
      comment_karma: account.comment_karma,
      created_at: account.created_at,
    },
    token: Security.issueToken(account.id),
  };
}
