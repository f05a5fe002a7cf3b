type Key = "PUT /communities/{communityName}/bans/{username}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
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
  if (db.reddit_moderators.exists({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: account.id },
    },
  })) {
    throw new Rejection(409, "moderators are not banned");
  }
  if (db.reddit_bans.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: account.id } },
        { lifted_at: null },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  })) {
    throw new Rejection(409, "banned already");
  }
  const membership = db.reddit_memberships.findFirst({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: account.id },
    },
  });
  if (membership !== null) {
    db.reddit_memberships.remove({ where: { id: { equals: membership.id } } });
    if (membership.approved_at !== null) {
      db.reddit_communities.update({
        where: { id: { equals: community.id } },
        data: { members: community.members - 1 },
      });
    }
  }
  const minutes = body.minutes;
  const ban = db.reddit_bans.insert({
    data: {
      reddit_community_id: community.id,
      reddit_account_id: account.id,
      moderator_id: actor.id,
      reason: body.reason,
      created_at: now,
      expires_at: minutes === null ? null : Time.addSeconds(now, minutes * 60),
      lifted_at: null,
    },
  });
  return {
    id: ban.id,
    account: { id: account.id, username: account.username },
    moderator: { id: actor.id, username: actor.username },
    reason: ban.reason,
    created_at: ban.created_at,
    expires_at: ban.expires_at,
    lifted_at: null,
  };
}
