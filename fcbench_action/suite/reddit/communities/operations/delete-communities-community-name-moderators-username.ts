type Key = "DELETE /communities/{communityName}/moderators/{username}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  const moderator = db.reddit_moderators.findFirst({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: account.id },
    },
  });
  if (moderator === null) throw new Rejection(404, "no such moderator");
  if (
    account.id !== actor.id
      && !db.reddit_moderators.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { reddit_account_id: { equals: actor.id } },
            { manages: { equals: true } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "only managers may do that");
  }
  if (
    moderator.manages
      && moderator.accepted_at !== null
      && db.reddit_moderators.count({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { manages: { equals: true } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
        === 1
  ) {
    throw new Rejection(409, "somebody has to manage it");
  }
  db.reddit_moderators.remove({ where: { id: { equals: moderator.id } } });
  return;
}
