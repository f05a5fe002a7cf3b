type Key = "DELETE /communities/{communityName}/bans/{username}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  const ban = db.reddit_bans.findFirst({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: account.id } },
        { lifted_at: null },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  });
  if (ban === null) throw new Rejection(404, "no ban is in force");
  if (!db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only moderators may do that");
  }
  db.reddit_bans.update({ where: { id: { equals: ban.id } }, data: { lifted_at: now } });
  return;
}
