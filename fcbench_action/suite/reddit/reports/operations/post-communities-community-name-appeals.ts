type Key = "POST /communities/{communityName}/appeals";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const ban = db.reddit_bans.findFirst({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { lifted_at: null },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  });
  if (ban === null) throw new Rejection(404, "no ban is in force");
  if (db.reddit_appeals.exists({ where: { reddit_ban_id: { equals: ban.id } } })) {
    throw new Rejection(409, "appealed already");
  }
  const appeal = db.reddit_appeals.insert({
    data: {
      reddit_community_id: community.id,
      reddit_account_id: actor.id,
      reddit_ban_id: ban.id,
      text: body.text,
      created_at: now,
    },
  });
  return {
    id: appeal.id,
    kind: "ban",
    target_id: ban.id,
    account: { id: actor.id, username: actor.username },
    text: appeal.text,
    outcome: null,
    answer: null,
    created_at: now,
    decided_at: null,
  };
}
