type Key = "POST /communities/{communityName}/moderators";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: body.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  if (!db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { manages: { equals: true } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only managers may do that");
  }
  if (community.closed_at !== null) throw new Rejection(409, "the community is closed");
  if (!db.reddit_memberships.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: account.id } },
        { NOT: { approved_at: null } },
      ],
    },
  })) {
    throw new Rejection(409, "only members moderate");
  }
  if (db.reddit_moderators.exists({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: account.id },
    },
  })) {
    throw new Rejection(409, "invited already");
  }
  const moderator = db.reddit_moderators.insert({
    data: {
      reddit_community_id: community.id,
      reddit_account_id: account.id,
      inviter_id: actor.id,
      manages: body.manages,
      invited_at: now,
      accepted_at: null,
    },
  });
  return {
    account: { id: account.id, username: account.username },
    manages: moderator.manages,
    invited_at: moderator.invited_at,
    accepted_at: null,
  };
}
