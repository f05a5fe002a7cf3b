type Key = "POST /communities";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (db.reddit_communities.exists({ where: { name: { equals: body.name } } })) {
    throw new Rejection(409, "the name is taken");
  }
  if (
    db.reddit_communities.count({ where: { founder_id: { equals: actor.id }, closed_at: null } })
      >= 3
  ) {
    throw new Rejection(409, "three communities are enough");
  }
  const community = db.reddit_communities.insert({
    data: {
      founder_id: actor.id,
      name: body.name,
      title: body.title,
      description: body.description,
      visibility: body.visibility,
      adult: body.adult ?? false,
      members: 1,
      created_at: now,
      updated_at: now,
      closed_at: null,
    },
  });
  db.reddit_moderators.insert({
    data: {
      reddit_community_id: community.id,
      reddit_account_id: actor.id,
      inviter_id: null,
      manages: true,
      invited_at: now,
      accepted_at: now,
    },
  });
  db.reddit_memberships.insert({
    data: {
      reddit_community_id: community.id,
      reddit_account_id: actor.id,
      approver_id: null,
      asked_at: now,
      approved_at: now,
    },
  });
  return {
    id: community.id,
    name: community.name,
    title: community.title,
    description: community.description,
    visibility: body.visibility,
    adult: community.adult,
    rules: [],
    members: 1,
    role: "manager",
    closed: false,
    created_at: now,
    updated_at: now,
  };
}
