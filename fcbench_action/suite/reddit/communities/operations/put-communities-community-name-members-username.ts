type Key = "PUT /communities/{communityName}/members/{username}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const account = db.reddit_accounts.findFirst({ where: { username: { equals: path.username } } });
  if (account === null) throw new Rejection(404, "no such account");
  const membership = db.reddit_memberships.findFirst({
    where: {
      reddit_community_id: { equals: community.id },
      reddit_account_id: { equals: account.id },
    },
  });
  if (membership === null) throw new Rejection(404, "no membership");
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
  if (community.closed_at !== null) throw new Rejection(409, "the community is closed");
  if (membership.approved_at !== null) throw new Rejection(409, "it is approved already");
  db.reddit_memberships.update({
    where: { id: { equals: membership.id } },
    data: { approver_id: actor.id, approved_at: now },
  });
  db.reddit_communities.update({
    where: { id: { equals: community.id } },
    data: { members: community.members + 1 },
  });
  return {
    account: { id: account.id, username: account.username },
    status: "approved",
    asked_at: membership.asked_at,
    approved_at: now,
  };
}
